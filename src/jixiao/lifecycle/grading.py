"""The grade of a review sheet from its items (88号 review sheets; unverified, see domain notes).

A suggestion only: a person decides the grade. General projects are graded item by item, key
projects by points.
"""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

GRADES = ("优", "良", "中", "差")
_ENOUGH = 6
_BANDS = ((Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"))


class Suggestion(Struct, frozen=True):
    """A grade and the arithmetic behind it; no grade while items are open."""

    grade: str
    why: str


def grade_of_items(grades: Sequence[str]) -> Suggestion:
    """Six of eight items decide, and one bad item bars the good grades."""
    if not grades or any(grade not in GRADES for grade in grades):
        opened = sum(grade not in GRADES for grade in grades)
        return Suggestion("", f"还有 {opened} 项没有评定" if opened else "没有评定项目")
    counts = {grade: list(grades).count(grade) for grade in GRADES}
    shown = "、".join(f"{grade} {count} 项" for grade, count in counts.items() if count)
    needed = min(_ENOUGH, len(grades))
    best, good, fair = counts["优"], counts["优"] + counts["良"], len(grades) - counts["差"]
    if best >= needed and not counts["中"] and not counts["差"]:
        return Suggestion("优", shown)
    if good >= needed and not counts["差"]:
        return Suggestion("良", shown)
    if fair >= needed:
        return Suggestion("中", shown)
    return Suggestion("差", shown)


def grade_of_points(scores: Sequence[Decimal | None]) -> Suggestion:
    """90, 80 and 60 of a hundred points part the grades."""
    known = [score for score in scores if score is not None]
    if len(known) < len(scores) or not known:
        return Suggestion("", f"还有 {len(scores) - len(known)} 项没有评分")
    total = sum(known, Decimal(0))
    grade = next((grade for least, grade in _BANDS if total >= least), "差")
    return Suggestion(grade, f"合计 {total.normalize():f} 分")

"""The grade of a review sheet from its items (88号 review sheets; unverified, see domain notes).

A suggestion only: a person decides the grade. General projects are graded item by item, key
projects by points.
"""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

GRADES = ("优", "良", "中", "差")
#: What follows from a grade, in the words people are told.
CONSEQUENCES = {
    "优": "进入下一步预算安排流程",
    "良": "与单位协商、对目标作修改完善后，进入下一步",
    "中": "退回单位修改，重新报送后再审",
    "差": "不得进入下一步，可以不予安排",
}
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
        return Suggestion("优", f"{shown}；优不少于 {needed} 项，且没有中、差")
    if good >= needed and not counts["差"]:
        return Suggestion("良", f"{shown}；良以上不少于 {needed} 项，且没有差")
    if fair >= needed:
        return Suggestion("中", f"{shown}；中以上不少于 {needed} 项")
    return Suggestion("差", f"{shown}；中以上不足 {needed} 项")


def grade_of_points(
    scores: Sequence[Decimal | None], most: Sequence[Decimal | None] = ()
) -> Suggestion:
    """90, 80 and 60 of a hundred points part the grades; no line gets more than its points."""
    known = [score for score in scores if score is not None]
    if len(known) < len(scores) or not known:
        return Suggestion("", f"还有 {len(scores) - len(known)} 项没有评分")
    for number, (score, limit) in enumerate(zip(known, most, strict=False), start=1):
        if score < 0 or (limit is not None and score > limit):
            return Suggestion("", f"第 {number} 项的评分不在 0 至 {_plain(limit)} 分之间")
    total = sum(known, Decimal(0))
    grade = next((grade for least, grade in _BANDS if total >= least), "差")
    sum_ = "＋".join(_plain(score) for score in known)
    return Suggestion(grade, f"{sum_}＝{_plain(total)} 分；90 分以上为优，80 为良，60 为中")


def _plain(number: Decimal | None) -> str:
    return "满分" if number is None else f"{number.normalize():f}"

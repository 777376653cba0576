"""Which profile a form asks for, from what it shows itself, with the reason in Chinese.

Evidence, never a default in disguise: words of titles and names, division codes, the layout, and
the indicator tree that was used. Among the profiles that speak for themselves and hold for the
year, the most specific one is taken.
"""

from functools import cache

from jixiao.form.entry import Coded, Entry
from jixiao.form.forms import Form
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold
from jixiao.standards import data_files
from jixiao.standards.inheritance import load_profile
from jixiao.standards.layout import layout_of
from jixiao.standards.profile import Profile

FALLBACK = "cn_mof_2015"
#: Division, year, letter and serial number: 21 signs. Shorter local codes name no division.
_CODE = pattern(r"(?<![0-9A-Z])\d{8}[A-Z]\d{12}(?![0-9A-Z])")


@cache
def all_profiles() -> tuple[Profile, ...]:
    """Every profile, the most specific first."""
    profiles = [load_profile(name) for name in data_files.names("profiles")]
    return tuple(sorted(profiles, key=lambda profile: (-len(profile.chain), profile.id)))


def choose_profile(form: Form) -> tuple[Profile, str]:
    """The profile for this form and why, in one Chinese sentence."""
    seen = _Seen(form)
    for profile in all_profiles():
        reasons = seen.evidence_for(profile)
        if reasons:
            return profile, f"{'；'.join(reasons)}，采用口径“{profile.title}”"
    fallback = load_profile(FALLBACK)
    return fallback, f"没有看到指明地区的文字或代码，采用口径“{fallback.title}”"


def _project_code(form: Form) -> str:
    """The national project code, from its own field or from before the project's name."""
    for entry in (form.header.project_code, form.header.project_name):
        found = None if entry is None else _CODE.search(fold(entry.raw))
        if found is not None:
            return found[0]
    return ""


class _Seen:
    """What of a form can speak for a profile, folded once."""

    def __init__(self, form: Form) -> None:
        header = form.header
        entries: tuple[Entry[str] | Entry[Coded] | None, ...] = (
            form.title,
            header.supervising_department,
            header.implementing_unit,
            header.project_name,
        )
        self.text = "\n".join(fold(entry.raw) for entry in entries if entry is not None)
        self.code = _project_code(form)
        self.year, self.layout = form.budget_year, form.layout or ""
        self.level1 = {
            fold(row.level1.value or row.level1.raw)
            for row in form.indicators
            if row.level1 is not None
        }

    def evidence_for(self, profile: Profile) -> list[str]:
        clue = profile.clue
        if not profile.in_force(self.year):
            return []
        if clue.years and self.year is not None and self.year not in clue.years:
            return []
        reasons = [f"表中出现“{word}”" for word in clue.words if fold(word) in self.text][:1]
        reasons += [
            f"项目编码以 {code} 开头" for code in clue.division_codes if self.code.startswith(code)
        ][:1]
        if any(self.layout.startswith(name) for name in clue.layouts):
            reasons.append(f"版式为“{layout_of(self.layout).title}”")
        tree = [name for name in clue.level1 if fold(name) in self.level1]
        reasons += [f"一级指标中有“{name}”" for name in tree][:1]
        if reasons and self._speaks_another_tree(profile):
            return []
        return reasons

    def _speaks_another_tree(self, profile: Profile) -> bool:
        """Whether the headings belong to a tree that this profile does not use."""
        for other in all_profiles():
            if other.taxonomy == profile.taxonomy or not other.clue.level1:
                continue
            if any(fold(name) in self.level1 for name in other.clue.level1):
                return True
        return False

"""The line above a table that says who reports: 部门：…　　金额单位：万元.

What it names counts for the whole form, but only where the table does not say so itself: 填报单位
above a table is often the department, and the table names the unit.
"""

from jixiao.form.entry import Entry
from jixiao.foundation.location import SourceRef
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold
from jixiao.standards.labels import label_of

_LONGEST = 100
_PARTIES = ("supervising_department", "implementing_unit")
_PAIR = pattern(
    r"([^\s:：;；,，。]{2,16}?)[ \t\u3000]*[:：][ \t\u3000]*"
    r"([^:：;；。]*?)(?=[\s\u3000]+[^\s:：]{2,14}[ \t\u3000]*[:：]|\s*$)"
)
_SEAL = pattern(r"^[(（][^()（）]{0,4}章[)）]|[(（][^()（）]{0,4}章[)）]$")
_GAP = pattern(r"[\s\u3000]+")
_YEAR = pattern(r"(?:^|(?<=[\s\u3000])|年[度份][:：])(20\d\d)年?[度份]?(?=[\s\u3000]|$)")
_CODED_UNIT = pattern(
    r"(\d{3,12}[ \t]*[-—–_]?[ \t]*[^\d\s:：]{4,30}?)[\s\u3000]+(?:金额)?单位[:：]\s*[亿百万千]*元$"
)
_NO_NAME = pattern(r"^(?:人民币)?(?:亿|百万|万|千)?元$|^[\d_—-]*$")


def year_of(text: str) -> int | None:
    """The year that stands by itself in such a line: 部门：…　2024年　单位：万元."""
    if len(text) > _LONGEST:
        return None
    years = {int(year) for year in _YEAR.findall(fold_gaps(text))}
    return years.pop() if len(years) == 1 else None


def fold_gaps(text: str) -> str:
    return _GAP.sub(" ", text.strip())


def parties_of(text: str, at: SourceRef) -> dict[str, Entry[str]]:
    """Department and unit named in a line of labels and values; empty for any other line."""
    if len(text) > _LONGEST or (":" not in text and "：" not in text):
        return {}
    found: dict[str, Entry[str]] = {}
    coded = _CODED_UNIT.match(text.strip())
    if coded is not None:
        found["implementing_unit"] = Entry(coded.group(1), at, coded.group(1))
    for match in _PAIR.finditer(text.strip()):
        role = label_of(match.group(1)).header
        name = _YEAR.sub("", match.group(2).strip())
        name = _SEAL.sub("", name.strip()).strip()
        if role in _PARTIES and not _NO_NAME.match(fold(name)):
            found.setdefault(role, Entry(name, at, name))
    return found

"""The line above a table that says who reports: 部门：…　　金额单位：万元.

What it names counts for the whole form, but only where the table does not say so itself: 填报单位
above a table is often the department, and the table names the unit.
"""

import re

from jixiao.form.entry import Entry
from jixiao.foundation.location import SourceRef
from jixiao.foundation.text import fold
from jixiao.standards.labels import label_of

_LONGEST = 100
_PARTIES = ("supervising_department", "implementing_unit")
_PAIR = re.compile(
    r"([^\s:：;；,，。]{2,16}?)[ \t\u3000]*[:：][ \t\u3000]*"
    r"([^:：;；。]*?)(?=[\s\u3000]+[^\s:：]{2,14}[ \t\u3000]*[:：]|\s*$)"
)
_SEAL = re.compile(r"^[(（][^()（）]{0,4}章[)）]|[(（][^()（）]{0,4}章[)）]$")
_NO_NAME = re.compile(r"^(?:人民币)?(?:亿|百万|万|千)?元$|^[\d_—-]*$")


def parties_of(text: str, at: SourceRef) -> dict[str, Entry[str]]:
    """Department and unit named in a line of labels and values; empty for any other line."""
    if len(text) > _LONGEST or (":" not in text and "：" not in text):
        return {}
    found: dict[str, Entry[str]] = {}
    for match in _PAIR.finditer(text.strip()):
        role = label_of(match.group(1)).header
        name = _SEAL.sub("", match.group(2).strip()).strip()
        if role in _PARTIES and not _NO_NAME.match(fold(name)):
            found.setdefault(role, Entry(name, at, name))
    return found

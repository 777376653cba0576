"""Names for the tabs: unique, at most 31 characters, without the signs Excel forbids.

Forbidden signs become their full-width twins; a name that is taken gets a number. The full name
stands in the contents and in the form.
"""

from collections.abc import Iterable

from jixiao.official.workbook.cell_text import cell_text

_LONGEST = 31
_FORBIDDEN = str.maketrans(
    {"[": "［", "]": "］", ":": "：", "*": "＊", "?": "？", "/": "／", "\\": "＼", "'": "’"}
)
#: Excel keeps this name for itself.
_RESERVED = "history"


def tab_names(names: Iterable[str]) -> tuple[str, ...]:
    """One tab name for each name, in order. Excel does not tell apart upper and lower case."""
    taken = {_RESERVED}
    tabs = []
    for name in names:
        wanted = " ".join(cell_text(name).translate(_FORBIDDEN).split()) or "表"
        tab, number = _cut(wanted, ""), 1
        while tab.casefold() in taken:
            number += 1
            tab = _cut(wanted, f"（{number}）")
        taken.add(tab.casefold())
        tabs.append(tab)
    return tuple(tabs)


def _cut(name: str, ending: str) -> str:
    """As much of the name as fits; a sign beyond U+FFFF counts twice."""
    room = _LONGEST - len(ending)
    while len(name.encode("utf-16-le")) > room * 2:
        name = name[:-1]
    return name + ending

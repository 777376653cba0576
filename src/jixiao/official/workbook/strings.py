"""The texts of a workbook, each held once: cells name them by their numbers."""

import re

from jixiao.official.office_package import DECLARATION
from jixiao.official.workbook.xml_text import MAIN, safe

#: Excel reads _x000D_ as a character of that number; such a text is told to be text.
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Strings:
    """The texts in the order of their first use."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def value(self, text: str) -> str:
        """The end of a cell that holds the text."""
        if not text:
            return "/>"
        number = self._numbers.setdefault(text, len(self._numbers))
        return f' t="s"><v>{number}</v></c>'

    def part(self) -> str:
        """xl/sharedStrings.xml"""
        shown = "".join(map(_item, self._numbers))
        return f'{DECLARATION}<sst {MAIN} uniqueCount="{len(self._numbers)}">{shown}</sst>'


def _item(text: str) -> str:
    shown = safe(text)
    if "_x" in shown:
        shown = _CODED.sub("_x005F_", shown)
    # Without this, readers of XML may drop blanks around a text and line breaks in it.
    if text.strip() != text or "\n" in text:
        return f'<si><t xml:space="preserve">{shown}</t></si>'
    return f"<si><t>{shown}</t></si>"

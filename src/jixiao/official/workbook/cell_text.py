"""Text as a workbook can hold it: no control characters, and no more than a cell takes.

Text is always written as text. What would be taken for a number, a date or a formula when somebody
edits the cell carries the text format, so that 055 stays 055.
"""

import re

#: Excel counts UTF-16 units.
LONGEST_CELL = 32_767

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile("\r\n?")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
#: Beginnings that spreadsheet programs try to understand; a longer text is prose.
_TEMPTING = re.compile(r"\s*(?:[=+\-@'￥¥$(\[.０-９0-9]|(?:TRUE|FALSE)\s*$)", re.IGNORECASE)
_HAN = ("\u4e00", "\u9fff")
#: Excel shows ##### for longer texts under the text format.
_LONGEST_TEMPTING = 200


def cell_text(text: str) -> str:
    """The text with LF as its only line end and U+FFFD for what XML forbids."""
    if text.isprintable():
        return text
    return _UNFIT.sub("\ufffd", _BREAKS.sub("\n", text))


def in_cells(text: str) -> list[str]:
    """The text in pieces a cell can hold; nearly always one."""
    if len(text) * 2 <= LONGEST_CELL:
        return [text]
    pieces, start, units = [], 0, 0
    for position, character in enumerate(text):
        size = 2 if _BEYOND.match(character) else 1
        if units + size > LONGEST_CELL:
            pieces.append(text[start:position])
            start, units = position, 0
        units += size
    return [*pieces, text[start:]]


def tempts(text: str) -> bool:
    """Whether a spreadsheet program would make something else of the text when it is edited."""
    # Chinese characters begin no number; most texts are decided by the first one.
    if not text or _HAN[0] <= text[0] <= _HAN[1]:
        return False
    return len(text) <= _LONGEST_TEMPTING and _TEMPTING.match(text) is not None

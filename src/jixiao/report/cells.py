"""Text for the cells of spreadsheets: nothing in it is ever taken for a formula.

A file name or a cell of an audited document may begin with `=`; a program that opens the report
must show it, not run it.
"""

from jixiao.foundation.pattern import pattern

_STARTERS = frozenset("=+-@\t\r＝＋－＠|")
_NUMBER = pattern(r"[+-]?[0-9]+(\.[0-9]+)?%?")
_ILLEGAL = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
LONGEST_CELL = 32_000


def safe_cell(text: str) -> str:
    """The text, marked with an apostrophe where a spreadsheet would take it for a formula.

    Plain negative numbers stay as they are: they are data, and do nothing.
    """
    clean = printable(text)
    first = clean.lstrip(" \u3000\n")[:1]
    if first in _STARTERS and first != "" and not _NUMBER.fullmatch(clean.strip()):
        clean = f"'{clean}"
    return clean


def printable(text: str) -> str:
    """The text without characters that XML and spreadsheets forbid, no longer than a cell."""
    clean = _ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n"))
    return clean if len(clean) <= LONGEST_CELL else f"{clean[:LONGEST_CELL]}…"

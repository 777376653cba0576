"""Words every part of the workbook is made with: names, places, safe text."""

import re
from functools import lru_cache

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

_SPECIAL = re.compile('[&<>"]')
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def safe(text: str) -> str:
    """The text of a cell or a name as XML; what XML cannot hold was replaced before."""
    return _SPECIAL.sub(lambda found: _NAMED[found[0]], text) if _SPECIAL.search(text) else text


@lru_cache(maxsize=64)
def letters(columns: int) -> tuple[str, ...]:
    """The names of the first columns: A to Z, AA and so on."""
    return tuple(map(_letter, range(columns)))


def place(row: int, column: int) -> str:
    """A1 for the first row and column."""
    return f"{_letter(column)}{row + 1}"


def _letter(column: int) -> str:
    shown = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        shown, column = chr(ord("A") + rest) + shown, column - 1
    return shown


def quoted(tab: str) -> str:
    """The name of a sheet as references write it; a quotation mark in it is doubled."""
    return f"'{tab.replace(chr(39), chr(39) * 2)}'"

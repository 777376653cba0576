"""Columns of a worksheet that nobody sees: numbers of records and other helpers of programs.

A form is what its reader sees. A merged cell that reaches from a hidden column into visible ones
is seen, and a sheet whose columns are all hidden is read all the same.
"""

import re

from jixiao.intake.office.sheet_values import Area, SheetCells

_COLUMN = re.compile(rb"<(?:[A-Za-z]+:)?col\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb"\b(min|max|hidden)\s*=\s*[\"'](\w{1,7})[\"']")
_DATA = re.compile(rb"<(?:[A-Za-z]+:)?sheetData\b")
_YES = (b"1", b"true")


def hidden_columns(part: bytes) -> list[tuple[int, int]]:
    """First and last of each run of hidden columns, counted from 1."""
    data = _DATA.search(part)
    found = []
    for column in _COLUMN.finditer(part, 0, data.start() if data else 0):
        stated = dict(_ATTRIBUTE.findall(column[1]))
        first, last = stated.get(b"min", b""), stated.get(b"max", b"")
        if stated.get(b"hidden") in _YES and first.isdigit() and last.isdigit():
            found.append((int(first), int(last)))
    return found


def leave_out(cells: SheetCells, hidden: list[tuple[int, int]]) -> None:
    """Take the texts of hidden columns out, unless nothing else would be left."""
    seen = {area[:2] for area in cells.merges if not _is_hidden(area, hidden)}
    rows = {}
    for number, row in cells.rows.items():
        kept = [
            (column, text)
            for column, text in row
            if (number, column) in seen or not any(a <= column <= b for a, b in hidden)
        ]
        if kept:
            rows[number] = kept
    if any(not any(a <= c <= b for a, b in hidden) for row in rows.values() for c, _ in row):
        cells.rows = rows


def _is_hidden(area: Area, hidden: list[tuple[int, int]]) -> bool:
    return any(first <= area[1] and area[3] <= last for first, last in hidden)

"""Tabbed lines whose cells are quoted, as spreadsheet programs write cells with line breaks.

A cell opened by a quotation mark and not closed on its line goes on over the next lines. The
search for its end is short: a lone mark at the start of a cell must not swallow the document.
"""

import re
from collections.abc import Iterable, Iterator

_LONGEST_CELL = 60
_OPENING = re.compile(r'(?:^|\t)"(?:[^"]|"")*\Z')
_QUOTED = re.compile(r'"((?:[^"]|"")*)"', re.DOTALL)


def joined_lines(numbered: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines, those of one quoted cell joined by line feeds."""
    lines = list(numbered)
    index = 0
    while index < len(lines):
        number, line = lines[index]
        length = _cell_length(lines, index) if '"' in line else 1
        if length > 1:
            line = "\n".join(lines[at][1] for at in range(index, index + length))
        yield number, _unquoted(line) if '"' in line and "\t" in line else line
        index += length


def _cell_length(lines: list[tuple[int, str]], start: int) -> int:
    """How many lines the row at `start` takes; 1 when its quotation mark never closes."""
    line = lines[start][1]
    if _OPENING.search(line) is None:
        return 1
    for end in range(start + 1, min(start + _LONGEST_CELL, len(lines))):
        line += "\n" + lines[end][1]
        closes = re.search(r'"(?:\t|$)', lines[end][1])
        if closes is not None and _OPENING.search(line) is None and "\t" in line:
            return end - start + 1
    return 1


def _unquoted(line: str) -> str:
    return "\t".join(_unquoted_cell(cell) for cell in line.split("\t"))


def _unquoted_cell(cell: str) -> str:
    """Take off the marks a spreadsheet put on, never those a person wrote."""
    match = _QUOTED.fullmatch(cell.strip())
    if match is None:
        return cell
    inner = match[1]
    is_from_spreadsheet = any(sign in inner for sign in ('""', "\n", ","))
    return inner.replace('""', '"') if is_from_spreadsheet else cell

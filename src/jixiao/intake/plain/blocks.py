"""A text into tables and loose lines, in reading order.

Tabs are the surest sign of a table and by far the most frequent one, so they are cut here in one
pass; what has no tabs goes to the slower searches for drawn, piped and aligned tables, and only
when it holds the signs they live on.
"""

import re

from jixiao.foundation.pattern import pattern
from jixiao.intake.bounds import even_rows
from jixiao.intake.document import Block, Line, RowPlace, Table
from jixiao.intake.plain.aligned import aligned_blocks
from jixiao.intake.plain.drawn import drawn_blocks
from jixiao.intake.plain.lines import Numbered, numbered_pages, with_plain_line_ends
from jixiao.intake.plain.quoted import joined_lines
from jixiao.intake.plain.strokes import HORIZONTAL, VERTICAL

#: Without one of these a line belongs to no drawn or aligned table.
_TABLE_SIGNS = pattern(
    f"[{re.escape(VERTICAL + HORIZONTAL)}\u2500-\u257f\u3000]|[ \u3000\xa0]{{2}}"
)
#: Outer blanks other than the space: only texts that hold one pay for trimming every cell.
_RARE_BLANKS = ("\u3000", "\xa0")


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a whole text."""
    text = with_plain_line_ends(text)
    is_quoted = '"' in text
    has_soft_breaks = "\v" in text
    trim_all = is_quoted or any(blank in text for blank in _RARE_BLANKS)
    blocks: list[Block] = []
    loose: list[Numbered] = []
    rows: list[list[str]] = []
    places: list[RowPlace] = []
    for page, numbered in numbered_pages(text):
        for number, line in joined_lines(numbered) if is_quoted else numbered:
            if "\t" in line:
                if loose:
                    blocks += loose_blocks(loose)
                    loose = []
                cells = line.split("\t")
                if has_soft_breaks:
                    cells = [cell.strip().replace("\v", "\n") for cell in cells]
                elif trim_all or " " in line:
                    cells = list(map(str.strip, cells))
                rows.append(cells)
                places.append(RowPlace(page=page, line=number))
            elif line and not line.isspace():
                if rows:
                    blocks += tabbed_blocks(rows, places)
                    rows, places = [], []
                loose.append((RowPlace(page=page, line=number), line))
    if rows:
        blocks += tabbed_blocks(rows, places)
    return tuple(blocks + loose_blocks(loose))


def loose_blocks(lines: list[Numbered]) -> list[Block]:
    """Lines without tabs: tables drawn with strokes, tables of aligned columns, or just lines."""
    if not any(_TABLE_SIGNS.search(line) for _, line in lines):
        return [Line(text=line.strip(), place=place) for place, line in lines]
    blocks: list[Block] = []
    for piece in drawn_blocks(lines):
        if isinstance(piece, Table):
            blocks.append(piece)
        else:
            blocks += aligned_blocks(piece)
    return blocks


def tabbed_blocks(rows: list[list[str]], places: list[RowPlace]) -> list[Block]:
    """One table of rows brought to the same width, or lines when no row has two cells."""
    if not any(_has_two_cells(row) for row in rows):
        return _single_cells(rows, places)
    is_cut = even_rows(rows)
    return [Table(texts=rows, places=places, merges_known=False, is_cut=is_cut)]


def _has_two_cells(row: list[str]) -> bool:
    return len(row) - row.count("") > 1


def _single_cells(rows: list[list[str]], places: list[RowPlace]) -> list[Block]:
    """An indented paragraph or a title with stray tabs is no table."""
    return [
        Line(text=cell.strip(), place=place)
        for row, place in zip(rows, places, strict=True)
        for cell in row
        if cell and not cell.isspace()
    ]

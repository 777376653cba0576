"""A text into tables and loose lines, in reading order.

Tabs are the surest sign of a table and by far the most frequent one, so they are cut here in one
pass; what has no tabs goes to the slower searches for drawn, piped and aligned tables, and only
when the text holds the signs they live on.
"""

from jixiao.intake.document import Block, Line, RowPlace, Table
from jixiao.intake.plain.aligned import aligned_blocks
from jixiao.intake.plain.drawn import drawn_blocks
from jixiao.intake.plain.lines import Numbered, numbered_lines, with_plain_line_ends
from jixiao.intake.plain.quoted import joined_lines

#: Blanks beside a tab or a line end: only texts that have them pay for trimming cells.
_LOOSE_BLANKS = tuple(
    pair
    for blank in (" ", "\u3000", "\xa0")
    for pair in (f"{blank}\t", f"\t{blank}", f"{blank}\n", f"\n{blank}")
)


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a whole text."""
    text = with_plain_line_ends(text)
    is_quoted = '\t"' in text or '\n"' in text or text.startswith('"')
    trim = is_quoted or "\v" in text or any(pair in text for pair in _LOOSE_BLANKS)
    lines = joined_lines(text) if is_quoted else numbered_lines(text)
    blocks: list[Block] = []
    loose: list[Numbered] = []
    rows: list[list[str]] = []
    places: list[RowPlace] = []
    for number, page, line in lines:
        if "\t" in line:
            if loose:
                blocks += loose_blocks(loose)
                loose = []
            rows.append(line.split("\t"))
            places.append(RowPlace(page=page, line=number))
        elif line and not line.isspace():
            if rows:
                blocks += _tabbed_blocks(rows, places, trim=trim)
                rows, places = [], []
            loose.append((RowPlace(page=page, line=number), line))
    if rows:
        blocks += _tabbed_blocks(rows, places, trim=trim)
    return tuple(blocks + loose_blocks(loose))


def loose_blocks(lines: list[Numbered]) -> list[Block]:
    """Lines without tabs: tables drawn with strokes, tables of aligned columns, or just lines."""
    blocks: list[Block] = []
    for piece in drawn_blocks(lines):
        if isinstance(piece, Table):
            blocks.append(piece)
        else:
            blocks += aligned_blocks(piece)
    return blocks


def _tabbed_blocks(rows: list[list[str]], places: list[RowPlace], *, trim: bool) -> list[Block]:
    if trim:
        rows = [[cell.strip().replace("\v", "\n") for cell in row] for row in rows]
    if not any(_has_two_cells(row) for row in rows):
        return _single_cells(rows, places)
    width = max(map(len, rows))
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    return [Table(texts=rows, places=places, merges_known=False)]


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

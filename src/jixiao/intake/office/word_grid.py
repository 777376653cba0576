"""Blocks of a Word document in reading order: lines, and tables with their merges resolved.

A table inside a cell becomes a block of its own after the outer table, and the outer cell keeps
only its own paragraphs: nothing is lost and nothing said twice. A table of single cells that
holds another table is a frame laid around a page, not a table: its cells are read like the page.
"""

from msgspec import Struct, field

from jixiao.intake.document import Block, Line, Position, RowPlace, Table
from jixiao.intake.office import word_names as word
from jixiao.intake.office.word_cells import MAX_COLUMNS, Cell, is_flat, read_row, unwrapped
from jixiao.intake.office.word_heading import join_under_heading
from jixiao.intake.office.word_text import read_paragraph
from jixiao.intake.package_xml import Element

MAX_POSITIONS = 2_000_000


class Story(Struct):
    """The blocks found so far, and the counters that give them their places."""

    blocks: list[Block] = field(default_factory=list)
    lines: int = 0
    tables: int = 0
    oversized: list[int] = field(default_factory=list)


def read_blocks(parent: Element, story: Story) -> None:
    """Add the paragraphs and tables below `parent`, whatever wraps them."""
    begun = ""
    for element in unwrapped(parent, (word.PARAGRAPH, word.TABLE)):
        if element.tag == word.TABLE:
            _read_table(element, story)
            continue
        paragraph = read_paragraph(element)
        story.lines += 1
        begun += paragraph.text
        if not paragraph.runs_on:
            _add_line(begun, story)
            begun = ""
        for box in paragraph.boxes:
            read_blocks(box, story)
    _add_line(begun, story)


def _add_line(text: str, story: Story) -> None:
    if shown := text.strip():
        story.blocks.append(Line(text=shown, place=RowPlace(line=story.lines)))


def _read_table(table: Element, story: Story) -> None:
    rows = [row for row in unwrapped(table, (word.ROW,)) if not is_deleted(row)]
    if is_frame(table, rows):
        for row in rows:
            for framed in unwrapped(row, (word.CELL,)):
                read_blocks(framed, story)
        return
    story.tables += 1
    flat = is_flat(table)
    read = [read_row(row, flat=flat) for row in rows]
    join_under_heading(rows, read)
    grid = _assembled(read, story)
    if grid is not None and grid.texts:
        story.blocks.append(grid)
    for cells in read:
        for cell in cells:
            for nested in cell.nested:
                _read_nested(nested, story)


def _read_nested(nested: Element, story: Story) -> None:
    if nested.tag == word.TABLE:
        _read_table(nested, story)
    else:
        read_blocks(nested, story)


def is_frame(table: Element, rows: list[Element]) -> bool:
    if next(table.iterdescendants(word.TABLE), None) is None:
        return False
    return all(len(list(unwrapped(row, (word.CELL,)))) == 1 for row in rows)


def is_deleted(row: Element) -> bool:
    properties = row.find(word.ROW_PROPERTIES)
    return properties is not None and properties.find(word.DELETED) is not None


def _assembled(rows: list[list[Cell]], story: Story) -> Table | None:
    """The dense grid; a vertical merge goes on where the cell above has the same columns.

    A first row that continues a merge comes from a table split by its author: the cell is
    its own then.
    """
    width = max((row[-1].column + row[-1].width for row in rows if row), default=0)
    if width > MAX_COLUMNS or width * len(rows) > MAX_POSITIONS:
        story.oversized.append(story.tables)
        return None
    texts, places, spans = list[list[str]](), list[RowPlace](), dict[Position, tuple[int, int]]()
    open_above: dict[int, tuple[int, int]] = {}
    for index, row in enumerate(rows):
        line = [""] * width
        open_here: dict[int, tuple[int, int]] = {}
        for cell in row:
            above = open_above.get(cell.column) if cell.continues else None
            if above is not None and above[1] == cell.width:
                open_here[cell.column] = above
                spans[above[0], cell.column] = (index - above[0] + 1, cell.width)
                continue
            line[cell.column] = cell.text
            if cell.merged:
                open_here[cell.column] = (index, cell.width)
            if cell.width > 1:
                spans[index, cell.column] = (1, cell.width)
        open_above = open_here
        texts.append(line)
        places.append(RowPlace(table=story.tables, row=index + 1))
    return Table(texts=texts, places=places, spans=spans)

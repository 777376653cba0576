"""Blocks of a Word document in reading order: lines, and tables with their merges resolved.

A table inside a cell becomes a block of its own after the outer table, and the outer cell keeps
only its own paragraphs: nothing is lost and nothing said twice. A table of single cells that
holds another table is a frame laid around a page, not a table: its cells are read like the page.
"""

from collections.abc import Iterator

from msgspec import Struct, field

from jixiao.intake.document import Block, Line, Position, RowPlace, Table
from jixiao.intake.office import word_names as word
from jixiao.intake.office.word_text import is_on, read_paragraph
from jixiao.intake.package_xml import Element

MAX_COLUMNS = 1_000
MAX_POSITIONS = 2_000_000


class Story(Struct):
    """The blocks found so far, and the counters that give them their places."""

    blocks: list[Block] = field(default_factory=list)
    lines: int = 0
    tables: int = 0
    oversized: list[int] = field(default_factory=list)


class _Cell(Struct):
    """A cell before merging; `nested` holds what stood in it besides its own text."""

    column: int
    width: int
    text: str
    continues: bool
    merged: bool
    nested: list[Element]


def read_blocks(parent: Element, story: Story) -> None:
    """Add the paragraphs and tables below `parent`, whatever wraps them."""
    begun = ""
    for element in _unwrapped(parent, (word.PARAGRAPH, word.TABLE)):
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


def _unwrapped(parent: Element, wanted: tuple[str, ...]) -> Iterator[Element]:
    """Children of the wanted kinds, also inside content controls and the like."""
    for child in parent:
        tag = child.tag
        if tag in wanted:
            yield child
        elif tag == word.CONTENT_CONTROL:
            if not _shows_placeholder(child, wanted):
                yield from _unwrapped(child, wanted)
        elif tag in word.WRAPPERS:
            yield from _unwrapped(child, wanted)
        elif tag == word.ALTERNATE:
            branch = next(child.iterchildren(word.CHOICE, word.FALLBACK), None)
            if branch is not None:
                yield from _unwrapped(branch, wanted)


def _shows_placeholder(control: Element, wanted: tuple[str, ...]) -> bool:
    """A prompt such as 单击此处输入文字 is not content; its paragraph or cell still stands."""
    return word.PARAGRAPH in wanted and is_on(
        control.find(f"{word.CONTROL_PROPERTIES}/{word.PLACEHOLDER}")
    )


def _read_table(table: Element, story: Story) -> None:
    rows = [row for row in _unwrapped(table, (word.ROW,)) if not _is_deleted(row)]
    if _is_frame(table, rows):
        for row in rows:
            for framed in _unwrapped(row, (word.CELL,)):
                read_blocks(framed, story)
        return
    story.tables += 1
    read = [_read_row(row) for row in rows]
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


def _is_frame(table: Element, rows: list[Element]) -> bool:
    if next(table.iterdescendants(word.TABLE), None) is None:
        return False
    return all(len(list(_unwrapped(row, (word.CELL,)))) == 1 for row in rows)


def _is_deleted(row: Element) -> bool:
    properties = row.find(word.ROW_PROPERTIES)
    return properties is not None and properties.find(word.DELETED) is not None


def _read_row(row: Element) -> list[_Cell]:
    column = _skipped(row)
    cells: list[_Cell] = []
    for element in _unwrapped(row, (word.CELL,)):
        cell, joins_left = _read_cell(element, column)
        column += cell.width
        if joins_left and cells:
            cells[-1].width += cell.width
            cells[-1].nested.extend(cell.nested)
        else:
            cells.append(cell)
    return cells


def _skipped(row: Element) -> int:
    """Columns left out before the first cell of a row that starts further right."""
    properties = row.find(word.ROW_PROPERTIES)
    before = None if properties is None else properties.find(word.GRID_BEFORE)
    return 0 if before is None else _count(before.get(word.VALUE), least=0)


def _read_cell(element: Element, column: int) -> tuple[_Cell, bool]:
    width, merged, continues, joins_left = 1, False, False, False
    properties = element.find(word.CELL_PROPERTIES)
    if properties is not None:
        for entry in properties.iterchildren(
            word.GRID_SPAN, word.VERTICAL_MERGE, word.HORIZONTAL_MERGE
        ):
            if entry.tag == word.GRID_SPAN:
                width = _count(entry.get(word.VALUE), least=1)
            elif entry.tag == word.VERTICAL_MERGE:
                merged, continues = True, entry.get(word.VALUE) != "restart"
            else:
                joins_left = entry.get(word.VALUE) != "restart"
    text, nested = _cell_content(element)
    return _Cell(column, width, text, continues, merged, nested), joins_left


def _cell_content(element: Element) -> tuple[str, list[Element]]:
    """The cell's own paragraphs as lines, and the tables and boxes that stand in it."""
    text, glue, nested = "", "", list[Element]()
    for child in _unwrapped(element, (word.PARAGRAPH, word.TABLE)):
        if child.tag == word.TABLE:
            nested.append(child)
            continue
        paragraph = read_paragraph(child)
        text += glue + paragraph.text
        glue = "" if paragraph.runs_on else "\n"
        nested.extend(paragraph.boxes)
    return text.strip(), nested


def _count(text: str | None, *, least: int) -> int:
    try:
        number = int(text or "")
    except ValueError:
        return least
    return min(max(number, least), MAX_COLUMNS + 1)


def _assembled(rows: list[list[_Cell]], story: Story) -> Table | None:
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

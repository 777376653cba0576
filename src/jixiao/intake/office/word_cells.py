"""Cells of one Word table row, before vertical merges are resolved.

Most tables are flat: rows of cells of paragraphs of plain runs. Their rows are read in one pass
over the few elements that matter; a row with anything else in it is read by its structure.
"""

from collections.abc import Iterator

from msgspec import Struct, field

from jixiao.intake.office import word_names as word
from jixiao.intake.office.symbols import has_private
from jixiao.intake.office.word_text import UNUSUAL, is_on, read_paragraph
from jixiao.intake.package_xml import Element
from jixiao.intake.word_story import MAX_COLUMNS

_MERGES = (word.GRID_SPAN, word.VERTICAL_MERGE, word.HORIZONTAL_MERGE)
_FLAT = (word.TEXT, word.PARAGRAPH, word.CELL, *_MERGES)
_NOT_FLAT = (
    *UNUSUAL,
    *word.WRAPPERS,
    word.CONTENT_CONTROL,
    word.TABLE,
    word.BREAK,
    word.RETURN,
    word.HYPHEN,
)


class Cell(Struct):
    """`nested` holds what stood in the cell besides its own text: tables and text boxes.

    `merged` says that it takes part in a vertical merge, `continues` that it does not begin it,
    `joins_left` that it belongs to the cell before it.
    """

    column: int
    width: int = 1
    text: str = ""
    merged: bool = False
    continues: bool = False
    joins_left: bool = False
    nested: list[Element] = field(default_factory=list)

    def note(self, tag: str, value: str | None) -> None:
        """Take in one of the merge properties."""
        if tag == word.GRID_SPAN:
            self.width = count_of(value, least=1)
        elif tag == word.VERTICAL_MERGE:
            self.merged, self.continues = True, value != "restart"
        else:
            self.joins_left = value != "restart"


def unwrapped(parent: Element, wanted: tuple[str, ...]) -> Iterator[Element]:
    """Children of the wanted kinds, also inside content controls and the like."""
    for child in parent:
        tag = child.tag
        if tag in wanted:
            yield child
        elif tag == word.CONTENT_CONTROL:
            if not _shows_placeholder(child, wanted):
                yield from unwrapped(child, wanted)
        elif tag in word.WRAPPERS:
            yield from unwrapped(child, wanted)
        elif tag == word.ALTERNATE:
            branch = next(child.iterchildren(word.CHOICE, word.FALLBACK), None)
            if branch is not None:
                yield from unwrapped(branch, wanted)


def is_flat(element: Element) -> bool:
    """Nothing below a table or row needs more than the flat pass."""
    inner = element.iterdescendants(*_NOT_FLAT)
    return next(inner, None) is None


def read_row(row: Element, *, flat: bool) -> list[Cell]:
    """The row's cells with their columns; `flat` when the whole table is known to be so."""
    if flat or is_flat(row):
        cells = _flat_cells(row)
        if not any(has_private(cell.text) for cell in cells):
            return _placed(cells, columns_before(row))
    return _placed(
        [_structured(cell) for cell in unwrapped(row, (word.CELL,))], columns_before(row)
    )


def _shows_placeholder(control: Element, wanted: tuple[str, ...]) -> bool:
    """A prompt such as 单击此处输入文字 is not content; its paragraph or cell still stands."""
    return word.PARAGRAPH in wanted and is_on(
        control.find(f"{word.CONTROL_PROPERTIES}/{word.PLACEHOLDER}")
    )


def _flat_cells(row: Element) -> list[Cell]:
    cells: list[Cell] = []
    parts: list[str] = []
    for element in row.iter(*_FLAT):
        tag = element.tag
        if tag == word.TEXT:
            parts.append(element.text or "")
        elif tag == word.PARAGRAPH:
            parts.append("\n")
        elif tag == word.CELL:
            if cells:
                cells[-1].text = "".join(parts).strip()
            parts.clear()
            cells.append(Cell(0))
        elif cells:
            cells[-1].note(tag, element.get(word.VALUE))
    if cells:
        cells[-1].text = "".join(parts).strip()
    return cells


def _placed(cells: list[Cell], column: int) -> list[Cell]:
    """Columns counted up, and cells joined that belong to the one on their left."""
    placed: list[Cell] = []
    for cell in cells:
        if cell.joins_left and placed:
            placed[-1].width += cell.width
            placed[-1].nested.extend(cell.nested)
        else:
            cell.column = column
            placed.append(cell)
        column += cell.width
    return placed


def columns_before(row: Element) -> int:
    """Columns left out before the first cell of a row that starts further right."""
    properties = row.find(word.ROW_PROPERTIES)
    before = None if properties is None else properties.find(word.GRID_BEFORE)
    return 0 if before is None else count_of(before.get(word.VALUE), least=0)


def _structured(element: Element) -> Cell:
    """A cell's own paragraphs as lines, and the tables and boxes that stand in it."""
    cell = Cell(0)
    properties = element.find(word.CELL_PROPERTIES)
    if properties is not None:
        for entry in properties.iterchildren(*_MERGES):
            cell.note(entry.tag, entry.get(word.VALUE))
    text, glue = "", ""
    for child in unwrapped(element, (word.PARAGRAPH, word.TABLE)):
        if child.tag == word.TABLE:
            cell.nested.append(child)
            continue
        paragraph = read_paragraph(child)
        text += glue + paragraph.text
        glue = "" if paragraph.runs_on else "\n"
        cell.nested.extend(paragraph.boxes)
    cell.text = text.strip()
    return cell


def count_of(text: str | None, *, least: int) -> int:
    try:
        number = int(text or "")
    except ValueError:
        return least
    return min(max(number, least), MAX_COLUMNS + 1)

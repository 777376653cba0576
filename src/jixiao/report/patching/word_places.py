"""The elements behind the numbers of a Word document: table, row and column, or line.

Counted as `intake.office.word_grid` counts them. Should the two ever disagree, the correction
that follows is made in the wrong cell, the second reading tells, and it is taken back.
"""

from collections.abc import Iterator
from typing import NamedTuple

from jixiao.intake.office import word_names as word
from jixiao.intake.office.word_cells import columns_before, count_of, is_flat, read_row, unwrapped
from jixiao.intake.office.word_grid import is_deleted, is_frame
from jixiao.intake.office.word_text import read_paragraph
from jixiao.intake.package_xml import Element

#: Table, row, column and line; either the first three are known or the last one.
Numbers = tuple[int | None, int | None, int | None, int | None]


class Standing(NamedTuple):
    """A cell or a loose paragraph, and its numbers."""

    numbers: Numbers
    element: Element


class WordPlaces:
    """Counts tables and lines while walking a document in reading order."""

    def __init__(self) -> None:
        self._tables = self._lines = 0

    def below(self, parent: Element) -> Iterator[Standing]:
        """Cells and loose paragraphs below this element."""
        for element in unwrapped(parent, (word.PARAGRAPH, word.TABLE)):
            if element.tag == word.TABLE:
                yield from self._in_table(element)
                continue
            self._lines += 1
            yield Standing((None, None, None, self._lines), element)
            for box in read_paragraph(element).boxes:
                yield from self.below(box)

    def _in_table(self, table: Element) -> Iterator[Standing]:
        rows = [row for row in unwrapped(table, (word.ROW,)) if not is_deleted(row)]
        if is_frame(table, rows):
            for row in rows:
                for framed in unwrapped(row, (word.CELL,)):
                    yield from self.below(framed)
            return
        self._tables += 1
        number = self._tables
        for index, row in enumerate(rows, 1):
            for column, element in _cells(row):
                yield Standing((number, index, column, None), element)
        for row in () if is_flat(table) else rows:
            for cell in read_row(row, flat=False):
                for nested in cell.nested:
                    if nested.tag == word.TABLE:
                        yield from self._in_table(nested)
                    else:
                        yield from self.below(nested)


def _cells(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row with their columns; what belongs to its left neighbour is passed over."""
    column = columns_before(row)
    for position, cell in enumerate(unwrapped(row, (word.CELL,))):
        properties = cell.find(word.CELL_PROPERTIES)
        width, joins_left = 1, False
        for entry in () if properties is None else properties:
            value = entry.get(word.VALUE)
            if entry.tag == word.GRID_SPAN:
                width = count_of(value, least=1)
            elif entry.tag == word.HORIZONTAL_MERGE:
                joins_left = value != "restart"
        if not joins_left or position == 0:
            yield column + 1, cell
        column += width


def paragraphs_of(standing: Element) -> list[Element]:
    """The paragraphs that make up the text of a cell or a line."""
    if standing.tag == word.PARAGRAPH:
        return [standing]
    return list(unwrapped(standing, (word.PARAGRAPH,)))

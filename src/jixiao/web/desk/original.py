"""What the document says, beside the record: its pages, or rows of its table, one cell marked."""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.form.forms import Form
from jixiao.foundation.location import SourceRef
from jixiao.intake.document import Position, Table
from jixiao.web.desk.beside import Source, whole_page
from jixiao.web.filings.entries import places_of
from jixiao.web.filings.models import Document
from jixiao.web.filings.originals import original_table

#: Rows shown above and below a chosen cell, rows and pages of a whole form.
_AROUND, _MOST_ROWS, _MOST_PAGES = 3, 80, 4


class PrintedCell(Struct, frozen=True):
    """One cell of the document: its spans, its text, whether it is the one looked at."""

    rows: int
    columns: int
    text: str
    is_marked: bool


class Excerpt(Struct, frozen=True):
    """Rows of a table of the document, with the number of each."""

    rows: tuple[tuple[int | None, tuple[PrintedCell, ...]], ...]
    is_cut: bool = False


def excerpt(document: Document, at: SourceRef) -> Excerpt | None:
    """The rows around a cell, the cell marked."""
    table = original_table(document, at)
    row = None if table is None else _row(table, at)
    if table is None or row is None:
        return None
    first, last = max(row - _AROUND, 0), min(row + _AROUND, len(table.texts) - 1)
    column = None if at.column is None else at.column - table.first_column
    return _cut_out(table, first, last, marked=(row, column))


def whole(document: Document, form: Form) -> tuple[list[Source], Excerpt | None]:
    """Where a form stands in its document: its pages, or the rows of its table."""
    places = [entry.at for entry in places_of(form).values()]
    pages = sorted({at.page for at in places if at.page is not None})
    pictures = [seen for page in pages[:_MOST_PAGES] if (seen := whole_page(document, page))]
    if pictures:
        return pictures, None
    for at in places:
        table = original_table(document, at)
        if table is not None:
            rows = [row for one in places if (row := _row_in(table, one)) is not None]
            if rows:
                first, last = min(rows), max(rows)
                shown = min(last, first + _MOST_ROWS - 1)
                return [], _cut_out(table, first, shown, is_cut=shown < last)
    return [], None


def _row_in(table: Table, at: SourceRef) -> int | None:
    first = table.places[0]
    return _row(table, at) if (first.sheet, first.table) == (at.sheet, at.table) else None


def _row(table: Table, at: SourceRef) -> int | None:
    """The position of a place's row; rows are numbered as people count them, some are left out."""
    return next((n for n, place in enumerate(table.places) if place.row == at.row), None)


def _cut_out(
    table: Table,
    first: int,
    last: int,
    *,
    marked: tuple[int, int | None] = (-1, None),
    is_cut: bool = False,
) -> Excerpt:
    owners = dict(_owners(table))
    rows = tuple(
        (
            table.places[row].row,
            tuple(
                _cell(table, owner, row, last, is_marked=owner == marked)
                for column in range(table.width)
                if _begins(owner := owners.get((row, column), (row, column)), row, column, first)
            ),
        )
        for row in range(first, last + 1)
    )
    return Excerpt(rows, is_cut)


def _begins(owner: Position, row: int, column: int, first: int) -> bool:
    """Whether a cell is drawn here: at its corner, or where the excerpt cuts into it."""
    return owner[1] == column and (owner[0] == row or (owner[0] < first == row))


def _cell(table: Table, owner: Position, row: int, last: int, *, is_marked: bool) -> PrintedCell:
    rows, columns = table.spans.get(owner, (1, 1))
    text = table.texts[owner[0]][owner[1]]
    return PrintedCell(min(owner[0] + rows - 1, last) - row + 1, columns, text, is_marked)


def _owners(table: Table) -> Iterator[tuple[Position, Position]]:
    """The corner of the merged cell a position lies in, for each position of merged cells."""
    for (row, column), (rows, columns) in table.spans.items():
        for down in range(rows):
            for right in range(columns):
                yield (row + down, column + right), (row, column)

"""Put the lower part of a table under its upper part, on common columns.

Nothing is lost on the way: spans and boxes move with their cells, a label whose cells go on
below is one cell again, a row cut in two becomes one row that remembers both places.
"""

from collections.abc import Sequence

from msgspec import Struct

from jixiao.foundation.location import SourceRef
from jixiao.intake.document import Position, RowPlace, Table
from jixiao.intake.joining.columns import Columns, common_columns
from jixiao.intake.joining.continuation import completes_label, continues_row, is_heading, is_label


class Piece(Struct, kw_only=True):
    """One cell on the common columns; `origin` is where it stood in its own table."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    table: Table
    origin: Position
    joined: tuple[SourceRef, ...]
    doubtful: bool

    @property
    def below(self) -> int:
        """The first row under the cell."""
        return self.row + self.rows

    @property
    def physical(self) -> int:
        """The column it has on its own page."""
        return self.table.moved.get(self.origin, self.origin[1])


class Growing:
    """A table that may go on: its parts so far, on common columns.

    The table itself is made once, at the end: a list of a hundred pages is joined in one go.
    """

    def __init__(self, first: Table) -> None:
        self.last = first
        self.rows: list[list[str]] = list(first.texts)
        self.parts = 1
        self._edges = first.edges
        self._places: list[RowPlace] = list(first.places)
        self._pieces: list[Piece] = []
        self._width = first.width

    def columns_with(self, lower: Table) -> Columns | None:
        return common_columns(self._edges, lower.edges, (self._width, lower.width))

    def add(self, lower: Table, columns: Columns, skipped: int) -> bool:
        """Put the table below, without its first rows; was a row cut in two made whole?"""
        if self.parts == 1:
            self._pieces = _pieces(self.last, range(self._width + 1), 0)
        self._widen(columns)
        height = len(self._places)
        below = _without_rows(_pieces(lower, columns.second, height - skipped), height)
        mended = _mend_row(self._pieces, below, height)
        if mended:
            below = [piece for piece in below if piece.row > height]
            for piece in below:
                piece.row -= 1
        else:
            below = _extend_labels(self._pieces, below, height, drawn=bool(self._edges))
        self._pieces += below
        self._places += lower.places[skipped + mended :]
        self.rows += lower.texts[skipped:]
        self.last = lower
        self.parts += 1
        return mended

    def table(self) -> Table:
        """Make one table of the parts."""
        if self.parts == 1:
            return self.last
        texts = [[""] * self._width for _ in self._places]
        made = Table(
            texts=texts,
            places=self._places,
            merges_known=self.last.merges_known,
            first_column=self.last.first_column,
            edges=self._edges,
        )
        for piece in self._pieces:
            _put(made, piece)
        return made

    def _widen(self, columns: Columns) -> None:
        if columns.first != tuple(range(len(columns.first))):
            for piece in self._pieces:
                end = columns.first[piece.column + piece.columns]
                piece.column = columns.first[piece.column]
                piece.columns = end - piece.column
        self._edges, self._width = columns.edges, columns.first[-1]


def _put(made: Table, piece: Piece) -> None:
    at: Position = (piece.row, piece.column)
    made.texts[piece.row][piece.column] = piece.text
    if piece.rows > 1 or piece.columns > 1:
        made.spans[at] = (piece.rows, piece.columns)
    box = piece.table.boxes.get(piece.origin)
    if box is not None:
        made.boxes[at] = box
    if piece.joined:
        made.joined[at] = piece.joined
    if piece.doubtful:
        made.doubtful.add(at)
    if piece.physical != piece.column:
        made.moved[at] = piece.physical


def _without_rows(pieces: list[Piece], start: int) -> list[Piece]:
    """Drop rows above `start`; a merged cell that began there keeps its rest."""
    kept = [piece for piece in pieces if piece.below > start]
    for piece in kept:
        piece.rows, piece.row = piece.below - max(piece.row, start), max(piece.row, start)
    return kept


def _pieces(table: Table, columns: Sequence[int], offset: int) -> list[Piece]:
    covered = {
        (row + down, column + right)
        for (row, column), (rows, width) in table.spans.items()
        for down in range(rows)
        for right in range(width)
        if down or right
    }
    found = []
    for row, texts in enumerate(table.texts):
        for column, text in enumerate(texts):
            at = (row, column)
            if at in covered:
                continue
            rows, width = table.spans.get(at, (1, 1))
            piece = Piece(
                row=row + offset,
                column=columns[column],
                rows=min(rows, len(table.texts) - row),
                columns=columns[min(column + width, table.width)] - columns[column],
                text=text,
                table=table,
                origin=at,
                joined=table.joined.get(at, ()),
                doubtful=at in table.doubtful,
            )
            found.append(piece)
    return found


def _pairs(above: list[Piece], below: list[Piece], height: int) -> list[tuple[Piece, Piece]] | None:
    """Cells that meet at the break, left to right; None unless both rows have the same cells."""
    ends = sorted((piece for piece in above if piece.below == height), key=_column)
    starts = sorted((piece for piece in below if piece.row == height), key=_column)
    if [_extent(piece) for piece in ends] != [_extent(piece) for piece in starts]:
        return None
    return list(zip(ends, starts, strict=True))


def _mend_row(above: list[Piece], below: list[Piece], height: int) -> bool:
    pairs = _pairs(above, below, height)
    if not pairs:
        return False
    # Labels that began further up belong to several rows and say nothing about this one.
    own = [
        (upper, lower)
        for upper, lower in pairs
        if (upper.row == height - 1 or lower.text) and not completes_label(upper.text, lower.text)
    ]
    if not own or not continues_row([u.text for u, _ in own], [w.text for _, w in own]):
        return False
    for upper, lower in pairs:
        _absorb(upper, lower, lower.rows - 1)
    return True


def _absorb(upper: Piece, lower: Piece, more_rows: int) -> None:
    upper.rows += more_rows
    upper.doubtful = upper.doubtful or lower.doubtful
    if not lower.text:
        return
    upper.text = f"{upper.text}\n{lower.text}" if upper.text else lower.text
    upper.joined = (*upper.joined, lower.table.at(*lower.origin))


def _extend_labels(
    above: list[Piece], below: list[Piece], height: int, *, drawn: bool
) -> list[Piece]:
    """Make labels at the left whose cell the break cut one cell again.

    `drawn` says that rulings part the cells, so that a blank one is really a cell of its own.
    """
    ends = {_extent(piece): piece for piece in above if piece.below == height}
    first_row = [piece.text for piece in below if piece.row == height]
    # A blank corner over column headings is nobody's rest, nor is a blank row.
    if is_heading(first_row) or not any(first_row):
        return below
    kept: list[Piece] = []
    leading = True
    last_row = [piece.text for piece in above if piece.below == height]
    labels_wait = drawn and any(last_row) and not is_heading(last_row)
    for piece in sorted(below, key=lambda piece: (piece.row, piece.column)):
        upper = ends.get(_extent(piece)) if piece.row == height and leading else None
        if upper is not None and _goes_on(upper, piece, labels_wait=labels_wait):
            _absorb(upper, piece, piece.rows)
            continue
        leading = leading and not (piece.row == height and piece.text)
        kept.append(piece)
    return kept


def _goes_on(upper: Piece, lower: Piece, *, labels_wait: bool) -> bool:
    if not upper.text:
        # A label centred in its cell may be printed wholly on the second page.
        return labels_wait and is_label(lower.text)
    return not lower.text or completes_label(upper.text, lower.text)


def _column(piece: Piece) -> int:
    return piece.column


def _extent(piece: Piece) -> tuple[int, int]:
    return piece.column, piece.columns

"""Put the lower part of a table under its upper part, on common columns.

Nothing is lost on the way: spans and boxes move with their cells, a label whose cells go on
below is one cell again, a row cut in two becomes one row that remembers both places.
"""

from collections.abc import Sequence

from msgspec import Struct

from jixiao.foundation.location import Box, SourceRef
from jixiao.intake.document import Position, RowPlace, Table
from jixiao.intake.joining.columns import Columns
from jixiao.intake.joining.continuation import completes_label, continues_row, is_heading, is_label


class Piece(Struct, kw_only=True):
    """One cell on the common columns; `physical` is the column it had in its own table."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    box: Box | None
    physical: int
    joined: tuple[SourceRef, ...]
    doubtful: bool
    place: SourceRef

    @property
    def below(self) -> int:
        """The first row under the cell."""
        return self.row + self.rows


class Joined(Struct, frozen=True):
    """The one table, and whether a row that was cut in two has become one."""

    table: Table
    row_mended: bool


def join(upper: Table, lower: Table, columns: Columns) -> Joined:
    """Join two tables; `lower` has lost its repeated headings already."""
    height = len(upper.texts)
    above = _pieces(upper, columns.first, 0)
    below = _pieces(lower, columns.second, height)
    mended = _mend_row(above, below, height)
    if mended:
        below = [piece for piece in below if piece.row > height]
    else:
        below = _extend_labels(above, below, height)
    dropped = 1 if mended else 0
    for piece in below:
        piece.row -= dropped
    places = [*upper.places, *lower.places[dropped:]]
    return Joined(_table([*above, *below], places, columns, upper), mended)


def without_rows(table: Table, count: int) -> Table:
    """Drop the table's first rows; a merged cell that began there keeps its rest."""
    places = tuple(range(table.width + 1))
    pieces = []
    for piece in _pieces(table, places, -count):
        if piece.below <= 0:
            continue
        if piece.row < 0:
            piece.rows, piece.row = piece.below, 0
        pieces.append(piece)
    columns = Columns(edges=table.edges, first=places, second=places)
    return _table(pieces, table.places[count:], columns, table)


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
            if (row, column) in covered:
                continue
            rows, width = table.spans.get((row, column), (1, 1))
            at = columns[column]
            piece = Piece(
                row=row + offset,
                column=at,
                rows=rows,
                columns=columns[column + width] - at,
                text=text,
                box=table.boxes.get((row, column)),
                physical=table.moved.get((row, column), column),
                joined=table.joined.get((row, column), ()),
                doubtful=(row, column) in table.doubtful,
                place=table.at(row, column),
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
    upper.joined = (*upper.joined, lower.place)


def _extend_labels(above: list[Piece], below: list[Piece], height: int) -> list[Piece]:
    """Labels at the left whose cell the break cut become one cell again."""
    ends = {_extent(piece): piece for piece in above if piece.below == height}
    first_row = [piece.text for piece in below if piece.row == height]
    # A blank corner over column headings is nobody's rest, nor is a blank row.
    if is_heading(first_row) or not any(first_row):
        return below
    kept: list[Piece] = []
    leading = True
    last_row = [piece.text for piece in above if piece.below == height]
    labels_wait = any(last_row) and not is_heading(last_row)
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


def _table(pieces: list[Piece], places: list[RowPlace], columns: Columns, like: Table) -> Table:
    width = columns.first[-1]
    texts = [[""] * width for _ in places]
    made = Table(
        texts=texts,
        places=list(places),
        merges_known=like.merges_known,
        first_column=like.first_column,
        edges=columns.edges,
    )
    for piece in pieces:
        at: Position = (piece.row, piece.column)
        texts[piece.row][piece.column] = piece.text
        if piece.rows > 1 or piece.columns > 1:
            made.spans[at] = (piece.rows, piece.columns)
        if piece.box is not None:
            made.boxes[at] = piece.box
        if piece.joined:
            made.joined[at] = piece.joined
        if piece.doubtful:
            made.doubtful.add(at)
        if piece.physical != piece.column:
            made.moved[at] = piece.physical
    return made

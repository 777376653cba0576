"""Where a value stood in the document it came from.

Every value of a record carries a `SourceRef`, so that a finding, a score or a published figure
can be opened at its place. Counting starts at 1 for page, table, row, column and line, as people
count; `cell` is the spreadsheet address (`C5`); `box` is left, top, right, bottom in points from
the page's top left corner. A picture has no points of its own: it is taken for a sheet whose longer
side is that of A4, 841.9 points.
"""

from msgspec import Struct

Box = tuple[float, float, float, float]


class SourceRef(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A place in a document and the text that stands there.

    `also` names further places when one value was joined from several cells, as happens where
    a page break cuts a row in two.
    """

    quote: str
    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    cell: str | None = None
    line: int | None = None
    box: Box | None = None
    also: tuple["SourceRef", ...] = ()

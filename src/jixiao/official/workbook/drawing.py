"""A drawn worksheet: rows of cells with places, and all that is set up for paper; then its XML.

The order of the elements is that of the schema; Excel opens no other.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from msgspec import Struct

from jixiao.official.office_package import DECLARATION, RELATIONS
from jixiao.official.sheet import MARGIN_BOTTOM, MARGIN_SIDE, MARGIN_TOP
from jixiao.official.workbook.xml_text import MAIN, place, safe

_INCH = 25.4
_PIXELS = 96 / _INCH
_POINT = 0.75
_DIGIT = 7
_LAST_COLUMN = 16383
# Printers differ by a hair: the last column must never fall onto a page of its own.
_HEAD = (
    f'{DECLARATION}<worksheet {MAIN} xmlns:r="{RELATIONS}">'
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:'
)
_MARGINS = (
    f'<printOptions horizontalCentered="1"/><pageMargins left="{MARGIN_SIDE / _INCH:.6g}"'
    f' right="{MARGIN_SIDE / _INCH:.6g}" top="{MARGIN_TOP / _INCH:.6g}"'
    f' bottom="{MARGIN_BOTTOM / _INCH:.6g}" header="0.3" footer="0.45"/>'
)
_FOOTER = (
    '<headerFooter><oddFooter>&amp;C&amp;"Times New Roman,Regular"&amp;12— &amp;P —</oddFooter>'
    "</headerFooter>"
)
#: Codes and amounts that are text on purpose would each get a green corner.
_IGNORED = (
    '<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>'
)
#: The relation of a worksheet to the boxes of its comments.
BOXES = "rId1"


class Link(Struct, frozen=True):
    """A cell that leads to a place in the workbook."""

    cell: str
    location: str
    name: str


class Comment(Struct, frozen=True):
    """Words beside a cell."""

    row: int
    column: int
    text: str


class Drawing(Struct, frozen=True, kw_only=True):
    """One worksheet. `grid` are its columns in millimetres, `heights` its rows in points.

    `cells` are the rows as XML, without the row itself. `first_page` is the number of the first
    page, None on a page without number. `repeats` are the first and the last row of the heading,
    `breaks` the rows that begin a further page, `frozen` the rows that stand still on screen.
    """

    tab: str
    grid: tuple[float, ...]
    heights: Sequence[float]
    cells: Sequence[str]
    merges: Sequence[str] = ()
    links: Sequence[Link] = ()
    comments: Sequence[Comment] = ()
    landscape: bool = False
    first_page: int | None = None
    repeats: tuple[int, int] | None = None
    breaks: Sequence[int] = ()
    frozen: int = 0
    is_form: bool = False


def worksheet_part(drawing: Drawing, *, is_first: bool) -> str:
    """xl/worksheets/sheet1.xml and the like."""
    last = place(max(len(drawing.heights), 1) - 1, max(len(drawing.grid), 1) - 1)
    return "".join(
        (
            f'{_HEAD}{last}"/>{_view(drawing, is_first=is_first)}',
            '<sheetFormatPr defaultRowHeight="15"/>',
            _columns(drawing.grid),
            "<sheetData>",
            *map(_row, range(1, len(drawing.heights) + 1), drawing.heights, drawing.cells),
            "</sheetData>",
            _merges(drawing.merges),
            _links(drawing.links),
            _MARGINS,
            _page(drawing),
            _breaks(drawing.breaks),
            _IGNORED if drawing.is_form else "",
            f'<legacyDrawing r:id="{BOXES}"/>' if drawing.comments else "",
            "</worksheet>",
        )
    )


def pixel_widths(grid: Sequence[float]) -> list[int]:
    """Columns in pixels; rounding is never lost or added over the whole width."""
    edges = [int(edge * _PIXELS) for edge in accumulate(grid, initial=0.0)]
    return [max(right - left, 1) for left, right in pairwise(edges)]


def pixel_height(points: float) -> int:
    """A row in pixels: screens and programs know no part of one."""
    return int(points / _POINT + 0.5)


def _view(drawing: Drawing, *, is_first: bool) -> str:
    selected = ' tabSelected="1"' if is_first else ""
    begin = f'<sheetViews><sheetView showGridLines="0"{selected} workbookViewId="0"'
    if not drawing.frozen:
        return f"{begin}/></sheetViews>"
    return (
        f'{begin}><pane ySplit="{drawing.frozen}" topLeftCell="A{drawing.frozen + 1}"'
        ' activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/></sheetView>'
        "</sheetViews>"
    )


@lru_cache(maxsize=64)
def _columns(grid: tuple[float, ...]) -> str:
    shown = "".join(
        f'<col min="{number}" max="{number}" width="{pixels * 256 // _DIGIT / 256}"'
        ' customWidth="1"/>'
        for number, pixels in enumerate(pixel_widths(grid), start=1)
    )
    return f"<cols>{shown}</cols>" if shown else ""


def _row(number: int, height: float, cells: str) -> str:
    return f'<row r="{number}"{_height(height)}{cells}</row>'


@lru_cache(maxsize=1024)
def _height(height: float) -> str:
    return f' ht="{pixel_height(height) * _POINT:g}" customHeight="1">'


def _merges(merges: Sequence[str]) -> str:
    if not merges:
        return ""
    shown = '"/><mergeCell ref="'.join(merges)
    return f'<mergeCells count="{len(merges)}"><mergeCell ref="{shown}"/></mergeCells>'


def _links(links: Sequence[Link]) -> str:
    if not links:
        return ""
    shown = "".join(
        f'<hyperlink ref="{one.cell}" location="{safe(one.location)}" display="{safe(one.name)}"/>'
        for one in links
    )
    return f"<hyperlinks>{shown}</hyperlinks>"


def _page(drawing: Drawing) -> str:
    """Every sheet states its first page, so that the contents hold for one sheet as for all."""
    turned = "landscape" if drawing.landscape else "portrait"
    begin = f'<pageSetup paperSize="9" fitToHeight="0" orientation="{turned}"'
    if drawing.first_page is None:
        return f"{begin}/>"
    # The order of attributes is free; 9 is A4, fitToHeight 0 as many pages as there are.
    return f'{begin} firstPageNumber="{drawing.first_page}" useFirstPageNumber="1"/>{_FOOTER}'


def _breaks(breaks: Sequence[int]) -> str:
    if not breaks:
        return ""
    count = len(breaks)
    shown = "".join(f'<brk id="{row}" max="{_LAST_COLUMN}" man="1"/>' for row in breaks)
    return f'<rowBreaks count="{count}" manualBreakCount="{count}">{shown}</rowBreaks>'

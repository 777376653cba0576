"""Cover and contents of an annex as worksheets of their own."""

from collections.abc import Sequence

from msgspec import Struct
from xlsxwriter.worksheet import Worksheet

from jixiao.official.sheet import PORTRAIT_WIDTH, Cover
from jixiao.official.workbook.cell_text import cell_text, in_cells
from jixiao.official.workbook.measure import line_count
from jixiao.official.workbook.page_setup import pixel_widths
from jixiao.official.workbook.paper import page_breaks, page_height
from jixiao.official.workbook.row_plan import LINE
from jixiao.official.workbook.styles import DOTTED, LATIN, NONE, SONG, Style, Styles

_TITLE = Style(font=SONG, size=26.0, bold=True, align="center")
_LINE = Style(size=16.0, align="center")
_HEADING = Style(font=SONG, size=18.0, bold=True, align="center")
#: A dotted rule leads from the name to the page in every program and under every length of name.
_RULE = (NONE, NONE, DOTTED, NONE)
_ENTRY = Style(size=12.0, edges=_RULE)
_PAGE = Style(font=LATIN, size=12.0, align="right", edges=_RULE, number_format="0")
_OVER_TITLE, _OVER_LINES = 150.0, 240.0
_CONTENTS = (158.0, 12.0)
_HEADING_HEIGHT, _ENTRY_AIR = 44.0, 8.0


class Entry(Struct, frozen=True):
    """One line of the contents: the full name, the place in the workbook, the page."""

    name: str
    place: str
    page: int


def draw_cover(sheet: Worksheet, cover: Cover, styles: Styles) -> None:
    """Title lines in the upper half, who and when in the lower."""
    sheet.set_column_pixels(0, 0, pixel_widths((PORTRAIT_WIDTH,))[0])
    sheet.set_row(0, _OVER_TITLE)
    row = 1
    for lines, style in ((cover.title, _TITLE), (cover.lines, _LINE)):
        for text in lines:
            shown = in_cells(cell_text(text))[0]
            count = line_count(shown, PORTRAIT_WIDTH, style.size)
            sheet.set_row(row, count * style.size * LINE + 12.0)
            sheet.write_string(row, 0, shown, styles[style])
            row += 1
        if style is _TITLE and cover.lines:
            sheet.set_row(row, _OVER_LINES)
            row += 1
    sheet.print_area(0, 0, max(row - 1, 0), 0)


def contents_heights(names: Sequence[str]) -> list[float]:
    """The rows of the contents, its heading first."""
    heights = [_HEADING_HEIGHT]
    for name in names:
        lines = line_count(cell_text(name), _CONTENTS[0], _ENTRY.size)
        heights.append(lines * _ENTRY.size * LINE + _ENTRY_AIR)
    return heights


def contents_breaks(heights: Sequence[float]) -> list[int]:
    """Where the contents go on to a further page."""
    return page_breaks(heights, [0] * (len(heights) + 1), page_height(landscape=False), (0, 0.0))


def draw_contents(sheet: Worksheet, entries: Sequence[Entry], styles: Styles) -> None:
    """Names linked to their sheets, and the pages on which those begin."""
    heights = contents_heights([entry.name for entry in entries])
    for column, pixels in enumerate(pixel_widths(_CONTENTS)):
        sheet.set_column_pixels(column, column, pixels)
    for row, height in enumerate(heights):
        sheet.set_row(row, height)
    sheet.merge_range(0, 0, 0, 1, "", styles[_HEADING])
    sheet.write_string(0, 0, "目录", styles[_HEADING])
    for row, entry in enumerate(entries, start=1):
        name = in_cells(cell_text(entry.name))[0]
        sheet.write_url(row, 0, entry.place, styles[_ENTRY], name)
        sheet.write_number(row, 1, entry.page, styles[_PAGE])
    if breaks := contents_breaks(heights):
        sheet.set_h_pagebreaks(breaks)
    sheet.print_area(0, 0, len(entries), 1)

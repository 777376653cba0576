"""Cover and contents of an annex as worksheets of their own."""

from collections.abc import Sequence

from jixiao.official.sheet import PORTRAIT_WIDTH, Cover
from jixiao.official.workbook.cell_text import cell_text, in_cells
from jixiao.official.workbook.drawing import Drawing, Link
from jixiao.official.workbook.measure import line_count
from jixiao.official.workbook.paper import LINE, page_breaks, page_height
from jixiao.official.workbook.strings import Strings
from jixiao.official.workbook.styles import LATIN, RULE, SONG, Style, Styles
from jixiao.official.workbook.xml_text import quoted

_TITLE = Style(font=SONG, size=26.0, bold=True, align="center")
_LINE = Style(size=16.0, align="center")
_HEADING = Style(font=SONG, size=18.0, bold=True, align="center")
#: A dotted rule leads from the name to the page in every program and under every length of name.
_ENTRY = Style(size=12.0)
_PAGE = Style(font=LATIN, size=12.0, align="right", number_format="0")
_OVER_TITLE, _OVER_LINES = 150.0, 240.0
_CONTENTS = (158.0, 12.0)
_HEADING_HEIGHT, _ENTRY_AIR = 44.0, 8.0


def draw_cover(cover: Cover, tab: str, strings: Strings, styles: Styles) -> Drawing:
    """Title lines in the upper half, who and when in the lower."""
    heights, cells = [_OVER_TITLE], [""]
    for lines, style in ((cover.title, _TITLE), (cover.lines, _LINE)):
        for text in lines:
            shown = in_cells(cell_text(text))[0]
            count = line_count(shown, PORTRAIT_WIDTH, style.size)
            heights.append(count * style.size * LINE + 12.0)
            end = f"{styles.attribute(style)}{strings.value(shown)}"
            cells.append(f'<c r="A{len(heights)}"{end}')
        if style is _TITLE and cover.lines:
            heights.append(_OVER_LINES)
            cells.append("")
    return Drawing(tab=tab, grid=(PORTRAIT_WIDTH,), heights=heights, cells=cells)


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


def draw_contents(
    tab: str,
    entries: Sequence[tuple[str, str, int]],
    heights: Sequence[float],
    strings: Strings,
    styles: Styles,
) -> Drawing:
    """Names linked to their tabs, and the pages on which those begin."""
    heading = styles.attribute(_HEADING)
    entry, page = styles.attribute(_ENTRY, RULE), styles.attribute(_PAGE, RULE)
    cells = [f'<c r="A1"{heading}{strings.value("目录")}<c r="B1"{heading}/>']
    links = []
    for row, (name, target, number) in enumerate(entries, start=2):
        shown = in_cells(cell_text(name))[0]
        cells.append(
            f'<c r="A{row}"{entry}{strings.value(shown)}<c r="B{row}"{page}><v>{number}</v></c>'
        )
        links.append(Link(f"A{row}", f"{quoted(target)}!A1", shown))
    return Drawing(
        tab=tab,
        grid=_CONTENTS,
        heights=heights,
        cells=cells,
        merges=("A1:B1",),
        links=links,
        first_page=1,
        breaks=contents_breaks(heights),
    )

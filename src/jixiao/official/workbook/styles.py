"""Cell formats, each made once.

One font a cell is all a workbook knows: 仿宋 for Chinese, Times New Roman where only Latin stands.
The names are those Windows and WPS bring along; no font is shipped.
"""

from msgspec import Struct
from xlsxwriter import Workbook
from xlsxwriter.format import Format

SONG, FANG, HEI, LATIN = "宋体", "仿宋", "黑体", "Times New Roman"
#: Excel's numbers for lines: none, thin, medium, dotted.
NONE, THIN, FRAME, DOTTED = 0, 1, 2, 4
SHADE = "#FFF2CC"


class Style(Struct, frozen=True, kw_only=True):
    """What a cell looks like; `edges` are top, right, bottom and left."""

    font: str = FANG
    size: float = 10.5
    bold: bool = False
    align: str = "left"
    valign: str = "vcenter"
    indent: int = 0
    edges: tuple[int, int, int, int] = (NONE, NONE, NONE, NONE)
    wraps: bool = True
    number_format: str = ""
    is_shaded: bool = False


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[Style, Format] = {}

    def __getitem__(self, style: Style) -> Format:
        made = self._made.get(style)
        if made is None:
            made = self._made[style] = self._book.add_format(_properties(style))
        return made


def _properties(style: Style) -> dict[str, str | int | float | bool]:
    top, right, bottom, left = style.edges
    properties: dict[str, str | int | float | bool] = {
        "font_name": style.font,
        # Roman, or modern for 黑体; the character set helps a machine without the font.
        "font_family": 3 if style.font == HEI else 1,
        "font_charset": 0 if style.font == LATIN else 134,
        "font_size": style.size,
        "bold": style.bold,
        "align": style.align,
        "valign": style.valign,
        "indent": style.indent,
        "text_wrap": style.wraps,
        "top": top,
        "right": right,
        "bottom": bottom,
        "left": left,
    }
    if style.number_format:
        properties["num_format"] = style.number_format
    if style.is_shaded:
        properties["bg_color"] = SHADE
    return properties

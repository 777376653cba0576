"""What cells look like, each look made once.

One font a cell is all a workbook knows: 仿宋 for Chinese, Times New Roman where only Latin stands.
The names are those Windows and WPS bring along; no font is shipped.
"""

from functools import lru_cache

from msgspec import Struct

from jixiao.official.office_package import DECLARATION
from jixiao.official.workbook.xml_text import MAIN, safe

SONG, FANG, HEI, LATIN = "宋体", "仿宋", "黑体", "Times New Roman"
SHADE = "FFFFF2CC"

#: Lines around a cell; a frame takes the place of the thin line at an edge of the table.
THIN, FRAME_TOP, FRAME_RIGHT, FRAME_BOTTOM, FRAME_LEFT, RULE = 0, 1, 2, 4, 8, 32
BARE = 16
#: Text from the top of a cell that a page cuts; the colour of a cell with findings.
CUT, SHADED = 64, 128

_BUILT_IN = {"0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "@": 49}
_OWN_FORMATS = 164
_NO_BORDER = "<border><left/><right/><top/><bottom/><diagonal/></border>"
_DOTTED = (
    '<border><left/><right/><top/><bottom style="dotted"><color auto="1"/></bottom>'
    "<diagonal/></border>"
)
_FILLS = (
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    f'<fill><patternFill patternType="solid"><fgColor rgb="{SHADE}"/><bgColor indexed="64"/>'
    "</patternFill></fill></fills>"
)
_SHADED_FILL = 2
_PLAIN = 'numFmtId="0" fontId="0" fillId="0" borderId="0"'
_APPLIED = "".join(
    f' apply{what}="1"' for what in ("NumberFormat", "Font", "Fill", "Border", "Alignment")
)
_STYLES = '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'


class Style(Struct, frozen=True, kw_only=True):
    """What a text looks like in its cell, lines and shade apart."""

    font: str = FANG
    size: float = 10.5
    bold: bool = False
    align: str = "left"
    valign: str = "center"
    indent: int = 0
    number_format: str = ""


class Styles(dict[tuple[int, int], str]):
    """The looks of one workbook: (style, lines and shade) gives the attribute of a cell."""

    def __init__(self) -> None:
        super().__init__()
        self._styles: dict[Style, int] = {}
        self._formats: dict[str, int] = dict(_BUILT_IN)
        # Columns are measured in digits of the first font. Its metric twin stands on every system.
        self._fonts: dict[str, int] = {_font(LATIN, 11, bold=False): 0}
        self._borders: dict[str, int] = {_NO_BORDER: 0}
        self._looks: list[str] = [f'<xf {_PLAIN} xfId="0"/>']
        self._made: list[Style] = []

    def number(self, style: Style) -> int:
        """The number that stands for the style."""
        number = self._styles.setdefault(style, len(self._styles))
        if number == len(self._made):
            self._made.append(style)
        return number

    def attribute(self, style: Style, edges: int = BARE) -> str:
        """The attribute of a cell of this style."""
        return self[self.number(style), edges]

    def __missing__(self, key: tuple[int, int]) -> str:
        number, edges = key
        shown = self[key] = f' s="{len(self._looks)}"'
        self._looks.append(self._look(self._made[number], edges))
        return shown

    def _look(self, style: Style, edges: int) -> str:
        font = _numbered(self._fonts, _font(style.font, style.size, bold=style.bold))
        border = _numbered(self._borders, _border(edges & ~(CUT | SHADED)))
        fill = _SHADED_FILL if edges & SHADED else 0
        code = style.number_format
        number_format = 0
        if code:
            own = _OWN_FORMATS + len(self._formats) - len(_BUILT_IN)
            number_format = self._formats.setdefault(code, own)
        indent = f' indent="{style.indent}"' if style.indent else ""
        valign = "top" if edges & CUT else style.valign
        return (
            f'<xf numFmtId="{number_format}" fontId="{font}" fillId="{fill}" borderId="{border}"'
            f' xfId="0"{_APPLIED}><alignment'
            f' horizontal="{style.align}" vertical="{valign}" wrapText="1"{indent}/></xf>'
        )

    def part(self) -> str:
        """xl/styles.xml"""
        own = {code: key for code, key in self._formats.items() if key >= _OWN_FORMATS}
        formats = "".join(
            f'<numFmt numFmtId="{key}" formatCode="{safe(code)}"/>' for code, key in own.items()
        )
        return (
            f"{DECLARATION}<styleSheet {MAIN}>"
            f"{_list('numFmts', len(own), formats) if own else ''}"
            f"{_list('fonts', len(self._fonts), ''.join(self._fonts))}{_FILLS}"
            f"{_list('borders', len(self._borders), ''.join(self._borders))}"
            f'<cellStyleXfs count="1"><xf {_PLAIN}/></cellStyleXfs>'
            f"{_list('cellXfs', len(self._looks), ''.join(self._looks))}{_STYLES}</styleSheet>"
        )


def _list(name: str, count: int, inside: str) -> str:
    return f'<{name} count="{count}">{inside}</{name}>'


def _numbered(known: dict[str, int], shown: str) -> int:
    return known.setdefault(shown, len(known))


@lru_cache(maxsize=64)
def _font(name: str, size: float, *, bold: bool) -> str:
    """Roman, or modern for 黑体; the character set helps a machine without the font."""
    charset = "" if name == LATIN else '<charset val="134"/>'
    return (
        f'<font>{"<b/>" if bold else ""}<sz val="{size:g}"/><name val="{name}"/>'
        f'<family val="{3 if name == HEI else 1}"/>{charset}</font>'
    )


@lru_cache(maxsize=64)
def _border(edges: int) -> str:
    if edges & BARE:
        return _NO_BORDER
    if edges & RULE:
        return _DOTTED
    sides = (
        ("left", FRAME_LEFT),
        ("right", FRAME_RIGHT),
        ("top", FRAME_TOP),
        ("bottom", FRAME_BOTTOM),
    )
    shown = "".join(
        f'<{side} style="{"medium" if edges & frame else "thin"}"><color auto="1"/></{side}>'
        for side, frame in sides
    )
    return f"<border>{shown}<diagonal/></border>"

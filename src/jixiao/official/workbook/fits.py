"""What every cell needs: its lines, its height, its look, and the end of its XML.

A text that stands in many forms in columns of the same width is measured once for the annex.
"""

from functools import lru_cache
from itertools import accumulate

from msgspec import Struct

from jixiao.official.sheet import CellRole, Sheet
from jixiao.official.workbook.cell_text import cell_text, in_cells, tempts
from jixiao.official.workbook.exact_number import ExactNumber, exact_number
from jixiao.official.workbook.measure import WIDEST, line_count, line_counts, room_of
from jixiao.official.workbook.paper import LINE, page_height
from jixiao.official.workbook.strings import Strings
from jixiao.official.workbook.styles import FANG, HEI, LATIN, Style, Styles

_SMALLEST_FONT = 9.0
#: Millimetres of one step of indent, and of a cell that can spare them.
_INDENT, _WIDE_ENOUGH = 2.6, 25.0
_CENTRED = frozenset({CellRole.LABEL, CellRole.HEADING, CellRole.LEVEL})
_NUMBER = CellRole.NUMBER
_PRINTED = frozenset({CellRole.LABEL, CellRole.HEADING})
#: A cell with more lines is read from its top.
_MANY_LINES = 20
#: A number is given less room than a text: what does not fit is shown as ####.
_NUMBER_ROOM = 0.8
_TEXT_FORMAT = "@"

#: Role, only Latin signs, font size, one line, many lines, steps of indent, number format.
_Key = tuple[CellRole, bool, float, bool, bool, int, str]


class Fit(Struct, frozen=True, gc=False):
    """`height` is that of the text alone; `look` the number of its style.

    `value` ends the XML of the cell; `rest` are the pieces of a text that is longer than a cell
    can hold.
    """

    height: float
    look: int
    value: str
    rest: tuple[str, ...] = ()


class Fits:
    """The cells of one annex."""

    def __init__(self, strings: Strings, styles: Styles) -> None:
        self._strings, self._styles = strings, styles
        self._looks: dict[_Key, int] = {}
        self._known: dict[tuple[float, bool], dict[tuple[str, CellRole, float], Fit]] = {}

    def of(self, sheet: Sheet) -> list[Fit]:
        """The needs of all cells, in their order."""
        edges = list(accumulate(sheet.grid, initial=0.0))
        page = page_height(landscape=sheet.landscape)
        known = self._known.setdefault((sheet.font_size, sheet.landscape), {})
        found = []
        for cell in sheet.cells:
            column = cell.column
            key = (cell.text, cell.role, edges[column + cell.columns] - edges[column])
            fit = known.get(key)
            if fit is None:
                fit = known[key] = self._fit(*key, sheet.font_size, page)
            found.append(fit)
        return found

    def _fit(self, written: str, role: CellRole, width: float, size: float, page: float) -> Fit:
        pieces = in_cells(cell_text(written))
        text = pieces[0]
        lines, indent = _lines(text, _rooms(width, size, role in _CENTRED))
        if lines * size * LINE > page and size > _SMALLEST_FONT:
            size = _SMALLEST_FONT
            lines, indent = _lines(text, _rooms(width, size, role in _CENTRED))
        number = _number(text, width, size) if role is _NUMBER and lines == 1 else None
        if number is None:
            value = self._strings.value(text)
            number_format = _TEXT_FORMAT if tempts(text) else ""
        else:
            value = f"><v>{number.value:.16G}</v></c>"
            number_format = number.number_format
        key = (role, text.isascii(), size, lines == 1, lines > _MANY_LINES, indent, number_format)
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._styles.number(_style(key))
        return Fit(lines * size * LINE, look, value, tuple(pieces[1:]))


def _number(text: str, width: float, size: float) -> ExactNumber | None:
    """A number too wide for its cell stays text, which breaks the line."""
    number = exact_number(text)
    fits = number is not None and line_count(text, width * _NUMBER_ROOM, size) == 1
    return number if fits else None


def _lines(text: str, rooms: tuple[float, ...]) -> tuple[int, int]:
    """Lines and steps of indent: air beside a text is never paid for with a further line."""
    if len(text) * WIDEST <= rooms[-1] and "\n" not in text:
        return 1, len(rooms) - 1
    counts = line_counts(text, rooms)
    return counts[0], int(len(counts) > 1 and counts[0] == counts[1])


@lru_cache(maxsize=256)
def _rooms(width: float, size: float, is_centred: bool) -> tuple[float, ...]:
    """What a line holds; for a text that may be indented also what it holds then."""
    room = room_of(width, size)
    if is_centred or width < _WIDE_ENOUGH:
        return (room,)
    return room, room_of(width - _INDENT, size)


def _style(key: _Key) -> Style:
    role, is_latin, size, is_short, is_long, indent, number_format = key
    if role is _NUMBER:
        align = "right"
    elif role in _CENTRED or (role is CellRole.VALUE and is_short):
        align = "center"
    else:
        align = "left"
    return Style(
        font=HEI if role in _PRINTED else LATIN if is_latin else FANG,
        size=size,
        align=align,
        valign="top" if is_long else "center",
        indent=indent if align != "center" else 0,
        number_format=number_format,
    )

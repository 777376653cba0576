"""Build .ofd files from plain grids, drawn the ways real makers of OFD draw them.

Lengths are millimetres. A grid is laid out here: texts wrapped, merged cells stretched, rows moved
to the next page; its truth is known. `Style` says how the same page is written down, from one
object a line to one object a character, from one line a cell border to one path a table.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from tests.support.office_files import Grid, package
from tests.support.pdf_files import PageBreak, Printed, Words
from tests.support.raw_ofd import (
    NAMESPACE,
    PAGE,
    Box,
    length,
    line,
    numbers,
    ofd_parts,
    page_xml,
    path,
    short,
    text,
    text_object,
    width_of,
)

MARGIN = 18.0
PAD = 1.2
LEADING = 1.3
#: How texts are written: a line an object, a character an object, all lines of a cell in one
#: object, a line an object scaled by a matrix, without any offsets.
LINES, CHARACTERS, CODES, SCALED, BARE = "lines", "characters", "codes", "scaled", "bare"
#: How rulings are drawn: borders cell by cell, one path, stroked rectangles, thin filled boxes,
#: lines placed by a matrix.
BORDERS, ONE_PATH, BOXES, FILLED, TURNED = "borders", "one path", "boxes", "filled", "turned"


@dataclass(frozen=True)
class Style:
    """How the maker writes texts and rulings, and where the rulings stand."""

    texts: str = LINES
    rulings: str = BORDERS
    prefix: str = "ofd"
    namespace: str = NAMESPACE
    in_template: bool = False
    in_composite: bool = False


PLAIN = Style()
Block = str | Words | Grid | Printed | PageBreak


@dataclass
class Page:
    """Objects of one page: rulings apart from texts, so that a style may move them."""

    texts: list[str] = field(default_factory=list)
    rulings: list[str] = field(default_factory=list)


# Whole documents laid out from blocks


def ofd_of(
    blocks: Iterable[Block], style: Style = PLAIN, *, landscape: bool = False, footer: bool = False
) -> bytes:
    """Set the blocks one below the other and return the OFD."""
    size = PAGE[::-1] if landscape else PAGE
    press = _Press(style, size)
    for block in blocks:
        press.put(block)
    parts = press.parts(footer=footer)
    return package({name: _respelled(part, style) for name, part in parts.items()})


def _respelled(part: str | bytes, style: Style) -> str | bytes:
    if isinstance(part, bytes):
        return part
    part = part.replace(NAMESPACE, style.namespace)
    if style.prefix == "ofd":
        return part
    if style.prefix:
        return part.replace("ofd:", f"{style.prefix}:").replace(":ofd=", f":{style.prefix}=")
    return part.replace("xmlns:ofd=", "xmlns=").replace("ofd:", "")


class _Press:
    """Lays blocks out on pages, from the top margin down."""

    def __init__(self, style: Style, size: tuple[float, float]) -> None:
        self.style, self.size = style, size
        self.pages = [Page()]
        self.y = MARGIN
        self.bottom = size[1] - MARGIN
        self.width = size[0] - 2 * MARGIN

    def put(self, block: Block) -> None:
        if isinstance(block, PageBreak):
            self.turn()
        elif isinstance(block, Grid):
            self._table(Printed(block))
        elif isinstance(block, Printed):
            self._table(block)
        else:
            self._words(Words(block) if isinstance(block, str) else block)

    def turn(self) -> None:
        self.pages.append(Page())
        self.y = MARGIN

    def parts(self, *, footer: bool) -> dict[str, str | bytes]:
        if footer:
            for number, page in enumerate(self.pages, 1):
                page.texts.append(text(self.size[0] / 2, self.size[1] - 8, f"- {number} -"))
        made, templates, graphics = [], {}, {}
        for number, page in enumerate(self.pages, 1):
            words, rulings, head = "".join(page.texts), "".join(page.rulings), ""
            if self.style.in_template:
                templates[number] = page_xml(rulings, layer='Type="Background"')
                head = f'<ofd:Template TemplateID="{number}" ZOrder="Background"/>'
                rulings = ""
            elif self.style.in_composite:
                graphics[number] = f'<ofd:PageBlock ID="1">{rulings}</ofd:PageBlock>'
                rulings = (
                    f'<ofd:CompositeObject ID="1" Boundary="0 0 {numbers(self.size)}"'
                    f' ResourceID="{number}"/>'
                )
            made.append(page_xml(rulings + words, head))
        return ofd_parts(made, templates, graphics, self.size, {})

    def _words(self, words: Words) -> None:
        size = words.size * 25.4 / 72
        for written in _wrapped(words.text, self.width, size):
            if self.y + size * LEADING > self.bottom:
                self.turn()
            slack = self.width - length(written) * size
            left = MARGIN + (slack / 2 if words.centred else 0)
            self._print([(left, self.y + size, written)], size)
            self.y += size * LEADING
        self.y += 2

    def _table(self, printed: Printed) -> None:
        size = printed.size * 25.4 / 72
        sheet = _Sheet(printed, self.width, size)
        first = 0
        while first < len(sheet.heights):
            last, height = first, 0.0
            while (
                last < len(sheet.heights) and self.y + height + sheet.heights[last] <= self.bottom
            ):
                height += sheet.heights[last]
                last += 1
            if last == first:
                if self.y <= MARGIN:  # a row higher than the page is printed over its end
                    last = first + 1
                else:
                    self.turn()
                    continue
            self._rows(sheet, first, last, size)
            self.y += sum(sheet.heights[first:last])
            if last < len(sheet.heights):
                self.turn()
            first = last
        self.y += 4

    def _rows(self, sheet: "_Sheet", first: int, last: int, size: float) -> None:
        """The rows that stand on this page; merged cells go on below, their text flows."""
        boxes: list[Box] = []
        for row, column, rows, columns in sheet.cells:
            top, below = max(row, first), min(row + rows, last)
            if top >= below:
                continue
            left, right = sheet.xs[column], sheet.xs[column + columns]
            y0 = self.y + sum(sheet.heights[first:top])
            y1 = self.y + sum(sheet.heights[first:below])
            boxes.append((MARGIN + left, y0, MARGIN + right, y1))
            lines = sheet.lines[row, column]
            room = max(1, int((y1 - y0 - 2 * PAD + 0.01) / (size * LEADING)))
            shown, sheet.lines[row, column] = lines[:room], lines[room:]
            start = (y0 + y1 - len(shown) * size * LEADING) / 2
            places = [
                (MARGIN + left + PAD, start + (at + 0.9) * size * LEADING, written)
                for at, written in enumerate(shown)
            ]
            self._print(places, size)
        self.pages[-1].rulings += _drawn(boxes, self.style.rulings)

    def _print(self, places: list[tuple[float, float, str]], size: float) -> None:
        self.pages[-1].texts += _written(places, size, self.style.texts)


class _Sheet:
    """Columns, wrapped lines and row heights of one table."""

    def __init__(self, printed: Printed, width: float, size: float) -> None:
        grid = printed.grid
        columns = len(grid.texts[0])
        widths = printed.widths or (1,) * columns
        self.xs = [width * sum(widths[:at]) / sum(widths) for at in range(columns + 1)]
        self.cells = list(_cells(grid))
        self.lines: dict[tuple[int, int], list[str]] = {}
        self.heights = [size * LEADING + 2 * PAD] * len(grid.texts)
        for row, column, rows, across in sorted(self.cells, key=lambda cell: cell[0] + cell[2]):
            room = self.xs[column + across] - self.xs[column] - 2 * PAD
            lines = _wrapped(grid.texts[row][column], room, size)
            self.lines[row, column] = lines
            need = len(lines) * size * LEADING + 2 * PAD
            missing = need - sum(self.heights[row : row + rows])
            if missing > 0:
                self.heights[row + rows - 1] += missing


def _cells(grid: Grid) -> Iterator[tuple[int, int, int, int]]:
    covered: set[tuple[int, int]] = set()
    for row, texts in enumerate(grid.texts):
        for column in range(len(texts)):
            if (row, column) in covered:
                continue
            rows, columns = grid.spans.get((row, column), (1, 1))
            covered |= {(row + r, column + c) for r in range(rows) for c in range(columns)}
            yield row, column, rows, columns


def _wrapped(words: str, room: float, size: float) -> list[str]:
    lines: list[str] = []
    for paragraph in words.split("\n"):
        current = ""
        for sign in paragraph:
            if current and (length(current) + width_of(sign)) * size > room:
                lines.append(current)
                current = ""
            current += sign
        lines.append(current)
    return [written for written in lines if written.strip()]


def _written(places: list[tuple[float, float, str]], size: float, way: str) -> list[str]:
    if way == CHARACTERS:
        return [
            text(x + size * length(words[:at]), y, sign, size)
            for x, y, words in places
            for at, sign in enumerate(words)
        ]
    if way == CODES and places:
        return [_one_object(places, size)]
    if way == SCALED:
        return [_scaled(x, y, words, size) for x, y, words in places]
    if way == BARE:
        return [
            text_object(
                (x, y - size, length(words) * size, size * 1.2),
                f'<ofd:TextCode X="0" Y="{short(size)}">{escape(words)}</ofd:TextCode>',
                size,
            )
            for x, y, words in places
        ]
    return [_repeating(x, y, words, size) for x, y, words in places]


def _one_object(places: list[tuple[float, float, str]], size: float) -> str:
    left, top = places[0][0], places[0][1] - size
    codes = "".join(
        f'<ofd:TextCode X="{short(x - left)}" Y="{short(y - top)}"{_delta(words, size)}>'
        f"{escape(words)}</ofd:TextCode>"
        for x, y, words in places
    )
    width = max(length(words) for _, _, words in places) * size
    return text_object((left, top, width, places[-1][1] - top + size * 0.2), codes, size)


def _repeating(x: float, y: float, words: str, size: float) -> str:
    code = f'<ofd:TextCode X="0" Y="{short(size)}"{_delta(words, size)}>{escape(words)}'
    box = (x, y - size, length(words) * size, size * 1.2)
    return text_object(box, f"{code}</ofd:TextCode>", size)


def _scaled(x: float, y: float, words: str, size: float) -> str:
    """The whole line in a space of its own, ten times as large, shrunk by a matrix."""
    code = f'<ofd:TextCode X="0" Y="{short(10 * size)}"{_delta(words, 10 * size)}>'
    return text_object(
        (x, y - size, length(words) * size, size * 1.2),
        f"{code}{escape(words)}</ofd:TextCode>",
        10 * size,
        'CTM="0.1 0 0 0.1 0 0"',
    )


def _delta(words: str, size: float) -> str:
    """Offsets with runs of the same one told by their number."""
    runs: list[list[float]] = []
    for sign in words[:-1]:
        step = size * width_of(sign)
        if runs and runs[-1][1] == step:
            runs[-1][0] += 1
        else:
            runs.append([1, step])
    told = (f"g {count:.0f} {short(step)}" if count > 2 else " ".join([short(step)] * int(count))
            for count, step in runs)  # fmt: skip
    written = " ".join(told)
    return f' DeltaX="{written}"' if written else ""


def _drawn(boxes: list[Box], way: str) -> list[str]:
    if not boxes:
        return []
    if way == BOXES:
        return [
            path((x0, y0, x1 - x0, y1 - y0), _rectangle(0, 0, x1 - x0, y1 - y0))
            for x0, y0, x1, y1 in boxes
        ]
    sides = sorted(
        {side for x0, y0, x1, y1 in boxes for side in (
            (x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))}
    )  # fmt: skip
    if way == ONE_PATH:
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        data = " ".join(
            f"M {short(x0 - left)} {short(y0 - top)} L {short(x1 - left)} {short(y1 - top)}"
            for x0, y0, x1, y1 in sides
        )
        return [path((left, top, 170, 240), data)]
    if way == FILLED:
        return [_filled(*side) for side in sides]
    if way == TURNED:
        return [_by_matrix(*side) for side in sides]
    return [line(*side) for side in sides]


def _rectangle(x: float, y: float, width: float, height: float) -> str:
    x0, y0, x1, y1 = short(x), short(y), short(x + width), short(y + height)
    return f"M {x0} {y0} L {x1} {y0} L {x1} {y1} L {x0} {y1} C"


def _filled(x0: float, y0: float, x1: float, y1: float) -> str:
    width, height = max(x1 - x0, 0.17), max(y1 - y0, 0.17)
    return path((x0, y0, width, height), _rectangle(0, 0, width, height), _FILL)


_FILL = 'Stroke="false" Fill="true"'


def _by_matrix(x0: float, y0: float, x1: float, y1: float) -> str:
    """A line drawn along the abscissa of a space of its own, put in place by a matrix."""
    upright = x0 == x1
    matrix = "0 1 -1 0 0 0" if upright else "1 0 0 1 0 0"
    length = short(y1 - y0 if upright else x1 - x0)
    return path((x0, y0, x1 - x0, y1 - y0), f"M 0 0 L {length} 0", f'CTM="{matrix}"')

"""Synthetic PDFs: any grid with merged cells, ruled or not, set by typst on A4.

Typst breaks tables over pages, wraps long cells and draws hairlines like an office program does,
so a document made here has the troubles of a printed one, and its truth is known.
"""

import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

from tests.support.office_files import Grid

#: Which rulings are drawn: every cell border, only horizontal ones, all but the left and right
#: side of the table, or none.
ALL, HORIZONTAL, OPEN, NONE = "all", "horizontal", "open", "none"


@dataclass(frozen=True)
class Words:
    """A paragraph between tables: a title, a year, a note."""

    text: str
    size: float = 10.5
    centred: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Printed:
    """A grid with a say in how it is printed; a bare `Grid` is printed with all its rulings."""

    grid: Grid
    rules: str = ALL
    widths: tuple[float, ...] = ()
    size: float = 9.0
    stroke: float = 0.5
    repeat_rows: int = 0
    breakable_rows: bool = False


@dataclass(frozen=True)
class PageBreak:
    """Start a new page."""


Block = str | Grid | Words | Printed | PageBreak


def pdf_of(
    blocks: Iterable[Block],
    *,
    landscape: bool = False,
    margin: float = 50,
    font: str = "Noto Sans SC",
    footer: bool = False,
) -> bytes:
    """Set the blocks one below the other on A4 and return the PDF."""
    numbering = '"- 1 -"' if footer else "none"
    head = (
        f'#set page(paper: "a4", margin: {margin}pt, flipped: {str(landscape).lower()},'
        f" numbering: {numbering})\n"
        f'#set text(font: "{font}", lang: "zh", cjk-latin-spacing: none)\n'
        "#set par(leading: 0.5em)\n#set align(left)\n"
    )
    return typst_pdf(head + "\n".join(_source(block) for block in blocks))


def typst_pdf(source: str) -> bytes:
    """Compile any typst source with the fonts of the project; for layouts `pdf_of` lacks."""
    made = typst.compile(source.encode("utf-8"), font_paths=[fonts()], ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


@cache
def fonts() -> str:
    """The folder with the Chinese fonts of the development environment."""
    spec = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parent)


def _source(block: Block) -> str:
    if isinstance(block, PageBreak):
        return "#pagebreak()"
    if isinstance(block, str):
        return _source(Words(block))
    if isinstance(block, Words):
        weight = ' weight: "bold",' if block.bold else ""
        text = f"#text(size: {block.size}pt,{weight} {_quoted(block.text)})"
        return f"#align(center)[{text}]" if block.centred else f"#par[{text}]"
    return _table(block if isinstance(block, Printed) else Printed(block))


def _table(printed: Printed) -> str:
    grid = printed.grid
    width = len(grid.texts[0])
    columns = ", ".join(f"{part}fr" for part in (printed.widths or (1,) * width))
    covered = {
        (row + down, column + right)
        for (row, column), (rows, columns_) in grid.spans.items()
        for down in range(rows)
        for right in range(columns_)
        if down or right
    }
    cells: list[str] = []
    heads: list[str] = []
    for row in range(len(grid.texts)):
        for column in range(width):
            if (row, column) not in covered:
                shelf = heads if row < printed.repeat_rows else cells
                shelf.append(_cell(printed, row, column))
    if heads:
        cells.insert(0, f"table.header({', '.join(heads)})")
    return (
        f"#block(width: 100%)[#set text(size: {printed.size}pt)\n"
        f"#table(columns: ({columns},), align: left + horizon, inset: 4pt, "
        f"stroke: {_stroke(printed)},\n" + ",\n".join(cells) + ")]"
    )


def _stroke(printed: Printed) -> str:
    thick = f"{printed.stroke}pt"
    if printed.rules == ALL:
        return thick
    if printed.rules == HORIZONTAL:
        return f"(x: none, y: {thick})"
    if printed.rules == OPEN:
        last = len(printed.grid.texts[0]) - 1
        return (
            f"(x, y) => (top: {thick}, bottom: {thick}, "
            f"left: if x == 0 {{ none }} else {{ {thick} }}, "
            f"right: if x == {last} {{ none }} else {{ {thick} }})"
        )
    return "none"


def _cell(printed: Printed, row: int, column: int) -> str:
    rows, columns = printed.grid.spans.get((row, column), (1, 1))
    content = "[#" + _quoted(printed.grid.texts[row][column]) + "]"
    named = [f"breakable: {str(printed.breakable_rows).lower()}"]
    if rows > 1:
        named.append(f"rowspan: {rows}")
    if columns > 1:
        named.append(f"colspan: {columns}")
    if printed.rules == OPEN and column + columns == len(printed.grid.texts[0]):
        named.append(f"stroke: (right: none, rest: {printed.stroke}pt)")
    return f"table.cell({', '.join(named)})" + content


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'

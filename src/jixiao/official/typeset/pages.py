"""An annex as the program that typesets it wants it: plain values, every text printable.

The names and defaults of these records are those the program asks for; a value at its default is
left out of the JSON.
"""

from msgspec import Struct

from jixiao.official.sheet import Annex, Cover, Sheet
from jixiao.official.typeset.letters import printable
from jixiao.official.typeset.marks import drawing_of
from jixiao.official.typeset.table import DrawnTable, drawn_table


class DrawnSheet(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One sheet: what stands over the table, the table, what stands under it."""

    name: str
    title: str
    table: DrawnTable
    subtitle: str = ""
    above: tuple[str, ...] = ()
    unit_note: str = ""
    notes: tuple[str, ...] = ()
    landscape: bool = False


class DrawnCover(Struct, frozen=True, kw_only=True):
    """The first page."""

    title: tuple[str, ...]
    lines: tuple[str, ...]


class DrawnAnnex(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The whole document; `sheets` begin with the totals where there are any.

    `marks` are the drawings of the numbers that stand beside cells.
    """

    title: str
    sheets: tuple[DrawnSheet, ...]
    cover: DrawnCover | None = None
    contents: bool = False
    marks: dict[str, str] = {}


def drawn(annex: Annex) -> DrawnAnnex:
    """Prepare an annex for the program."""
    numbers = {n for sheet in annex.all_sheets for cell in sheet.cells for n in cell.marks}
    return DrawnAnnex(
        title=printable(annex.title),
        sheets=tuple(_sheet(sheet) for sheet in annex.all_sheets),
        cover=None if annex.cover is None else _cover(annex.cover),
        contents=annex.contents,
        marks={str(number): drawing_of(number) for number in sorted(numbers)},
    )


def _cover(cover: Cover) -> DrawnCover:
    return DrawnCover(title=_printable_all(cover.title), lines=_printable_all(cover.lines))


def _sheet(sheet: Sheet) -> DrawnSheet:
    return DrawnSheet(
        # A bookmark and a line of the contents are one line each.
        name=printable(sheet.name).replace("\n", " "),
        title=printable(sheet.title),
        table=drawn_table(sheet),
        subtitle=printable(sheet.subtitle),
        above=_printable_all(sheet.above),
        unit_note=printable(sheet.unit_note),
        notes=_printable_all(sheet.notes),
        landscape=sheet.landscape,
    )


def _printable_all(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(printable, texts))

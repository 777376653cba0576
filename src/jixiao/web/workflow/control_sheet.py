"""Control figures from a workbook, a text file or a pasted block, matched row by row.

Rows that name no unit of the writer, or no figure, are named with their row and nothing is
taken; a row without a figure leaves its unit as it is.
"""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import BinaryIO

from msgspec import Struct

from jixiao.intake.choose import open_document
from jixiao.intake.document import SourceFile, Table
from jixiao.lifecycle.control import NoAmount, read_amount
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.list_file import write_table
from jixiao.web.workflow.control_reading import may_enter, places_of, table_of
from jixiao.web.workflow.controlling import Entry

COLUMNS = ("单位编码", "单位名称", "一上申报数（元）", "控制数（元）", "说明")
_WIDTHS = (16, 34, 20, 20, 40)
_CODES, _NAMES = ("单位编码", "机构编码", "编码"), ("单位名称", "机构名称", "单位")
_FIGURE, _NOTES = "控制数", ("说明", "备注")
_MOST, _HEADER_ROWS = 1000, 10


class Refused(Struct, frozen=True):
    """A row that cannot be taken, and why."""

    number: int
    reason: str


class Sheet(Struct, frozen=True, kw_only=True):
    """What a sheet says. `blank` rows state no figure; `fault` is for what is no such sheet."""

    entries: tuple[Entry, ...] = ()
    refused: tuple[Refused, ...] = ()
    blank: int = 0
    fault: str = ""


class _Line(Struct, frozen=True, kw_only=True):
    number: int
    code: str
    name: str
    figure: str
    note: str


class _Columns(Struct, frozen=True, kw_only=True):
    figure: int
    unit: str
    code: int = -1
    name: int = -1
    note: int = -1


def read_sheet(actor: Actor, name: str, content: bytes, *, unit: str) -> Sheet:
    """The rows of a workbook or a csv file; `unit` counts where the heading says none."""
    document = open_document(SourceFile(name=name, content=content))
    for table in (block for block in document.blocks if isinstance(block, Table)):
        for at, row in enumerate(table.texts[:_HEADER_ROWS]):
            columns = _columns(row, unit)
            if columns is not None:
                numbers = [one.row or one.line or 0 for one in table.places]
                rows = list(zip(numbers, table.texts, strict=True))[at + 1 :]
                return _read(actor, [_line(*one, columns) for one in rows], columns.unit)
    reason = document.problems[0].message if document.problems else ""
    return Sheet(fault=f"没有找到含“单位编码”或“单位名称”和“控制数”的表头。{reason}")


def read_block(actor: Actor, text: str, *, unit: str) -> Sheet:
    """Cells copied from a workbook; without a heading: unit, figure, and a note where there is."""
    rows = [line.split("\t") for line in text.splitlines()]
    columns = next((found for row in rows[:1] if (found := _columns(row, unit))), None)
    first = 0 if columns is None else 1
    known = columns or _Columns(figure=1, unit=unit, name=0, note=2)
    lines = [_line(number, row, known) for number, row in enumerate(rows, 1)][first:]
    return _read(actor, lines, known.unit)


def write_template(actor: Actor, year: int, stream: BinaryIO) -> None:
    """A workbook of the actor's places to write figures into, with those there are."""
    rows = (row for row in table_of(actor, year).rows if may_enter(actor, row.agency.path))
    lines = ((row.agency.code, row.agency.name, row.first, row.wanted, row.note) for row in rows)
    write_table("控制数", COLUMNS, _WIDTHS, lines, stream)


def _read(actor: Actor, lines: list[_Line], unit: str) -> Sheet:
    stated = [one for one in lines if one.code or one.name or one.figure]
    if not stated:
        return Sheet(fault="表里没有内容。")
    if len(stated) > _MOST:
        return Sheet(fault=f"一次最多读入 {_MOST} 行，请分成几次。")
    places = [one for one in places_of(actor) if may_enter(actor, one.path)]
    found, blank, seen = [], 0, dict[int, int]()
    refused: list[Refused] = []
    for line in stated:
        entry = _entry(line, places, seen, unit)
        if isinstance(entry, Refused):
            refused.append(entry)
        elif entry is None:
            blank += 1
        else:
            found.append(entry)
    return Sheet(entries=tuple(found), refused=tuple(refused), blank=blank)


def _entry(
    line: _Line, places: list[Agency], seen: dict[int, int], unit: str
) -> Entry | Refused | None:
    place = _place(line, places)
    if isinstance(place, str):
        return Refused(line.number, place)
    before = seen.setdefault(place.pk, line.number)
    if before != line.number:
        return Refused(line.number, f"“{place.name}”在第 {before} 行已经有了")
    amount = read_amount(line.figure, unit)
    if isinstance(amount, NoAmount):
        return Refused(line.number, amount.reason)
    return None if amount is None else Entry(agency=place, amount=amount, note=line.note)


def _place(line: _Line, places: list[Agency]) -> Agency | str:
    """The unit a row names, or why it is none; a name that stands where a code does is one, too."""
    if line.code:
        found = [one for one in places if one.code == line.code]
        if found and line.name and _folded(found[0].name) != _folded(line.name):
            return f"编码“{line.code}”是“{found[0].name}”，与名称“{line.name}”不符"
    else:
        wanted = _folded(line.name)
        found = [one for one in places if wanted in (_folded(one.name), one.code)]
    if not found:
        return f"您的范围内没有单位“{line.code or line.name}”"
    if len(found) > 1:
        return f"有 {len(found)} 个单位叫“{line.name}”，请填单位编码"
    return found[0]


def _columns(row: tuple[str, ...] | list[str], unit: str) -> _Columns | None:
    names = {_folded(text): at for at, text in enumerate(row) if text.strip()}
    figure = next((one for one in names if one.startswith(_FIGURE)), None)
    code, name = _first(names, _CODES), _first(names, _NAMES)
    if figure is None or max(code, name) < 0:
        return None
    own = "万元" if "万元" in figure else "元" if "元" in figure else unit
    note = _first(names, _NOTES)
    return _Columns(figure=names[figure], unit=own, code=code, name=name, note=note)


def _first(names: Mapping[str, int], wanted: tuple[str, ...]) -> int:
    return next((names[one] for one in wanted if one in names), -1)


def _line(number: int, row: tuple[str, ...] | list[str], columns: _Columns) -> _Line:
    def cell(at: int) -> str:
        return row[at].strip() if 0 <= at < len(row) else ""

    return _Line(
        number=number,
        code=cell(columns.code),
        name=cell(columns.name),
        figure=cell(columns.figure),
        note=" ".join(cell(columns.note).split())[:200],
    )


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def in_unit(amount: Decimal | None, factor: Decimal) -> str:
    """A figure as it stands in a field: groups of three, nothing where there is none."""
    if amount is None:
        return ""
    text = f"{amount / factor:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

"""An Excel 97–2003 workbook (.xls, also .et and Excel 5) as a `SourceDocument`.

One table a sheet, hidden sheets included, hidden columns left out: as new workbooks are read.
"""

import struct
from itertools import pairwise

from jixiao.intake.document import Block, SourceDocument, SourceFile
from jixiao.intake.office.sheet_grid import assembled
from jixiao.intake.office.sheet_report import sheet_problems
from jixiao.intake.office97.binary_kinds import SHEET_BINARY
from jixiao.intake.office97.book_cells import read_cells
from jixiao.intake.office97.book_cipher import opened
from jixiao.intake.office97.book_globals import Globals, read_globals
from jixiao.intake.office97.container import Container
from jixiao.intake.office97.macros import macro_problem
from jixiao.intake.packages import PackageFault
from jixiao.intake.problem import Problem
from jixiao.intake.reader import refusal


def read_workbook(source: SourceFile) -> SourceDocument:
    try:
        container = Container(source, SHEET_BINARY)
        stream, _ = container.read(_stream_name(container))
        stream, shared = _opened(container, stream)
    except PackageFault as fault:
        return refusal(source, SHEET_BINARY.media_type, fault.code, fault.message)
    problems: list[Problem] = []
    blocks: list[Block] = []
    parts = _parts(shared, len(stream))
    for sheet in shared.sheets:
        if not sheet.has_cells:
            continue
        part = parts.pop(sheet.begins, (0, 0))
        cells = read_cells(stream, part, shared, container.damaged)
        grid = assembled(cells, sheet.name)
        problems += sheet_problems(source.name, sheet.name, cells, grid)
        if grid is not None:
            blocks.append(grid.table)
    if container.has_macros or any(sheet.has_macros for sheet in shared.sheets):
        problems.append(macro_problem(source.name, SHEET_BINARY.plain))
    return SourceDocument(
        file=source.name,
        media_type=SHEET_BINARY.media_type,
        blocks=tuple(blocks),
        problems=tuple(problems),
        unreadable=not blocks and any(problem.code == "INT003" for problem in problems),
    )


def _parts(shared: Globals, size: int) -> dict[int, tuple[int, int]]:
    """Where each sheet begins and ends: at the latest where another one begins.

    So no byte is read twice, however many sheets say that they begin at the same place.
    """
    begins = sorted({sheet.begins for sheet in shared.sheets})
    return {at: (at, end) for at, end in pairwise([*begins, size])}


def _stream_name(container: Container) -> str:
    name = next((name for name in SHEET_BINARY.streams if container.has(name)), None)
    if name is None:
        raise container.foreign()
    return name


def _opened(container: Container, stream: bytes) -> tuple[bytes, Globals]:
    """The stream in clear and what its sheets share."""
    shared = _globals(container, stream)
    if shared.locked:
        clear = opened(stream)
        if clear is None:
            raise container.locked()
        stream, shared = clear, _globals(container, clear)
    if not shared.sheets:
        raise container.damaged("没有工作表")
    return stream, shared


def _globals(container: Container, stream: bytes) -> Globals:
    try:
        return read_globals(stream)
    except (ValueError, LookupError, struct.error) as error:
        raise container.damaged("工作簿结构有误") from error

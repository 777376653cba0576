"""How large a table and a cell may be, whatever the format: no document may fill the memory.

Rows of a text, a CSV or a JSON file are brought to one width with blanks. One row of 60,000
cells above 40,000 short ones would become billions, so the width has bounds; what is cut off is
said, never dropped in silence.
"""

from msgspec.structs import replace

from jixiao.foundation.location import SourceRef
from jixiao.intake.document import Block, Line, SourceDocument, Table
from jixiao.intake.problem import Problem

WIDEST = 1000
LARGEST = 2_000_000
#: What spreadsheet programs allow in one cell.
LONGEST = 32_767
#: Rows of unlike length are common; a table may hold this many blanks for each cell written.
_BLANKS = 4
_QUOTED_LENGTH = 80


def width_of(widths: list[int]) -> int:
    """The common width of rows this wide: that of the widest, as far as the bounds allow."""
    widest = max(widths)
    if widest <= WIDEST and widest * len(widths) <= LARGEST:
        return widest
    most = max(LARGEST, _BLANKS * sum(widths)) // len(widths)
    return max(min(widest, WIDEST, most), 1)


def even_rows(rows: list[list[str]]) -> bool:
    """Bring rows to one width, in place; whether anything written was cut off."""
    widths = list(map(len, rows))
    width = width_of(widths)
    is_cut = False
    for row, length in zip(rows, widths, strict=True):
        if length < width:
            row.extend([""] * (width - length))
        elif length > width:
            is_cut = is_cut or any(row[width:])
            del row[width:]
    return is_cut


def bounded(document: SourceDocument) -> SourceDocument:
    """The document with texts of bearable length, and a problem for whatever was cut off."""
    problems: list[Problem] = []
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Line):
            blocks.append(_bounded_line(document.file, block, problems))
            continue
        if block.is_cut:
            problems.append(_cut_table(document.file, block))
        _shorten(document.file, block, problems)
        blocks.append(block)
    if not problems:
        return document
    return replace(
        document, blocks=tuple(blocks), problems=(*document.problems, *_summed_up(problems))
    )


def table_too_large(file: str, number: int) -> Problem:
    """What a reader says that had to cut the table with this number while reading it."""
    message = (
        f"第 {number} 个表格超出限额，超出部分没有读取；"
        "请删去空白的行和列，或把表格拆成几个文件后再读。"
    )
    return Problem(code="INT009", message=message, file=file)


def _bounded_line(file: str, line: Line, problems: list[Problem]) -> Line:
    if len(line.text) <= LONGEST:
        return line
    problems.append(_cut_text(file, line.at()))
    return replace(line, text=line.text[:LONGEST])


def _shorten(file: str, table: Table, problems: list[Problem]) -> None:
    for number, row in enumerate(table.texts):
        # The texts of a whole row are seldom as long as one cell may be.
        if sum(map(len, row)) <= LONGEST:
            continue
        for column, text in enumerate(row):
            if len(text) > LONGEST:
                problems.append(_cut_text(file, table.at(number, column)))
                row[column] = text[:LONGEST]


def _cut_table(file: str, table: Table) -> Problem:
    message = (
        f"有表格超出限额（{WIDEST} 列、{LARGEST // 10_000} 万格），超出部分没有读取；"
        "请删去多余的行和列，或把表格拆成几个文件后再读。"
    )
    place = replace(table.at(0, 0), column=None, cell=None)
    return Problem(code="INT009", message=message, file=file, source=_quoting_less(place))


def _cut_text(file: str, place: SourceRef) -> Problem:
    message = (
        f"有一处文字超过 {LONGEST} 字，超出部分没有读取；请核对文件，把文字拆成几段或几格后再读。"
    )
    return Problem(code="INT009", message=message, file=file, source=_quoting_less(place))


def _quoting_less(place: SourceRef) -> SourceRef:
    return replace(place, quote=place.quote[:_QUOTED_LENGTH])


def _summed_up(problems: list[Problem]) -> list[Problem]:
    """The first of each kind stands for all: a thousand of the same is one trouble."""
    return list({problem.message: problem for problem in reversed(problems)}.values())[::-1]

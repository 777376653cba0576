"""Documents in the new formats whose twins in the old formats must read the same."""

from collections.abc import Callable

from jixiao.intake.document import Position, SourceDocument, Table
from tests.support.office_files import (
    Sheet,
    docx_around,
    docx_of,
    style_sheet,
    xlsx_around,
    xlsx_of,
)
from tests.support.seed_forms import seed_grids
from tests.support.zoo import layouts
from tests.support.zoo_formats import rendered

FORMATS = ("0%", "000", "yyyy/m/d", 'yyyy"年"m"月"d"日"', "#,##0.00", "0.0%", '0"个"', "@")
_NUMBERS = ("0.95", "55", "44562", "44562", "12345.678", "0.985", "12", "7")


def seed_document(count: int = 16) -> bytes:
    """The sample's forms; the empty paragraph at the end keeps the last table in an old file."""
    parts = [part for grid in seed_grids()[:count] for part in ("平罗县", grid)]
    return docx_of([*parts, ""])


def seed_workbook() -> bytes:
    return xlsx_of([Sheet(f"表{number}", grid) for number, grid in enumerate(seed_grids(), 1)])


def formatted_workbook() -> bytes:
    """Numbers that only their formats show as they were meant, and a hidden column."""
    cells = "".join(
        f'<c r="{"ABCDEFGH"[style - 1]}1" s="{style}"><v>{number}</v></c>'
        for style, number in enumerate(_NUMBERS, 1)
    )
    text = '<c r="A2" t="inlineStr"><is><t>指标</t></is></c><c r="J2"><v>1</v></c>'
    body = (
        '<cols><col min="10" max="10" width="9" hidden="1"/></cols>'
        f'<sheetData><row r="1">{cells}</row><row r="2">{text}</row></sheetData>'
        '<mergeCells><mergeCell ref="A2:C3"/></mergeCells>'
    )
    return xlsx_around({"格式": body}, styles=style_sheet(*FORMATS))


def word_signs() -> bytes:
    """What stands in a Word document besides plain text in plain cells."""

    def run(text: str, look: str = "") -> str:
        return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'

    def paragraph(*runs: str) -> str:
        return f"<w:p>{''.join(runs)}</w:p>"

    def cell(*content: str, merge: str = "") -> str:
        width = '<w:tcW w:w="3000" w:type="dxa"/>'
        return f"<w:tc><w:tcPr>{width}{merge}</w:tcPr>{''.join(content)}</w:tc>"

    def table(*rows: str) -> str:
        grid = '<w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>'
        lines = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
        return f"<w:tbl><w:tblPr/>{grid}{lines}</w:tbl>"

    inner = table(cell(paragraph(run("内甲"))) + cell(paragraph(run("内乙"))))
    changes = (
        '<w:del w:id="1" w:author="a" w:date="2022-01-01T00:00:00Z"><w:r>'
        "<w:delText>旧</w:delText></w:r></w:del>"
        '<w:ins w:id="2" w:author="a" w:date="2022-01-01T00:00:00Z">' + run("新") + "</w:ins>"
    )
    symbol = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    rows = [
        cell(paragraph(run("一")), paragraph(run("二"))) + cell(paragraph(symbol, run("95%"))),
        cell(paragraph(run("外")), inner, paragraph()) + cell(paragraph(changes)),
        cell(paragraph(run("合")), merge='<w:vMerge w:val="restart"/>')
        + cell(paragraph(run("右"))),
        cell(paragraph(), merge="<w:vMerge/>") + cell(paragraph(run("下"))),
    ]
    hidden = paragraph(run("看得见"), run("看不见", "<w:vanish/>"), run("\t也看得见"))
    broken = paragraph(run("上"), "<w:r><w:br/></w:r>", run("下"))
    return docx_around(hidden + broken + table(*rows) + paragraph(run("尾")))


def _zoo(name: str, form: str) -> bytes:
    return rendered(next(one for one in layouts() if one.name == name), form)[1]


#: By name of the old file kept here.
KEPT: dict[str, Callable[[], bytes]] = {
    "seed.doc": lambda: seed_document(3),
    "seed.xls": seed_workbook,
    "wide.doc": lambda: _zoo("national_2015_wide", "docx"),
    "three_forms.doc": lambda: _zoo("three_forms_one_title", "docx"),
    "self_evaluation.doc": lambda: _zoo("sichuan_self_evaluation", "docx"),
    "self_evaluation.xls": lambda: _zoo("sichuan_self_evaluation", "xlsx"),
    "typed_numbers.xls": lambda: _zoo("among_budget_tables", "numbers"),
    "formats.xls": formatted_workbook,
    "signs.doc": word_signs,
}


def contents(document: SourceDocument) -> list[object]:
    """Texts, spans and places of all blocks."""
    return [
        (*_folded(block), [(place.table, place.sheet, place.row) for place in block.places])
        if isinstance(block, Table)
        else (block.text, block.place.line)
        for block in document.blocks
    ]


def _folded(table: Table) -> tuple[list[list[str]], dict[Position, tuple[int, int]], int]:
    """Columns between which no row has an edge are one: old files know edges only."""
    spans = table.spans
    covered = {
        (row + down, column + right)
        for (row, column), (height, width) in spans.items()
        for down in range(height)
        for right in range(1, width)
    }
    rows = range(len(table.texts))
    kept = [
        column
        for column in range(table.width)
        if column == 0 or any((row, column) not in covered for row in rows)
    ]
    texts = [[row[column] for column in kept] for row in table.texts]
    folded = {}
    for (row, column), (height, width) in spans.items():
        inside = sum(column <= one < column + width for one in kept)
        if height > 1 or inside > 1:
            folded[row, kept.index(column)] = (height, inside)
    return texts, folded, table.first_column

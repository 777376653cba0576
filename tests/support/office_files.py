"""Build .docx and .xlsx files from plain grids, so that tests can show a reader any layout.

The files carry the weight real ones do (fonts and sizes on every run, borders, widths): a bare
skeleton would make the readers look faster, and their work easier, than it is.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from xml.sax.saxutils import escape

Spans = Mapping[tuple[int, int], tuple[int, int]]

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


class Grid(NamedTuple):
    """A table: texts row by row, "" under merged cells; spans by the merged cell's top left."""

    texts: Sequence[Sequence[str]]
    spans: Spans = MappingProxyType({})


class Sheet(NamedTuple):
    """One sheet of a workbook; the grid's first cell stands at A1."""

    name: str
    grid: Grid


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts, the way office programs write them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx_of(blocks: Sequence[str | Grid]) -> bytes:
    """A Word document: texts become paragraphs, grids become tables with real merges."""
    return docx_around("".join(_block(block) for block in blocks))


def docx_around(body: str, extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word document around raw body XML, for what `docx_of` cannot say."""
    return package(_word_parts(body) | dict(extra or {}))


def _word_parts(body: str) -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": _content_types(
            {"/word/document.xml": "wordprocessingml.document.main+xml"}
        ),
        "_rels/.rels": _relationships({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}"'
            ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:v="urn:schemas-microsoft-com:vml"'
            ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
            ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
            f"<w:body>{body}<w:sectPr/></w:body></w:document>"
        ),
    }


def _block(block: str | Grid) -> str:
    return _paragraph(block) if isinstance(block, str) else _table(block)


def _paragraph(text: str, bold: str = "") -> str:
    look = (
        '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/>'
        f'{bold}<w:kern w:val="0"/><w:szCs w:val="21"/></w:rPr>'
    )
    run = f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    properties = f'<w:pPr><w:widowControl/><w:jc w:val="center"/>{look}</w:pPr>'
    return f'<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E">{properties}{run}</w:p>'


def _table(grid: Grid) -> str:
    width = len(grid.texts[0])
    columns = '<w:gridCol w:w="1704"/>' * width
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = "".join(_row(grid, row, width) for row in range(len(grid.texts)))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(grid: Grid, row: int, width: int) -> str:
    cells: list[str] = []
    column = 0
    while column < width:
        top, left, rows, columns = _covering(grid.spans, row, column)
        merge = ""
        if rows > 1:
            merge = '<w:vMerge w:val="restart"/>' if row == top else "<w:vMerge/>"
        span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
        text = grid.texts[row][column] if (row, column) == (top, left) else ""
        lines = "".join(_paragraph(line) for line in text.split("\n"))
        properties = (
            f'<w:tcPr><w:tcW w:w="{1704 * columns}" w:type="dxa"/>{span}{merge}'
            '<w:vAlign w:val="center"/></w:tcPr>'
        )
        cells.append(f"<w:tc>{properties}{lines}</w:tc>")
        column = left + columns
    height = '<w:trPr><w:trHeight w:val="454"/><w:jc w:val="center"/></w:trPr>'
    return f'<w:tr w:rsidR="00A77B3E" w:rsidTr="00A77B3E">{height}{"".join(cells)}</w:tr>'


def _covering(spans: Spans, row: int, column: int) -> tuple[int, int, int, int]:
    """Top, left, rows and columns of the cell that covers this position."""
    for (top, left), (rows, columns) in spans.items():
        if top <= row < top + rows and left <= column < left + columns:
            return top, left, rows, columns
    return row, column, 1, 1


def xlsx_of(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of text cells in shared strings, every cell styled, merges as merged ranges."""
    strings: dict[str, int] = {}
    bodies = {sheet.name: _sheet_body(sheet.grid, strings) for sheet in sheets}
    items = "".join(
        f'<si><t xml:space="preserve">{escape(text)}</t><phoneticPr fontId="1"/></si>'
        for text in strings
    )
    return xlsx_around(bodies, items, _weighty_styles())


def xlsx_around(
    bodies: Mapping[str, str],
    shared_strings: str = "",
    styles: str = "",
    workbook: str = "",
    extra: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A workbook around raw sheet XML, for what `xlsx_of` cannot say."""
    return package(_workbook_parts(bodies, shared_strings, styles, workbook) | dict(extra or {}))


def _workbook_parts(
    bodies: Mapping[str, str], shared_strings: str, styles: str, workbook: str
) -> dict[str, str | bytes]:
    relations = {
        "rId900": ("styles", "styles.xml"),
        "rId901": ("sharedStrings", "sharedStrings.xml"),
    }
    parts: dict[str, str | bytes] = {}
    entries = ""
    for number, (name, body) in enumerate(bodies.items(), 1):
        relations[f"rId{number}"] = ("worksheet", f"worksheets/sheet{number}.xml")
        entries += f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{SHEET}" xmlns:r="{RELATIONS}">{body}</worksheet>'
        )
    return {
        "[Content_Types].xml": _content_types(
            {
                "/xl/workbook.xml": "spreadsheetml.sheet.main+xml",
                "/xl/styles.xml": "spreadsheetml.styles+xml",
                "/xl/sharedStrings.xml": "spreadsheetml.sharedStrings+xml",
            }
            | {
                f"/xl/worksheets/sheet{number}.xml": "spreadsheetml.worksheet+xml"
                for number in range(1, len(bodies) + 1)
            }
        ),
        "_rels/.rels": _relationships({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": (
            f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}">'
            f"{workbook}<sheets>{entries}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _relationships(relations),
        "xl/styles.xml": f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{shared_strings}</sst>',
        **parts,
    }


def style_sheet(*formats: str) -> str:
    """Style XML in which cell style n (from 1) carries the n-th number format; 0 is General."""
    codes = "".join(
        f'<numFmt numFmtId="{200 + number}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for number, code in enumerate(formats)
    )
    styles = "".join(
        f'<xf numFmtId="{200 + number}" applyNumberFormat="1"/>' for number in range(len(formats))
    )
    return (
        f"<numFmts>{codes}</numFmts><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>"
        "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs>'
    )


def _weighty_styles() -> str:
    """As many fonts, fills, borders and styles as office programs put into any new workbook."""
    color = '<color rgb="FF7F7F7F"/>'
    font = f'<font><b/><sz val="11"/>{color}<name val="仿宋_GB2312"/><charset val="134"/></font>'
    fill = '<fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/></patternFill></fill>'
    sides = "".join(f'<{side} style="thin">{color}</{side}>' for side in ("left", "right", "top"))
    style = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" applyAlignment="1"><alignment vertical="center"/></xf>'
    formatted = style.replace('numFmtId="0"', 'numFmtId="4"')
    names = "".join(f'<cellStyle name="样式{n}" xfId="{n}" builtinId="{n}"/>' for n in range(48))
    return (
        f"<fonts>{font * 24}</fonts><fills>{fill * 33}</fills>"
        f"<borders>{f'<border>{sides}</border>' * 12}</borders>"
        f"<cellStyleXfs>{style * 48}</cellStyleXfs><cellXfs>{style * 3}{formatted * 17}</cellXfs>"
        f"<cellStyles>{names}</cellStyles>"
    )


def _sheet_body(grid: Grid, strings: dict[str, int]) -> str:
    rows = ""
    for number, texts in enumerate(grid.texts, 1):
        cells = ""
        for column, text in enumerate(texts):
            address = f"{column_letters(column + 1)}{number}"
            if text:
                index = strings.setdefault(text, len(strings))
                cells += f'<c r="{address}" s="3" t="s"><v>{index}</v></c>'
            else:
                cells += f'<c r="{address}" s="3"/>'
        rows += f'<row r="{number}" ht="31" customHeight="1" spans="1:{len(texts)}">{cells}</row>'
    ranges = "".join(
        f'<mergeCell ref="{column_letters(left + 1)}{top + 1}:'
        f'{column_letters(left + columns)}{top + rows}"/>'
        for (top, left), (rows, columns) in grid.spans.items()
    )
    merges = f"<mergeCells>{ranges}</mergeCells>" if ranges else ""
    return f"<sheetData>{rows}</sheetData>{merges}"


def column_letters(column: int) -> str:
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def _content_types(parts: Mapping[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="{name}"'
        f' ContentType="application/vnd.openxmlformats-officedocument.{kind}"/>'
        for name, kind in parts.items()
    )
    return f'<Types xmlns="{PACKAGE}/content-types">{overrides}</Types>'


def _relationships(relations: Mapping[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in relations.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'

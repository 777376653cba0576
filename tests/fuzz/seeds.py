"""Small valid documents of every format, made here byte by byte."""

import io
import json
import zipfile

ROWS = [
    ["项目名称", "公积金", "", ""],
    ["年度资金总额", "24600", "其他资金", "0"],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标（必填）", "保障人数", "10 人"],
    ["", "质量指标", "按时交纳率", "≥95%"],
]
TITLE = "部门项目支出预算绩效目标表"


def package(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2022, 1, 1, 0, 0, 0)), content)
    return buffer.getvalue()


def _types(part: str, kind: str) -> str:
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
    )


def _relations(target: str, kind: str = "officeDocument") -> str:
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
    )


def docx() -> bytes:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1"/>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>'
    rows = []
    for row in ROWS:
        cells = (cell.format(text=text, merge="" if text else "<w:vMerge/>") for text in row)
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    body = (
        '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body><w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p><w:tbl><w:tblGrid>{'<w:gridCol/>' * 4}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl><w:p/></w:body></w:document>"
    )
    return package(
        {
            "[Content_Types].xml": _types("word/document.xml", "wordprocessingml.document"),
            "_rels/.rels": _relations("word/document.xml"),
            "word/document.xml": body,
        }
    )


def xlsx() -> bytes:
    rows = []
    for number, row in enumerate(ROWS, 1):
        cells = (
            f'<c r="{"ABCD"[at]}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for at, text in enumerate(row)
        )
        rows.append(
            f'<row r="{number}">{"".join(cells)}<c r="E{number}" s="1"><v>0.95</v></c></row>'
        )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return package(
        {
            "[Content_Types].xml": _types("xl/workbook.xml", "spreadsheetml.sheet"),
            "_rels/.rels": _relations("xl/workbook.xml"),
            "xl/workbook.xml": f'<?xml version="1.0"?><workbook {main} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relations("worksheets/sheet1.xml", "worksheet"),
            "xl/styles.xml": f'<?xml version="1.0"?><styleSheet {main}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs></styleSheet>',
            "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?><worksheet {main}><sheetData>{"".join(rows)}</sheetData>'
            '<mergeCells count="1"><mergeCell ref="B1:D1"/></mergeCells></worksheet>',
        }
    )


def pdf() -> bytes:
    strokes = "".join(f"50 {700 - 20 * n} m 450 {700 - 20 * n} l S\n" for n in range(4))
    strokes += "".join(f"{50 + 100 * n} 700 m {50 + 100 * n} 640 l S\n" for n in range(5))
    words = "".join(
        f"BT /F1 10 Tf {55 + 100 * c} {686 - 20 * r} Td (cell {r}{c}) Tj ET\n"
        for r in range(3)
        for c in range(4)
    )
    stream = (strokes + words).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(content)
    return content + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def html() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td rowspan=1>{c}</td>' for c in row)}</tr>" for row in ROWS)
    nested = "<table><tr><td>框</td></tr><tr><td><table><tr><td>甲<td>乙</table></td></tr></table>"
    return (
        '<!doctype html><meta charset="utf-8"><script>1</script>'
        f"<h1>{TITLE}</h1><table><caption>表</caption>{rows}</table>{nested}<select><option>一</select>"
    ).encode()


def markdown() -> bytes:
    lines = [f"# {TITLE}", "", "| 甲 | 乙 | 丙 | 丁 |", "|---|:--|--:|---|"]
    lines += [f"| {' | '.join(row)} |" for row in ROWS]
    return "\n".join(
        [*lines, "", "<table><tr><td rowspan=2>一<td>二<tr><td>三</table>", ""]
    ).encode()


def delimited() -> bytes:
    rows = (",".join(f'"{cell}"' for cell in row) for row in ROWS)
    return "\r\n".join([TITLE + ",,,", *rows]).encode("gb18030")


def tabbed() -> bytes:
    return "\n".join(
        [TITLE, "（2022年度）", *("\t".join(row) for row in ROWS), "", "\f尾"]
    ).encode()


def drawn() -> bytes:
    border = "+----------+----------+----------+----------+"
    rows = (
        "|"
        + "|".join(cell + " " * (10 - 2 * len(cell)) for cell in ("项目", "名称", "数", "值"))
        + "|"
        for _ in range(3)
    )
    aligned = "\n".join("   ".join(row) for row in ROWS)
    return (
        f"{TITLE}\n" + "".join(f"{border}\n{row}\n" for row in rows) + border + "\n" + aligned
    ).encode("utf-16")


def json_tables() -> bytes:
    rows = [[cell or None for cell in row] for row in ROWS]
    return json.dumps([{"page": 3, "tables": [rows]}], ensure_ascii=False).encode()


SEEDS: dict[str, bytes] = {
    "表.docx": docx(),
    "表.xlsx": xlsx(),
    "表.pdf": pdf(),
    "表.html": html(),
    "表.md": markdown(),
    "表.csv": delimited(),
    "表.txt": tabbed(),
    "画.txt": drawn(),
    "表.json": json_tables(),
}

ARCHIVES: dict[str, bytes] = {
    "附件.zip": package({"表.txt": tabbed(), "内/表.zip": package({"表.docx": docx()})}),
}

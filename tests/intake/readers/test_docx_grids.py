"""Tables of Word documents: merges, spans, nested tables, and rows that do not fit."""

import pytest

from jixiao.intake.document import Table
from tests.intake.readers.test_docx import cell, paragraph, read_body, row, run, shown, table

GRIDS = [
    ("plain", row(cell("甲"), cell("乙")), [["甲", "乙"]], {}),
    ("blank cell", row(cell("甲"), cell()), [["甲", ""]], {}),
    (
        "gridSpan",
        row(cell("甲", '<w:gridSpan w:val="2"/>')) + row(cell("乙"), cell("丙")),
        [["甲", ""], ["乙", "丙"]],
        {(0, 0): (1, 2)},
    ),
    (
        "vMerge",
        row(cell("甲", '<w:vMerge w:val="restart"/>'), cell("乙"))
        + row(cell("", "<w:vMerge/>"), cell("丙"))
        + row(cell("", '<w:vMerge w:val="continue"/>'), cell("丁")),
        [["甲", "乙"], ["", "丙"], ["", "丁"]],
        {(0, 0): (3, 1)},
    ),
    (
        "two merges above one another",
        row(cell("甲", '<w:vMerge w:val="restart"/>'))
        + row(cell("", "<w:vMerge/>"))
        + row(cell("乙", '<w:vMerge w:val="restart"/>'))
        + row(cell("", "<w:vMerge/>")),
        [["甲"], [""], ["乙"], [""]],
        {(0, 0): (2, 1), (2, 0): (2, 1)},
    ),
    (
        "both ways",
        row(cell("甲", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), cell("乙"))
        + row(cell("", '<w:gridSpan w:val="2"/><w:vMerge/>'), cell("丙")),
        [["甲", "", "乙"], ["", "", "丙"]],
        {(0, 0): (2, 2)},
    ),
    (
        "a split table continues a merge",
        row(cell("甲", "<w:vMerge/>"), cell("乙")) + row(cell("", "<w:vMerge/>"), cell("丙")),
        [["甲", "乙"], ["", "丙"]],
        {(0, 0): (2, 1)},
    ),
    (
        "a merge of other columns above",
        row(cell("甲", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'))
        + row(cell("乙", "<w:vMerge/>"), cell("丙")),
        [["甲", ""], ["乙", "丙"]],
        {(0, 0): (1, 2)},
    ),
    (
        "hMerge",
        row(cell("甲", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell("乙")),
        [["甲", "", "乙"]],
        {(0, 0): (1, 2)},
    ),
    (
        "gridBefore and gridAfter",
        row(cell("甲"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
        + row(cell("乙"), cell("丙"), cell("丁")),
        [["", "甲", ""], ["乙", "丙", "丁"]],
        {},
    ),
    ("short row", row(cell("甲")) + row(cell("乙"), cell("丙")), [["甲", ""], ["乙", "丙"]], {}),
    (
        "senseless span",
        row(cell("甲", '<w:gridSpan w:val="x"/>'), cell("乙", '<w:gridSpan w:val="-3"/>')),
        [["甲", "乙"]],
        {},
    ),
    ("deleted row", row(cell("甲")) + row(cell("乙"), properties="<w:del/>"), [["甲"]], {}),
    (
        "controls around row, cell and paragraph",
        "<w:sdt><w:sdtContent>"
        + row(
            "<w:sdt><w:sdtContent>" + cell("甲") + "</w:sdtContent></w:sdt>",
            "<w:tc><w:sdt><w:sdtContent>" + paragraph(run("乙")) + "</w:sdtContent></w:sdt></w:tc>",
        )
        + "</w:sdtContent></w:sdt>",
        [["甲", "乙"]],
        {},
    ),
    (
        "prompt around a paragraph",
        row(
            "<w:tc><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + paragraph(run("单击此处"))
            + "</w:sdtContent></w:sdt></w:tc>"
        ),
        [[""]],
        {},
    ),
    (
        "several paragraphs",
        row(
            "<w:tc>"
            + paragraph(run("甲"))
            + paragraph()
            + paragraph(run("乙"))
            + paragraph()
            + "</w:tc>"
        ),
        [["甲\n\n乙"]],
        {},
    ),
]


@pytest.mark.parametrize(("case", "rows", "texts", "spans"), GRIDS, ids=[c[0] for c in GRIDS])
def test_grid(case, rows, texts, spans):
    (block,) = read_body(table(rows)).blocks
    assert isinstance(block, Table)
    assert (block.texts, block.spans, block.merges_known) == (texts, spans, True)


INNER = table(row(cell("内甲"), cell("内乙")))
NESTED = [
    (
        "in a real cell",
        table(
            row(
                "<w:tc>" + paragraph(run("外")) + INNER + paragraph(run("尾")) + "</w:tc>",
                cell("右"),
            )
        ),
        [[["外\n尾", "右"]], [["内甲", "内乙"]]],
    ),
    (
        "a frame around a form",
        table(row("<w:tc>" + paragraph(run("标题")) + INNER + paragraph() + "</w:tc>")),
        ["标题", [["内甲", "内乙"]]],
    ),
    (
        "a frame in a frame",
        table(row("<w:tc>" + table(row("<w:tc>" + INNER + paragraph() + "</w:tc>")) + "</w:tc>")),
        [[["内甲", "内乙"]]],
    ),
    ("adjacent tables stay apart", INNER + INNER, [[["内甲", "内乙"]], [["内甲", "内乙"]]]),
]


@pytest.mark.parametrize(("case", "body", "expected"), NESTED, ids=[c[0] for c in NESTED])
def test_nested_tables(case, body, expected):
    assert shown(read_body(body)) == expected

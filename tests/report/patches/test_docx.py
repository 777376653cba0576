"""Corrections in Word documents: one run's text changes, nothing else in the package."""

import re

import pytest

from jixiao.intake.document import SourceFile
from jixiao.report.patch import PATCHES, Revision
from tests.report.patches.places import change, holds, members, places_of, reasons
from tests.support.office_files import PACKAGE, RELATIONS, WORD, Grid, docx_around, docx_of
from tests.support.seed_forms import seed_grids

DOCX = PATCHES["docx"]
PART = "word/document.xml"


def _cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def _table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def _run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _words(text: str, properties: str = "") -> str:
    """A cell of one paragraph of one run."""
    return _cell(f"<w:p>{_run(text)}</w:p>", properties)


def _one(paragraph: str) -> bytes:
    """A document of one cell that holds one paragraph."""
    return docx_around(_table(_cell(f"<w:p>{paragraph}</w:p>")))


def _document(content: bytes) -> str:
    return members(content)[PART].decode()


FIRST = {"table": 1, "row": 1, "column": 1}
REFUSED = {
    "another text": (_one(_run("80%")), change("90%", "≥90%", **FIRST), "已经不是这样"),
    "no such table": (_one(_run("90%")), change("90%", "9", table=2, row=1, column=1), "找不到"),
    "no such column": (_one(_run("90%")), change("90%", "9", table=1, row=1, column=2), "找不到"),
    "no such line": (_one(_run("90%")), change("90%", "9", line=1), "找不到"),
    "tracked deletion": (
        _one(_run("90") + "<w:del><w:r><w:delText>5</w:delText></w:r></w:del>" + _run("%")),
        change("90%", "≥90%", **FIRST),
        "修订",
    ),
    "a field": (
        _one('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + _run("90%")),
        change("90%", "≥90%", **FIRST),
        "域",
    ),
    "a simple field": (
        _one(f'<w:fldSimple w:instr="DATE">{_run("90%")}</w:fldSimple>'),
        change("90%", "≥90%", **FIRST),
        "域",
    ),
    "hidden": (_one(_run("90%", "<w:vanish/>")), change("90%", "≥90%", **FIRST), "隐藏"),
    "symbol font": (_one(_run("\uf0b390%")), change("≥90%", "90%", **FIRST), "符号字体"),
    "over a line break": (
        _one("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>"),
        change("甲\n乙", "甲乙", **FIRST),
        "换行",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason_and_without_a_touch(name):
    content, wanted, why = REFUSED[name]
    patched = DOCX.apply(content, (wanted,))
    assert patched.done == ()
    assert why in reasons(patched)[0]
    assert members(patched.content) == members(content)


def test_a_signed_document_is_refused():
    content = docx_around(_table(_words("5")), {"_xmlsignatures/s.xml": "<s/>"})
    patched = DOCX.apply(content, (change("5", "6", **FIRST),))
    assert reasons(patched) == ["文件带有数字签名，改动会使签名失效"]
    assert patched.content == content


SETTINGS = {
    "word/_rels/document.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{RELATIONS}/settings" Target="settings.xml"/></Relationships>'
    ),
    "word/settings.xml": (
        f'<w:settings xmlns:w="{WORD}"><w:documentProtection w:edit="trackedChanges"'
        ' w:enforcement="{}"/></w:settings>'
    ),
}


@pytest.mark.parametrize(("enforced", "made"), [("1", 0), ("0", 1)])
def test_where_only_tracked_changes_are_admitted_nothing_is_changed_outright(enforced, made):
    extra = {name: text.replace("{}", enforced) for name, text in SETTINGS.items()}
    content = docx_around(_table(_words("5")), extra)
    wanted = change("5", "6", **FIRST)
    patched = DOCX.apply(content, (wanted,))
    assert len(patched.done) == made
    assert reasons(patched) == ["文件规定只能以修订方式修改，请写成修订"] * (1 - made)
    assert DOCX.track(content, (wanted,), Revision()).done == (wanted,)


def test_runs_keep_their_formatting():
    content = _one(_run("≧", "<w:b/>") + _run(" &gt;", "<w:i/>") + _run("90%", "<w:u/>"))
    patched = DOCX.apply(content, (change("≧ >90%", "≥90%", **FIRST),))
    assert _document(patched.content) == _document(content).replace(
        _run("≧", "<w:b/>") + _run(" &gt;", "<w:i/>"), _run("≥", "<w:b/>") + _run("", "<w:i/>")
    )


def test_outer_blanks_are_kept_by_the_attribute_for_them():
    content = _one("<w:r><w:t>甲(</w:t></w:r><w:r><w:t>乙)</w:t></w:r>")
    patched = DOCX.apply(content, (change("甲(乙)", "甲（ 乙）", **FIRST),))
    assert '<w:t xml:space="preserve">甲（ </w:t>' in _document(patched.content)
    assert holds("a.docx", content, patched.content, change("甲(乙)", "甲（ 乙）", **FIRST))


BLANKS = [
    ("<w:p/>", "<w:p><w:r><w:t>0</w:t></w:r></w:p>"),
    ('<w:p w:rsidR="1" />', '<w:p w:rsidR="1"><w:r><w:t>0</w:t></w:r></w:p>'),
    (
        "<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr></w:p>",
        "<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>0</w:t></w:r></w:p>",
    ),
    ("<w:p><w:r><w:t/></w:r></w:p>", "<w:p><w:r><w:t>0</w:t></w:r></w:p>"),
    (
        "<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr></w:p>",
        "<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr><w:r><w:t>0</w:t></w:r></w:p>",
    ),
]


@pytest.mark.parametrize(("before", "after"), BLANKS)
def test_a_blank_cell_is_filled_in_the_look_of_its_paragraph(before, after):
    content = docx_around(_table(_words("甲") + _cell(before)))
    wanted = change("", "0", table=1, row=1, column=2)
    patched = DOCX.apply(content, (wanted,))
    assert _document(patched.content) == _document(content).replace(before, after)
    assert holds("a.docx", content, patched.content, wanted)


def test_signs_that_xml_reserves_are_written_as_references():
    content = _one(_run("a&amp;b"))
    patched = DOCX.apply(content, (change("a&b", "a<&b", **FIRST),))
    assert "a&lt;&amp;b" in _document(patched.content)


INNER = _table(_words("里 (1)"))
BOX = (
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>框 (1)</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
LAYOUTS = {
    "sample": docx_of(["题目 (一)", *seed_grids()[8:10], "年度 (二)"]),
    "merges": docx_of(
        [Grid([["甲 (1)", "", "乙"], ["", "丙 (2)", ""]], {(0, 0): (2, 1), (0, 1): (1, 1)})]
    ),
    "nested": docx_around(
        _table(_cell(f"<w:p>{_run('外 (1)')}</w:p>{INNER}<w:p/>") + _words("右"))
        + _table(_words("后 (2)"))
    ),
    "frame": docx_around(_table(_cell(f"<w:p>{_run('框外 (1)')}</w:p>{INNER}<w:p/>")) + INNER),
    "text box": docx_around(f"<w:p>{BOX}</w:p><w:p>{_run('后 (1)')}</w:p>{INNER}"),
    "content control": docx_around(
        f"<w:sdt><w:sdtContent>{_table(_cell('<w:p/>') + _words('控 (1)'))}"
        f"</w:sdtContent></w:sdt>{INNER}"
    ),
    "columns left out": docx_around(
        '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>'
        + _words("一 (1)", '<w:gridSpan w:val="3"/>')
        + _words("二 (2)", '<w:hMerge w:val="restart"/>')
        + _cell("<w:p/>", "<w:hMerge/>")
        + _words("三 (3)")
        + "</w:tr></w:tbl>"
    ),
    "deleted row": docx_around(
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{_words('没')}</w:tr>"
        f"<w:tr>{_words('有 (1)')}</w:tr></w:tbl>"
    ),
    "two paragraphs": docx_around(
        _table(_cell(f"<w:p>{_run('一')}</w:p><w:p>{_run('二 (2)')}</w:p>"))
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_place_the_reader_tells_can_be_changed(name):
    """The numbers of the reader and those of the patcher name the same cells."""
    content = LAYOUTS[name]
    places = list(places_of(SourceFile(name="a.docx", content=content)))
    changes = tuple(
        change(
            at.quote, f"{at.quote}改", table=at.table, row=at.row, column=at.column, line=at.line
        )
        for at in places
    )
    patched = DOCX.apply(content, changes)
    assert reasons(patched) == []
    assert len(changes) > 1 or name in {"deleted row", "two paragraphs", "content control"}
    assert holds("a.docx", content, patched.content, *changes)


@pytest.mark.parametrize("name", LAYOUTS)
def test_nothing_but_texts_changes_and_only_in_the_main_part(name):
    content = LAYOUTS[name]
    places = list(places_of(SourceFile(name="a.docx", content=content)))[::3]
    changes = tuple(
        change(
            at.quote, f"{at.quote}改", table=at.table, row=at.row, column=at.column, line=at.line
        )
        for at in places
    )
    before, after = members(content), members(DOCX.apply(content, changes).content)
    assert list(before) == list(after)
    assert [part for part in before if before[part] != after[part]] == [PART]
    texts = re.compile(r"(<w:t(?: [^>]*)?>)[^<]*")
    assert texts.sub(r"\1", before[PART].decode()) == texts.sub(r"\1", after[PART].decode())

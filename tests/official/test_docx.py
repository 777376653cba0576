"""The Word document as a package: valid order of elements, exact widths, same bytes, safe text.

Word refuses or repairs a document whose elements stand in another order than the schema's, so the
order is held against the schema's own lists; python-docx opens it as a second library.
"""

import io
import re
import zipfile
from datetime import datetime

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from msgspec.structs import replace

from jixiao.official.annotate import mark
from jixiao.official.sheet import Annex, Cover, Sheet, SheetCell
from jixiao.official.word.text import shown_marks
from jixiao.official.writers.docx import WRITER
from tests.support.random_sheets import sheets
from tests.support.sheets import ROWS, a_sheet, an_annex

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Children in the order of the schema (ISO/IEC 29500, transitional); those we write and more.
ORDER = {
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc"
    " tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection"
    " tcFitText vAlign hideMark",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "p": "pPr bookmarkStart hyperlink r bookmarkEnd",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers"
    " pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE"
    " autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents"
    " suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr"
    " sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint"
    " noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect"
    " bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc"
    " pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi"
    " rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden"
    " unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr"
    " tcPr tblStylePr",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular",
    "settings": "writeProtection view zoom defaultTabStop characterSpacingControl compat docVars"
    " rsids themeFontLang clrSchemeMapping decimalSymbol listSeparator",
}


def written(whole: Annex) -> bytes:
    stream = io.BytesIO()
    WRITER.write(whole, stream)
    return stream.getvalue()


def parts(whole: Annex) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(written(whole))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def main_part(whole: Annex) -> etree._Element:
    return etree.fromstring(parts(whole)["word/document.xml"])


def alone(sheet: Sheet) -> Annex:
    return Annex(title="绩效目标表", sheets=(sheet,))


def mixed() -> Annex:
    upright, across = a_sheet("竖表"), replace(a_sheet("横表"), landscape=True)
    across = replace(across, grid=tuple(width * 257 / 170 for width in across.grid))
    return replace(an_annex(), sheets=(upright, across, across, upright))


def long_sheet() -> Sheet:
    return a_sheet(rows=[(*one[:2], f"{one[2]}{n}", one[3]) for n in range(6) for one in ROWS])


def misplaced(root: etree._Element) -> list[str]:
    """Elements that stand where the schema does not allow them."""
    found = []
    for element in root.iter(etree.Element):
        order = ORDER.get(etree.QName(element).localname, "").split()
        names = [etree.QName(child).localname for child in element]
        places = [order.index(name) for name in names if name in order]
        if order and (places != sorted(places) or len(places) != len(names)):
            found.append(f"{etree.QName(element).localname}: {names}")
    return found


def test_the_order_is_really_looked_at():
    shown = f'<w:tcPr xmlns:w="{W[1:-1]}"><w:vAlign/><w:vMerge/></w:tcPr>'
    assert misplaced(etree.fromstring(shown)) == ["tcPr: ['vAlign', 'vMerge']"]


@pytest.mark.parametrize("whole", [an_annex(), mixed(), alone(long_sheet())])
def test_elements_stand_in_the_order_of_the_schema(whole):
    for name, content in parts(whole).items():
        root = etree.fromstring(content)
        if name.startswith("word/") and not name.endswith(".rels"):
            assert misplaced(root) == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheet=sheets())
def test_every_row_fills_the_grid_exactly(sheet):
    root = main_part(alone(sheet))
    assert misplaced(root) == []
    wide = 14570 if sheet.landscape else 9638
    for table in root.iter(f"{W}tbl"):
        grid = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert abs(sum(grid) - wide) <= 1
        assert len(grid) == len(sheet.grid)
        for row in table.iter(f"{W}tr"):
            at = 0
            for cell in row.iter(f"{W}tc"):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                columns = 1 if span is None else int(span.get(f"{W}val"))
                stated = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w"))
                assert stated == sum(grid[at : at + columns])
                assert cell[-1].tag == f"{W}p"
                at += columns
            assert at == len(grid)


def test_the_same_annex_gives_the_same_bytes():
    assert written(an_annex()) == written(an_annex())
    with zipfile.ZipFile(io.BytesIO(written(an_annex()))) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_properties_say_title_and_language():
    opened = docx.Document(io.BytesIO(written(an_annex())))
    assert opened.core_properties.title == "某镇2022年度项目支出绩效目标表"
    assert opened.core_properties.language == "zh-CN"
    assert not isinstance(opened.core_properties.created, datetime)
    assert b'w:eastAsia="zh-CN"' in parts(an_annex())["word/styles.xml"]


def test_a_second_library_sees_the_same_table():
    (table,) = docx.Document(io.BytesIO(written(alone(a_sheet())))).tables
    assert table.cell(0, 1).text == table.cell(0, 4).text == "镇区垃圾清运项目"
    assert table.cell(13, 0).text == "绩效指标"
    assert [cell.text for cell in table.column_cells(4)][6:9] == ["指标值", "≥1200吨", "＝650个"]


def test_blanks_and_markup_stand_as_they_are():
    text = '  <b>"A" & B</b>　\n =1+1 '
    sheet = replace(
        a_sheet(),
        cells=tuple(
            replace(cell, text=text) if cell.path == "goal" else cell for cell in a_sheet().cells
        ),
    )
    (table,) = docx.Document(io.BytesIO(written(alone(sheet)))).tables
    assert table.cell(5, 1).text == text


def test_odd_names_and_titles_do_no_harm():
    name = 'a/b\\c?*[]:"<&>\x00' + "很长的名称" * 30
    sheets = (replace(a_sheet(), name=name), replace(a_sheet(), name=name, title="", subtitle=""))
    whole = Annex(title=name, sheets=sheets, cover=Cover(title=(name, "")), contents=True)
    opened = docx.Document(io.BytesIO(written(whole)))
    assert opened.core_properties.title == name.replace("\x00", "\ufffd")
    assert len(opened.tables) == 2


@pytest.mark.parametrize(
    "whole",
    [
        Annex(title="", sheets=()),
        Annex(title="空", sheets=(), contents=True, cover=Cover(title=())),
        Annex(
            title="一行",
            sheets=(
                Sheet(
                    name="", title="", grid=(170.0,), height=1, cells=(SheetCell(row=0, column=0),)
                ),
            ),
        ),
    ],
)
def test_next_to_nothing_is_still_a_document(whole):
    root = main_part(whole)
    assert misplaced(root) == []
    assert root[0][-1].tag == f"{W}sectPr"
    docx.Document(io.BytesIO(written(whole)))


def test_a_document_ends_with_a_paragraph():
    for whole in (an_annex(), mixed(), alone(a_sheet())):
        body = main_part(whole)[0]
        assert [child.tag for child in body[-2:]] == [f"{W}p", f"{W}sectPr"]
        after = [body[at + 1].tag for at, child in enumerate(body) if child.tag == f"{W}tbl"]
        assert set(after) == {f"{W}p"}


def test_sections_turn_the_page_and_count_from_the_contents():
    sections = list(main_part(mixed()).iter(f"{W}sectPr"))
    turned = [one.find(f"{W}pgSz").get(f"{W}orient") for one in sections]
    assert turned == [None, None, "landscape", None]
    footers = [one.find(f"{W}footerReference") is not None for one in sections]
    assert footers == [False, True, True, True]
    starts = [one.find(f"{W}pgNumType") is not None for one in sections]
    assert starts == [False, True, False, False]


def test_every_entry_of_the_contents_leads_to_its_sheet():
    root = main_part(mixed())
    names = {one.get(f"{W}name") for one in root.iter(f"{W}bookmarkStart")}
    links = [one.get(f"{W}anchor") for one in root.iter(f"{W}hyperlink")]
    asked = re.findall(r"PAGEREF (\S+)", "".join(one.text for one in root.iter(f"{W}instrText")))
    assert links == asked == sorted(names)
    assert len(links) == 5


def test_repeated_rows_lead_their_table():
    tables = list(main_part(alone(long_sheet())).iter(f"{W}tbl"))
    heads = [
        [row.find(f"{W}trPr/{W}tblHeader") is not None for row in one.iter(f"{W}tr")]
        for one in tables
    ]
    assert len(tables) == 2
    assert not any(heads[0])
    assert heads[1][0]
    assert not any(heads[1][1:])


def test_only_a_row_higher_than_a_page_may_break():
    sheet = a_sheet(goal="改善居民居住环境。" * 400)
    rows = main_part(alone(sheet)).iter(f"{W}tr")
    breaking = [at for at, row in enumerate(rows) if row.find(f"{W}trPr/{W}cantSplit") is None]
    assert breaking == [5]


def look_of(sheet: Sheet, text: str) -> str:
    for paragraph in main_part(alone(sheet)).iter(f"{W}p"):
        if "".join(one.text or "" for one in paragraph.iter(f"{W}t")) == text:
            return paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
    raise AssertionError(text)


def test_every_role_has_its_look():
    sheet = a_sheet(goal="改善")
    looks = {
        text: look_of(sheet, text)
        for text in ("项目名称", "指标值", "产出指标", "1300000", "≥95%", "改善")
    }
    assert looks == {
        "项目名称": "TableLabel",
        "指标值": "TableLabel",
        "产出指标": "TableCentred",
        "1300000": "TableNumber",
        "≥95%": "TableCentred",
        "改善": "TableText",
    }


def test_a_long_answer_stands_at_the_left():
    rows = [(*ROWS[0][:3], "按照文件规定的部门单位人员数据发放到位并公示")]
    assert look_of(a_sheet(rows=rows), rows[0][3]) == "TableText"


def test_marks_are_small_numbers_in_a_shaded_cell():
    cells = tuple(
        replace(one, marks=(2,)) if one.path == "goal" else one for one in a_sheet().cells
    )
    root = main_part(alone(replace(a_sheet(), cells=cells)))
    (shade,) = root.iter(f"{W}shd")
    (raised,) = root.iter(f"{W}vertAlign")
    assert raised.get(f"{W}val") == "superscript"
    assert raised.getparent().getparent().find(f"{W}t").text == "②"
    assert shade.getparent().getparent().tag == f"{W}tc"


def test_marks_are_numbered_like_the_notes():
    numbers = (1, 20, 21, 99)
    assert shown_marks(numbers) == "".join(map(mark, numbers))


def test_another_size_of_type_is_written_out():
    root = main_part(alone(replace(a_sheet(), font_size=9.0)))
    sizes = {one.get(f"{W}val") for one in root.iter(f"{W}sz")}
    assert sizes == {"18"}

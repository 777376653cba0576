"""The PDF writer: what it refuses and remarks, and what the file is besides its tables."""

import ctypes
import hashlib
import io
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pypdfium2
import pytest
from msgspec.structs import replace
from pypdfium2 import raw

from jixiao.foundation.errors import MissingExtra
from jixiao.official.sheet import Annex, CellRole, Sheet, SheetCell
from jixiao.official.typeset import engine, fonts
from jixiao.official.writer import WRITERS
from tests.support.sheets import a_sheet, an_annex


def written(annex: Annex) -> bytes:
    stream = io.BytesIO()
    WRITERS["pdf"].write(annex, stream)
    return stream.getvalue()


def remarks(*texts: str) -> tuple[str, ...] | None:
    return WRITERS["pdf"].write(Annex(title="附件", sheets=(one_column(*texts),)), io.BytesIO())


def one_column(*texts: str, role: CellRole = CellRole.TEXT, **named: object) -> Sheet:
    cells = tuple(
        SheetCell(row=row, column=0, text=text, role=role) for row, text in enumerate(texts)
    )
    sheet = Sheet(name="甲", title="某表", grid=(170.0,), height=len(texts), cells=cells)
    return replace(sheet, **named)


def opened(content: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(content)


def page_texts(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in opened(content)]


def link_count(page: pypdfium2.PdfPage) -> int:
    """Links that lead to a place in the document."""
    at, link, found = ctypes.c_int(0), raw.FPDF_LINK(), 0
    while raw.FPDFLink_Enumerate(page, ctypes.byref(at), ctypes.byref(link)):
        found += bool(raw.FPDFLink_GetDest(page.pdf, link))
    return found


@pytest.fixture
def _fresh() -> Iterator[None]:
    """Forget what is kept alive, before and after."""
    for kept in (engine.compiler, fonts._drawable):
        kept.cache_clear()
    yield
    for kept in (engine.compiler, fonts._drawable):
        kept.cache_clear()


@pytest.mark.usefixtures("_fresh")
@pytest.mark.parametrize("package", ["typst", "pylopdf_fonts_zh_cn"])
def test_a_missing_part_is_named_with_the_way_out(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    stream = io.BytesIO()
    with pytest.raises(MissingExtra, match=r"pip install 'jixiao\[pdf\]'"):
        WRITERS["pdf"].write(an_annex(), stream)
    assert stream.getvalue() == b""


def test_characters_without_a_shape_are_named_once_with_their_place() -> None:
    (remark,) = remarks("表情😀与😀", "生僻字𠀀", "自造字\ue000") or ()
    assert remark.startswith("PDF 所用字体缺少下列字符，页面上显示为方框：")
    assert remark.count("😀（U+1F600，“甲”）") == 1
    assert "、𠀀（U+20000，“甲”）" in remark
    assert "（U+E000，“甲”）" in remark
    assert remark.endswith("请改用 Word 或 Excel 格式。")


def test_many_missing_characters_are_counted() -> None:
    (remark,) = remarks("".join(chr(code) for code in range(0x20000, 0x20032))) or ()
    assert remark.count("U+") == 20
    assert "等 50 个" in remark


def test_a_missing_character_of_the_cover_is_remarked_too() -> None:
    annex = an_annex()
    assert annex.cover is not None
    annex = replace(annex, cover=replace(annex.cover, lines=("😀",)))
    assert "😀（U+1F600，封面）" in (WRITERS["pdf"].write(annex, io.BytesIO()) or ("",))[0]


def test_control_characters_become_the_replacement_character_and_are_said() -> None:
    sheet = one_column("甲\x07乙\x1f丙\x1e丁\ud800戊\ufffe")
    (remark,) = remarks(sheet.cells[0].text) or ()
    assert remark == "“甲”有无法打印的控制字符，已写作“�”。请在原表中删去。"
    (text,) = page_texts(written(Annex(title="附件", sheets=(sheet,))))
    assert "甲�乙�丙�丁�戊�" in text


def test_usual_texts_have_no_remarks() -> None:
    usual = "①⑳㎡㎥℃‰≥≤≠±×÷—…“”《》〔〕【】·●○■□☐☑☒✓✔√△▲★☆→Ⅷ㈠\u3000\u00a0\u200b\t\r\n龥㐀䶮"
    assert remarks(usual) == ()


def test_what_the_last_font_is_said_to_add_is_drawn() -> None:
    added = "".join(sorted(fonts._ADDED))
    (text,) = page_texts(written(Annex(title="附件", sheets=(one_column(added),))))
    assert added in text


HOSTILE = (
    "#set page(fill: red)", "$ x^2 $ *粗* _斜_ `码` @引 <标签> // 注释 /* 注释 */",
    '"]); #panic("x"); #text[', "\\u{41} \\n \\ ~ -- --- ... ' \"", '#import "a.typ": *', "= 标题",
    "- 列表", "[[{}]]", "=1+1", "@SUM(A1)", "+86", "-5",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_ever_a_command(text: str) -> None:
    sheet = one_column(
        text, title=text, name=text, subtitle=text, unit_note=text, above=(text,), notes=(text,)
    )
    (seen,) = page_texts(written(Annex(title=text, sheets=(sheet,))))
    assert seen.count(text) == 6


def test_the_same_annex_gives_the_same_bytes_whatever_was_written_before() -> None:
    first = written(an_annex("甲", "乙"))
    written(an_annex("丙"))
    assert written(an_annex("甲", "乙")) == first
    program = (
        "import hashlib, io; from tests.support.sheets import an_annex;"
        "from jixiao.official.writer import WRITERS; s = io.BytesIO();"
        "WRITERS['pdf'].write(an_annex('甲', '乙'), s);"
        "print(hashlib.sha256(s.getvalue()).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().strip() == hashlib.sha256(first).hexdigest()


def test_several_threads_may_write_at_once() -> None:
    annexes = [an_annex(name) for name in "甲乙丙丁"]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(written, annexes)) == [written(annex) for annex in annexes]


def test_texts_stand_in_the_file_in_reading_order() -> None:
    """Cells over several rows come with their last row; only the tags know better."""
    sheet = a_sheet()
    (text,) = page_texts(written(Annex(title="附件", sheets=(sheet,))))
    left = "".join(text.split())
    for cell in sheet.cells:
        if cell.rows == 1 and cell.text:
            before, found, left = left.partition("".join(cell.text.split()))
            assert found == "".join(cell.text.split())
            assert len(before) < 60


def test_the_document_says_its_title_and_language_and_no_date() -> None:
    content = written(replace(an_annex(), title="某镇2022年度 绩效目标表 & <附件>"))
    document = opened(content)
    told = document.get_metadata_dict(skip_empty=True)
    assert told["Title"] == "某镇2022年度 绩效目标表 & <附件>"
    assert {"CreationDate", "ModDate"}.isdisjoint(told)
    assert b"/Lang(zh-CN)" in content
    assert raw.FPDFCatalog_IsTagged(document)


def test_fonts_are_those_of_the_extra_and_embedded() -> None:
    content = written(an_annex())
    assert b"+NotoSerifSC-Regular" in content
    assert b"+NotoSansSC-Regular" in content
    assert content.count(b"/FontFile") >= 2


def test_every_sheet_has_a_bookmark_and_a_line_in_the_contents() -> None:
    long = "名称很长的项目" * 16
    names = ("甲项目", "甲项目", "a/b\\c?*[1]:", long)
    document = opened(written(an_annex(*names)))
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert marks == [("汇总表", 2), *((name, 3 + at) for at, name in enumerate(names))]
    contents = document[1].get_textpage().get_text_range().replace("\r\n", "")
    assert contents.startswith("目　录")
    assert [name in contents for name in names] == [True] * 4
    assert "a/b\\c?*[1]: ...." in contents
    assert link_count(document[1]) == 5


def test_page_numbers_run_through_without_the_cover() -> None:
    last = [text.strip().splitlines()[-1] for text in page_texts(written(an_annex("甲", "乙")))]
    assert last == ["2022年3月", "— 1 —", "— 2 —", "— 3 —", "— 4 —"]


def test_without_cover_and_contents_the_first_page_is_a_sheet() -> None:
    (text,) = page_texts(written(Annex(title="附件", sheets=(a_sheet(),))))
    assert text.startswith("部门项目支出预算绩效目标表\n（2022年度）\n")
    assert text.strip().endswith("— 1 —")


def test_upright_and_broad_pages_stand_in_one_document() -> None:
    broad = replace(a_sheet("横"), landscape=True, grid=(40.0, 40.0, 60.0, 67.0, 50.0))
    document = opened(written(Annex(title="附件", sheets=(a_sheet(), broad, a_sheet()))))
    sizes = [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document]
    assert sizes == [(210, 297), (297, 210), (210, 297)]


def test_an_annex_without_sheets_is_still_a_document() -> None:
    assert len(opened(written(Annex(title="空", sheets=())))) == 1

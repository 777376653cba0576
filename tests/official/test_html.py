"""The web page: read back by our own reader, safe to embed, headings that screen readers find."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import html
from msgspec.structs import replace

from jixiao.intake.document import Line, SourceFile, Table
from jixiao.intake.read import read_file
from jixiao.intake.readers.html import READER
from jixiao.official.annex import annex, document
from jixiao.official.draw import draw
from jixiao.official.page.style import style_sheet
from jixiao.official.page.tables import shares, tables
from jixiao.official.sheet import Annex, Sheet, SheetCell
from jixiao.official.writers.html import WRITER
from jixiao.pipeline import read
from tests.support.office_program import sizes_of_pages, words_of_pages
from tests.support.random_sheets import PIECES, sheets
from tests.support.same_record import differences
from tests.support.sheets import ROWS, a_sheet, an_annex

SAMPLE = Path("src/jixiao/sample/taole-2022.txt")
HEADING = "一级指标二级指标三级指标指标值"
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def written(whole: Annex) -> bytes:
    stream = io.BytesIO()
    WRITER.write(whole, stream)
    return stream.getvalue()


def alone(sheet: Sheet) -> Annex:
    return Annex(title="绩效目标表", sheets=(sheet,))


def blocks(content: bytes):
    found = READER.read(SourceFile(name="附件.html", content=content))
    assert found.problems == ()
    return found.blocks


def cells_of(content: bytes):
    """Places and spans as a browser lays them out, tables one below the other."""
    found, above = {}, 0
    for table in html.fromstring(content.decode()).iter("table"):
        taken: set[tuple[int, int]] = set()
        rows = list(table.iter("tr"))
        for row, line in enumerate(rows):
            column = 0
            for cell in line:
                while (row, column) in taken:
                    column += 1
                down, across = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
                area = {(row + d, column + a) for d in range(down) for a in range(across)}
                assert not area & taken
                taken |= area
                found[row + above, column] = (down, across, text_in(cell))
        assert all(row < len(rows) for row, _ in taken)
        above += len(rows)
    return found


def text_in(cell) -> str:
    for line_break in cell.iter("br"):
        line_break.tail = f"\n{line_break.tail or ''}"
    return cell.text_content()


def shown(text: str) -> str:
    return UNFIT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def expected(sheet: Sheet):
    return {
        (cell.row, cell.column): (cell.rows, cell.columns, shown(cell.text)) for cell in sheet.cells
    }


def one_cell(text: str) -> Sheet:
    cell = SheetCell(row=0, column=0, text=text)
    return Sheet(name="表", title="", grid=(170.0,), height=1, cells=(cell,))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheet=sheets())
def test_any_sheet_is_laid_out_cell_by_cell(sheet):
    assert cells_of(written(alone(sheet))) == expected(sheet)


@pytest.mark.parametrize("text", [*PIECES, *(f"{one}字{one}" for one in PIECES), "\x00", "\x0b"])
def test_our_reader_sees_the_text(text):
    """The reader shows blanks as a browser does without our styles: many are one, none at ends."""
    sheet = replace(one_cell(text), grid=(85.0, 85.0))
    further = SheetCell(row=0, column=1, text="末")
    sheet = replace(sheet, cells=(*sheet.cells, further))
    (table,) = [one for one in blocks(written(alone(sheet))) if isinstance(one, Table)]
    lines = (" ".join(line.split()) for line in shown(text).split("\n"))
    wanted = "\n".join(line for line in lines if line)
    assert "\n".join(" ".join(one.split()) for one in table.texts[0][0].split("\n")) == wanted


def test_spans_are_those_of_the_sheet_for_our_reader_too():
    sheet = a_sheet()
    upper, lower = [one for one in blocks(written(alone(sheet))) if isinstance(one, Table)]
    spans = {**upper.spans, **{(row + 6, at): span for (row, at), span in lower.spans.items()}}
    assert spans == {
        (cell.row, cell.column): (cell.rows, cell.columns)
        for cell in sheet.cells
        if (cell.rows, cell.columns) != (1, 1)
    }


def test_a_heading_merged_with_what_stands_below_stays_in_one_table():
    plain = a_sheet()
    corner, label = (
        next(one for one in plain.cells if (one.row, one.column) == at) for at in ((6, 0), (7, 0))
    )
    cells = [one for one in plain.cells if one not in (corner, label)]
    merged = replace(label, row=6, rows=label.rows + 1)
    cells = sorted([*cells, merged], key=lambda one: (one.row, one.column))
    sheet = replace(plain, cells=tuple(cells))
    content = written(alone(sheet))
    assert content.count(b"<table") == 1
    assert cells_of(content) == expected(sheet)


def test_the_lines_around_the_table_are_read_as_lines():
    sheet = replace(a_sheet(), above=("附件2",), unit_note="金额单位：元", notes=("注：甲",))
    lines = [one.text for one in blocks(written(alone(sheet))) if isinstance(one, Line)]
    assert lines == ["附件2", sheet.title, sheet.subtitle, "金额单位：元", "注：甲"]


def test_cover_and_contents_are_no_forms():
    result = read_file(SourceFile(name="附件.html", content=written(an_annex("甲项目", "乙项目"))))
    assert [form.header.project_name.raw for form in result.forms] == ["甲项目", "乙项目"]
    assert result.problems == ()


@pytest.mark.parametrize("together", [annex, document])
def test_the_sample_keeps_its_forms_and_indicators(together):
    forms = read(SAMPLE).forms
    content = written(together([draw(form) for form in forms]))
    again = read_file(SourceFile(name="附件.html", content=content)).forms
    assert len(again) == 16
    assert sum(len(form.indicators) for form in again) == 140
    assert [differences(one, other) for one, other in zip(forms, again, strict=True)] == [[]] * 16


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "' onload='x", "</style>", "&lt;"])
def test_text_is_never_markup(text):
    named = replace(a_sheet(text, goal=text), title=text, subtitle=text, notes=(text,))
    content = written(replace(an_annex(), title=text, sheets=(named,), totals=None)).decode()
    page = html.fromstring(content)
    assert not list(page.iter("script"))
    assert page.findtext("head/title") == text
    assert text in [cell.text_content() for cell in page.iter("td")]


def test_nothing_a_strict_policy_bars():
    sheet = a_sheet()
    marked = replace(sheet, cells=tuple(replace(one, marks=(1,)) for one in sheet.cells))
    fragment = tables(marked)
    assert "style" not in fragment
    assert "<script" not in fragment
    assert " on" not in re.sub(r">[^<]*<", "><", fragment)
    page = written(an_annex()).decode()
    assert page.count("<style>") == 1
    assert "style=" not in page
    assert "http" not in page


def test_a_fragment_names_itself_and_has_its_rules():
    fragment = html.fromstring(f"<div>{tables(a_sheet())}</div>")
    assert {one.get("aria-label") for one in fragment.iter("table")} == {a_sheet().title}
    used = {name for one in fragment.iter() for name in (one.get("class") or "").split()}
    ruled = set(re.findall(r"\.([a-z][\w-]*)", style_sheet()))
    assert used - ruled <= {"level", "value"}


@pytest.mark.parametrize(
    "grid", [(24.0, 26.0, 36.0, 50.0, 34.0), (1.0,) * 7, (170.0,), (0.1, 169.9), (2.0,) * 60]
)
def test_shares_of_columns_are_a_whole(grid):
    assert sum(shares(grid)) == 100
    assert min(shares(grid)) >= 1


def test_headings_say_what_they_are_heading():
    page = html.fromstring(written(alone(a_sheet())).decode())
    scopes = {one.text_content(): one.get("scope") for one in page.iter("th")}
    assert scopes["三级指标"] == "col"
    assert scopes["项目名称"] == scopes["产出指标"] == "row"
    assert "" not in scopes
    assert [one.text_content() for one in page.iter("thead")] == [HEADING]
    assert page.get("lang") == "zh-CN"


def test_contents_lead_to_the_sheets():
    page = html.fromstring(written(an_annex()).decode())
    links = {one.text_content(): one.get("href") for one in page.iter("a")}
    assert links == {"汇总表": "#s1", "甲项目": "#s2", "乙项目": "#s3"}
    ids = [one.get("id") for one in page.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links.values()} <= set(ids)


def test_marks_are_no_part_of_the_text():
    plain = a_sheet()
    marked = replace(plain, cells=tuple(replace(one, marks=(1, 21)) for one in plain.cells))
    content = written(alone(marked))
    assert cells_of(content) == cells_of(written(alone(plain)))
    assert 'data-marks="①(21)"'.encode() in content


def test_the_page_is_lean_and_the_same_every_time():
    whole = annex([draw(form) for form in read(SAMPLE).forms])
    content = written(whole)
    assert content == written(whole)
    assert len(content) < 16 * 5_000


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """A printed annex, or a visible skip without the browser."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if program is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    folder = tmp_path_factory.mktemp("printed")
    rows = [(*one[:2], f"{one[2]}第{n}批", one[3]) for one in ROWS for n in range(9)]
    wide = replace(a_sheet("横表"), landscape=True, grid=(44.0, 46.0, 56.0, 70.0, 41.0))
    whole = replace(an_annex(), sheets=(a_sheet("长表", rows=rows), wide))
    (folder / "annex.html").write_bytes(written(whole))
    # Sandboxes need rights that containers withhold; the page is our own.
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
    subprocess.run(
        [
            *(program, *options, f"--user-data-dir={folder / 'profile'}"),
            *("--no-pdf-header-footer", f"--print-to-pdf={folder / 'annex.pdf'}"),
            str(folder / "annex.html"),
        ],
        capture_output=True,
        timeout=180,
        check=True,
    )
    return (folder / "annex.pdf").read_bytes()


def test_the_printed_page_is_a4_with_its_heading_repeated(printed):
    pages, sizes = words_of_pages(printed), list(sizes_of_pages(printed))
    assert sizes == [*[(210, 297)] * (len(sizes) - 1), (297, 210)]
    long = [page for page in pages if "第0批" in page or "第8批" in page]
    assert len(long) >= 2
    assert all(HEADING in page for page in long)


def test_printed_pages_are_numbered_after_the_cover(printed):
    pages = words_of_pages(printed)
    assert "—" not in pages[0]
    assert all(f"—{number}—" in page for number, page in enumerate(pages[1:], start=1))

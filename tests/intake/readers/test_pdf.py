"""The PDF reader: what it refuses, what it reads, and where it says things stand."""

import json
import re
from pathlib import Path

import pytest

from jixiao.intake.document import Line, SourceFile, Table
from jixiao.intake.readers import pdf
from jixiao.intake.readers.pdf import READER
from jixiao.intake.repairs.page_break import REPAIR
from tests.support.office_files import Grid
from tests.support.pdf_files import (
    HORIZONTAL,
    NONE,
    OPEN,
    PageBreak,
    Printed,
    Words,
    pdf_of,
    typst_pdf,
)
from tests.support.raw_pdf import line, raw_pdf, stream, text, two_by_two
from tests.support.seed_forms import seed_grids

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
LETTERS = [["A", "B"], ["C", "D"]]
PICTURE = stream(
    b"\0",
    "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
)
SHOW_PICTURE = "q 595 0 0 842 0 0 cm /I Do Q "
WITH_PICTURE = {"resources": "/XObject << /I 100 0 R >>", "extra": {100: PICTURE}}


@pytest.fixture(autouse=True)
def without_recogniser(monkeypatch):
    """Digital pages only; how scanned ones are read is shown in tests/intake/scan."""
    monkeypatch.setattr(pdf, "is_installed", lambda: False)


def read(content: bytes, name: str = "x.pdf"):
    return READER.read(SourceFile(name=name, content=content))


def tables(document):
    return [block for block in document.blocks if isinstance(block, Table)]


def lines(document):
    return [block.text for block in document.blocks if isinstance(block, Line)]


def squeezed(texts):
    return [[re.sub(r"\s", "", text) for text in row] for row in texts]


# Refusals


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", 0),
        (b"PK\x03\x04", 0),
        (b"text that mentions PDF", 0),
        (b"%PDF-1.4", 100),
        (b"\r\nX-Header: 1\r\n%PDF-1.7", 90),
    ],
)
def test_bids_by_content(content, expected):
    assert READER.bid(SourceFile(name="x.pdf", content=content)) == expected


WHOLE = raw_pdf([two_by_two()])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("only a header", b"%PDF-1.4", "INT003"),
        ("cut short", WHOLE[: len(WHOLE) // 2], "INT003"),
        ("noise", b"%PDF-1.4" + bytes(range(256)) * 20, "INT003"),
        ("no page", raw_pdf([]), "INT003"),
        ("a password is wanted", raw_pdf([two_by_two()], password="geheim"), "INT004"),
        ("a scan", raw_pdf([SHOW_PICTURE], **WITH_PICTURE), "INT010"),
    ],
)
def test_what_cannot_be_read(name, content, code):
    document = read(content)
    assert document.unreadable, name
    assert [problem.code for problem in document.problems] == [code]
    assert not document.blocks


def test_scanned_pages_are_named_once_for_all():
    pages = [two_by_two(), SHOW_PICTURE, SHOW_PICTURE, two_by_two(), SHOW_PICTURE]
    document = read(raw_pdf(pages, **WITH_PICTURE))
    assert not document.unreadable
    (problem,) = document.problems
    assert (problem.code, problem.source.page) == ("INT010", 2)
    assert problem.message.startswith("第 2-3、5 页是扫描图像")


def test_a_page_number_on_a_scan_does_not_make_it_text():
    document = read(raw_pdf([SHOW_PICTURE + text(300, 20, "- 1 -")], **WITH_PICTURE))
    assert [problem.code for problem in document.problems] == ["INT010"]


def test_a_blank_page_is_no_trouble():
    document = read(raw_pdf([""]))
    assert (document.unreadable, document.problems, document.blocks) == (False, (), ())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("hidden text", two_by_two() + "BT 3 Tr /F1 10 Tf 110 706 Td (ghost) Tj ET"),
        ("a slanted watermark", two_by_two() + "BT /F1 60 Tf .7 .7 -.7 .7 60 650 Tm (COPY) Tj ET"),
        ("fake bold", two_by_two() + text(105.3, 726, "A")),
        ("a tick box in a cell", two_by_two() + "130 705 8 8 re S"),
        ("an underline in a cell", two_by_two() + line(105, 704, 115, 704)),
        ("a diagonal in a cell", two_by_two() + line(100, 720, 200, 740)),
        ("a background", "0.9 g 100 700 200 40 re f 0 g " + two_by_two()),
        ("text outside the visible page", two_by_two() + text(700, 706, "ghost")),
        ("a frame round the page", two_by_two() + "50 50 495 742 re S"),
    ],
)
def test_what_does_not_belong_into_cells(name, content):
    (table,) = tables(read(raw_pdf([content])))
    assert (table.texts, table.spans) == (LETTERS, {}), name


def test_nothing_but_hidden_text_is_read_all_the_same():
    document = read(
        raw_pdf(["BT 3 Tr /F1 10 Tf 100 700 Td (a search layer over a scanned page) Tj ET"])
    )
    assert lines(document) == ["a search layer over a scanned page"]


# Codes that mean something else than what is printed


def printed_as(*codes: tuple[str, int]) -> dict[str, object]:
    """A font whose letters are said to mean other characters."""
    lines = "".join(f"<{ord(letter):02X}> <{code:04X}>\n" for letter, code in codes)
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap /CMapName /X def "
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{lines}endbfchar endcmap end"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 100 0 R >>"
    return {"extra": {3: font, 100: stream(cmap.encode())}}


def test_a_garbled_page_is_named_and_its_cells_are_doubtful():
    codes = [(letter, 0xE100 + index) for index, letter in enumerate("ABC")]
    document = read(raw_pdf([two_by_two()], **printed_as(*codes)))
    assert [problem.code for problem in document.problems] == ["INT011"]
    assert document.problems[0].message.startswith("第 1 页的文字编码有误")
    (table,) = tables(document)
    assert table.doubtful == {(0, 0), (0, 1), (1, 0)}
    assert table.texts[1][1] == "D"


@pytest.mark.parametrize(
    ("code", "expected", "doubtful"),
    [(0xF0B3, "≥", True), (0x2F00, "一", False), (0x00AD, "-", False), (0xFFFD, "\ufffd", True)],
)
def test_single_wrong_codes(code, expected, doubtful):
    content = two_by_two() + text(100, 600, "enough sound text so that the page is not garbled")
    document = read(raw_pdf([content], **printed_as(("A", code))))
    (table,) = tables(document)
    assert table.texts[0][0] == expected
    assert ((0, 0) in table.doubtful) is doubtful
    assert not document.problems


# Rulings, however they are drawn

BOXES = "100 700 100 20 re 200 700 100 20 re 100 720 100 20 re 200 720 100 20 re "
FLAT = " ".join(
    [
        *(f"100 {y} 200 0.5 re" for y in (700, 720, 740)),
        *(f"{x} 700 0.5 40 re" for x in (100, 200, 300)),
    ]
)
SMALL_DASHES = "".join(
    [
        *(line(x, y, x + 3, y) for y in (700, 720, 740) for x in range(100, 300, 6)),
        *(line(x, y, x, y + 3) for x in (100, 200, 300) for y in range(700, 740, 6)),
    ]
)
ONLY_WORDS = "".join(
    text(x, y, word)
    for x, y, word in ((105, 726, "A"), (205, 726, "B"), (105, 706, "C"), (205, 706, "D"))
)
FORM = stream(
    two_by_two().encode(),
    "/Type /XObject /Subtype /Form /BBox [0 0 900 900] /Matrix [1 0 0 1 5 0] "
    "/Resources << /Font << /F1 3 0 R >> >>",
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lines", two_by_two()),
        ("stroked boxes", BOXES + "S " + ONLY_WORDS),
        ("flat filled boxes", FLAT.replace("re", "re f") + " " + ONLY_WORDS),
        ("flat filled boxes in one path", FLAT + " f " + ONLY_WORDS),
        ("a dash pattern", "[3 3] 0 d " + two_by_two()),
        ("dashes drawn one by one", SMALL_DASHES + ONLY_WORDS),
        ("scaled by a matrix", "q .5 0 0 .5 0 0 cm " + two_by_two(200, 1400, 400) + " Q"),
        ("left and right side open", two_by_two().replace(line(100, 700, 100, 740), "")),
        ("bottom open", two_by_two().replace(line(100, 700, 300, 700), "")),
    ],
)
def test_every_way_of_drawing_rulings(name, content):
    (table,) = tables(read(raw_pdf([content])))
    assert (table.texts, table.spans) == (LETTERS, {}), name


def test_rulings_in_a_form_object_stand_where_its_matrix_puts_them():
    document = read(
        raw_pdf(
            ["q 1 0 0 1 10 20 cm /X1 Do Q"],
            resources="/XObject << /X1 100 0 R >>",
            extra={100: FORM},
        )
    )
    (table,) = tables(document)
    assert table.texts == LETTERS
    assert table.edges == (115, 215, 315)


@pytest.mark.parametrize(
    ("page", "box"),
    [
        ("", (100, 102, 200, 122)),
        ("/CropBox [50 600 500 800]", (50, 60, 150, 80)),
        ("/Rotate 90", (720, 100, 740, 200)),
        ("/Rotate 180", (395, 720, 495, 740)),
        ("/Rotate 270", (102, 395, 122, 495)),
    ],
)
def test_turned_and_cropped_pages(page, box):
    """The text is read upright; boxes are those of the page as a viewer shows it."""
    (table,) = tables(read(raw_pdf([two_by_two()], page=page)))
    assert table.texts == LETTERS
    assert table.boxes[0, 0] == box


@pytest.mark.parametrize(
    ("matrix", "box"),
    [
        ("0 -1 1 0 0 595", (720, 100, 740, 200)),
        ("0 1 -1 0 842 0", (102, 395, 122, 495)),
        ("-1 0 0 -1 842 842", (642, 473, 742, 493)),
    ],
)
def test_text_set_on_its_side_without_a_word_of_it(matrix, box):
    (table,) = tables(read(raw_pdf([f"q {matrix} cm {two_by_two()} Q"], box="[0 0 842 595]")))
    assert table.texts == LETTERS
    assert table.boxes[0, 0] == box


def test_a_document_with_an_empty_password_opens():
    assert tables(read(raw_pdf([two_by_two()], password="")))[0].texts == LETTERS


def test_places_count_pages_tables_and_rows():
    two = two_by_two() + two_by_two(bottom=500)
    document = read(raw_pdf([two, two_by_two()]))
    places = [(p.page, p.table, p.row) for table in tables(document) for p in table.places]
    assert places == [(1, 1, 1), (1, 1, 2), (1, 2, 1), (1, 2, 2), (2, 1, 1), (2, 1, 2)]
    source = tables(document)[1].at(1, 0)
    assert (source.quote, source.page, source.table, source.row, source.column) == ("C", 1, 2, 2, 1)


def test_lines_and_tables_come_in_reading_order():
    content = text(100, 780, "Title") + two_by_two() + text(100, 650, "Note")
    blocks = read(raw_pdf([content])).blocks
    assert [type(block) for block in blocks] == [Line, Table, Line]


# Chinese documents set by typst


def test_a_title_with_an_underline_stays_a_line():
    (title, table) = read(
        typst_pdf(
            '#set text(font: "Noto Sans SC")\n#underline[*部门项目支出绩效目标表*]\n'
            "#table(columns: 2, [项目名称], [道路养护])"
        )
    ).blocks
    assert title.text == "部门项目支出绩效目标表"
    assert table.texts == [["项目名称", "道路养护"]]


def test_labels_set_on_their_side():
    source = (
        '#set text(font: "Noto Sans SC")\n#table(columns: 2, '
        "rotate(-90deg, reflow: true)[绩效指标], [产出], rotate(90deg, reflow: true)[效益指标], [提升])"
    )
    (table,) = tables(read(typst_pdf(source)))
    assert table.texts == [["绩效指标", "产出"], ["效益指标", "提升"]]


def test_radicals_that_look_like_characters_are_characters():
    (table,) = tables(
        read(
            typst_pdf(
                '#set text(font: "Noto Sans SC")\n#table(columns: 1, [\u2f00级指标], [\u2f08数])'
            )
        )
    )
    assert table.texts == [["一级指标"], ["人数"]]


@pytest.mark.parametrize("rules", ["all", OPEN, HORIZONTAL])
def test_the_sixteen_forms(rules):
    for grid in seed_grids():
        (table,) = tables(read(pdf_of([Printed(grid, rules=rules)])))
        assert squeezed(table.texts) == squeezed(grid.texts)
        if rules != HORIZONTAL:
            assert table.spans == dict(grid.spans)


LIST = Grid(
    [
        ["序号", "项目名称", "预算数"],
        ["1", "道路养护", "100.00"],
        ["2", "绿化", ""],
        ["3", "环境整治与垃圾清运", "5.50"],
    ]
)


def test_a_list_without_rulings_is_cut_by_its_columns():
    document = read(pdf_of(["说明文字不是表格的一部分。", Printed(LIST, rules=NONE)]))
    (table,) = tables(document)
    assert table.texts == LIST.texts
    assert not table.merges_known


def test_prose_without_rulings_stays_lines():
    document = read(pdf_of(["按照预算绩效管理工作的总体要求，编报绩效目标的项目共有五个。" * 12]))
    assert not tables(document)
    assert len(lines(document)) > 5


def test_forms_over_pages_are_whole_after_the_repair():
    grids = seed_grids()
    blocks = [
        block
        for number, grid in enumerate(grids)
        for block in (Words("说明段落，按要求填报。" * (3 + number)), Printed(grid, size=12))
    ]
    document = read(pdf_of(blocks, margin=90, footer=True))
    assert len(tables(document)) > len(grids)
    found = tables(REPAIR.apply(document))
    assert [squeezed(table.texts) for table in found] == [squeezed(grid.texts) for grid in grids]
    assert [table.spans for table in found] == [dict(grid.spans) for grid in grids]


def test_one_form_a_page_stays_one_form_a_page():
    blocks = [block for grid in seed_grids()[:4] for block in (grid, PageBreak())]
    document = read(pdf_of(blocks, footer=True))
    assert REPAIR.apply(document) is document


# Real documents beside the project


def corpus(folder: str) -> Path:
    path = CORPUS / folder
    if not path.exists():
        pytest.skip(f"{path} is not beside this checkout")
    return path


def test_real_forms_cell_by_cell():
    folder = corpus("101-shanghai-wanli-2023-pdf")
    document = REPAIR.apply(read((folder / "source.pdf").read_bytes()))
    found = {table.places[0].page: table.texts for table in tables(document)}
    expected = json.loads((folder / "derived.pdfplumber-tables.json").read_text("utf-8"))
    for page in expected:
        (truth,) = page["tables"]
        assert found[page["page"]] == [[text or "" for text in row] for row in truth]
    assert not document.problems


def test_a_real_budget_without_forms_joins_only_its_long_tables():
    folder = corpus("106-shanghai-sfj-2026-negative")
    document = REPAIR.apply(read((folder / "source.pdf").read_bytes()))
    assert [repair.at.page for repair in document.repairs] == [10, 12, 15, 19]


def test_text_typed_into_a_fillable_field_is_read():
    shown = stream(
        b"/Tx BMC q BT /F1 12 Tf 2 6 Td (Answer 95) Tj ET Q EMC",
        "/Type /XObject /Subtype /Form /BBox [0 0 120 22] /Resources << /Font << /F1 3 0 R >> >>",
    )
    widget = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Answer 95) /DA (/F1 12 Tf 0 g)"
        b" /Rect [80 740 200 762] /P 10 0 R /F 4 /AP << /N 101 0 R >> >>"
    )
    content = raw_pdf(
        [text(20, 750, "Title:")],
        page="/Annots [100 0 R]",
        extra={100: widget, 101: shown},
        catalog="/AcroForm << /Fields [100 0 R] /DR << /Font << /F1 3 0 R >> >> >>",
    )
    (shown_line,) = READER.read(SourceFile(name="表.pdf", content=content)).blocks
    assert "Title:\tAnswer 95" == shown_line.text

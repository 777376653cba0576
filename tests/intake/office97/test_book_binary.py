"""Old workbooks as Excel and WPS write them, built byte by byte: refusals first."""

import struct

import pytest

from jixiao.intake.choose import open_document
from jixiao.intake.document import SourceDocument, SourceFile
from tests.support.old_office import begin, book, book_file, ciphered, record, styles


def read(stream: bytes, name: str = "目标表.xls") -> SourceDocument:
    return open_document(SourceFile(name=name, content=book_file(stream)))


def shown(sheet: bytes, shared: bytes = b"") -> list[list[str]]:
    document = read(book({"表": sheet}, shared))
    assert document.problems == ()
    (table,) = document.blocks
    return table.texts


def wide(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def narrow(text: str) -> bytes:
    return struct.pack("<HB", len(text), 0) + text.encode("latin-1")


def label(row: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHH", row, column, 0) + wide(text))


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def short(row: int, column: int, value: int, style: int = 0) -> bytes:
    return record(0x027E, struct.pack("<HHHi", row, column, style, value))


def shared_label(row: int, column: int, index: int, style: int = 0) -> bytes:
    return record(0x00FD, struct.pack("<HHHI", row, column, style, index))


def formula(row: int, column: int, result: bytes, style: int = 0) -> bytes:
    return record(0x0006, struct.pack("<HHH", row, column, style) + result + bytes(8))


def strings(*parts: bytes, count: int) -> bytes:
    """The table of shared strings, each part but the first in a record that continues it."""
    first = struct.pack("<II", count, count) + parts[0]
    return record(0x00FC, first) + b"".join(record(0x003C, part) for part in parts[1:])


HELLO = label(0, 0, "甲")


def test_a_password_is_refused_with_the_way_out():
    locked = record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    document = read(book({"表": HELLO}, locked))
    (problem,) = document.problems
    assert (document.unreadable, problem.code) == (True, "INT004")
    assert "取消密码" in problem.message


@pytest.mark.parametrize("second", [False, True], ids=["Excel 97", "Excel 2002"])
def test_a_workbook_ciphered_with_a_real_password_stays_closed(second):
    document = read(ciphered(book({"表": HELLO}), "geheim", second=second))
    assert [problem.code for problem in document.problems] == ["INT004"]


@pytest.mark.parametrize("second", [False, True], ids=["Excel 97", "Excel 2002"])
def test_a_workbook_with_a_protected_order_of_sheets_opens(second):
    """Excel ciphers it with a word every program knows; people open it without a question."""
    rows = b"".join(label(row, 0, f"指标{row}") for row in range(200))
    stream = book({"表": rows, "二": number(0, 0, 0.95, 1)}, styles("0%"))
    document = read(ciphered(stream, "VelvetSweatshop", second=second))
    assert document.problems == ()
    first, last = document.blocks
    assert first.texts == [[f"指标{row}"] for row in range(200)]
    assert last.texts == [["95%"]]


@pytest.mark.parametrize(
    "stream",
    [
        b"",
        b"\x09\x08",
        bytes(5000),
        begin(5) + record(0x000A),
        begin(5),
        begin(5, 0x0200) + record(0x000A),
        book({"表": HELLO})[:40],
    ],
)
def test_senseless_streams_are_damage(stream):
    document = read(stream)
    assert document.unreadable
    assert [problem.code for problem in document.problems] == ["INT003"]


def test_what_stands_before_a_damage_is_read():
    whole = book({"一": HELLO, "二": label(0, 0, "乙") + label(1, 0, "丙")})
    document = read(whole[: whole.index("丙".encode("utf-16-le")) - 9])
    assert [block.texts for block in document.blocks] == [[["甲"]], [["乙"]]]
    (problem,) = document.problems
    assert (problem.code, problem.source.sheet) == ("INT003", "二")


def test_sheets_that_begin_at_one_place_are_read_once():
    stream = bytearray(book({"表一": HELLO, "表二": HELLO}))
    first, second = (i for i in range(len(stream)) if stream[i : i + 4] == b"\x85\x00\x0c\x00")
    stream[second + 4 : second + 8] = stream[first + 4 : first + 8]
    document = read(bytes(stream))
    assert [block.texts for block in document.blocks] == [[["甲"]]]
    assert [problem.code for problem in document.problems] == ["INT003"]


@pytest.mark.parametrize("kind", [1, 6])
def test_macros_are_said_and_the_rest_is_read(kind):
    stream = bytearray(book({"表": HELLO, "宏": b""}))
    at = stream.rindex(struct.pack("<HH", 0x0085, 4 + 2 + 2 + 2))
    stream[at + 4 + 5] = kind
    document = read(bytes(stream))
    assert [problem.code for problem in document.problems] == ["INT006"]
    assert [block.texts for block in document.blocks] == [[["甲"]]]


def test_a_sheet_of_charts_is_passed_over():
    stream = bytearray(book({"表": HELLO, "图": HELLO}))
    at = stream.rindex(struct.pack("<HH", 0x0085, 4 + 2 + 2 + 2))
    stream[at + 4 + 5] = 2
    document = read(bytes(stream))
    assert (len(document.blocks), document.problems) == (1, ())


FORMATS = ["0%", "000", "yyyy/m/d", "#,##0.00", "@", '0.0"万元"', 9, 14, 0]
SHOWN = {
    "percent": (number(0, 0, 0.95, 1), "95%"),
    "leading zeros": (number(0, 0, 55.0, 2), "055"),
    "date": (number(0, 0, 44562.0, 3), "2022/1/1"),
    "thousands": (number(0, 0, 1234.5, 4), "1,234.50"),
    "text format": (number(0, 0, 55.0, 5), "55"),
    "words in the format": (number(0, 0, 1.25, 6), "1.3万元"),
    "built-in percent": (number(0, 0, 0.5, 7), "50%"),
    "built-in date": (number(0, 0, 44562.0, 8), "2022/1/1"),
    "general": (number(0, 0, 95.0, 9), "95"),
    "general with decimals": (number(0, 0, 0.1 + 0.2, 0), "0.3"),
    "large whole number": (number(0, 0, 123456789012.0, 0), "123456789012"),
    "negative": (number(0, 0, -1.5, 0), "-1.5"),
    "short whole number": (short(0, 0, 95 << 2 | 2), "95"),
    "short negative": (short(0, 0, -(3 << 2) | 2), "-3"),
    "short in hundredths": (short(0, 0, 9850 << 2 | 3), "98.5"),
    "short upper half": (short(0, 0, 0x3FF80000), "1.5"),
    "short with a format": (short(0, 0, 95 << 2 | 3, 1), "95%"),
    "an unknown style": (number(0, 0, 5.0, 999), "5"),
    "true": (record(0x0205, struct.pack("<HHHBB", 0, 0, 0, 1, 0)), "TRUE"),
    "error": (record(0x0205, struct.pack("<HHHBB", 0, 0, 0, 7, 1)), "#DIV/0!"),
    "formula's number": (formula(0, 0, struct.pack("<d", 0.95), 1), "95%"),
    "formula's text": (
        formula(0, 0, b"\0" * 6 + b"\xff\xff") + record(0x0207, wide("达标")),
        "达标",
    ),
    "formula's text behind a shared formula": (
        formula(0, 0, b"\0" * 6 + b"\xff\xff")
        + record(0x04BC, bytes(10))
        + record(0x0207, narrow("ok")),
        "ok",
    ),
    "formula's truth": (formula(0, 0, b"\1\0\1\0\0\0\xff\xff"), "TRUE"),
    "formula's error": (formula(0, 0, b"\2\0\x2a\0\0\0\xff\xff"), "#N/A"),
    "rich label": (record(0x00D6, struct.pack("<HHH", 0, 0, 0) + wide("值") + bytes(6)), "值"),
    "control characters": (label(0, 0, "一\x00\x07二"), "一二"),
    "line breaks": (label(0, 0, "一\r\n二"), "一\n二"),
}


@pytest.mark.parametrize("case", SHOWN)
def test_shown_as_in_the_cell(case):
    sheet, expected = SHOWN[case]
    assert shown(sheet, styles(*FORMATS)) == [[expected]]


def test_empty_answers_of_formulas_show_nothing():
    empty = formula(0, 1, b"\3\0\0\0\0\0\xff\xff")
    assert shown(HELLO + empty) == [["甲"]]


def test_a_formula_that_nobody_has_computed_is_said():
    waiting = formula(0, 1, b"\3\0\0\0\0\0\xff\xff")
    waiting = waiting[:18] + b"\3" + waiting[19:]
    document = read(book({"表": HELLO + waiting}))
    (problem,) = document.problems
    assert problem.code == "INT026"
    assert "B1" in problem.message


def test_many_short_numbers_in_one_record():
    body = struct.pack("<HH", 0, 1)
    body += b"".join(struct.pack("<Hi", 0, value << 2 | 2) for value in (7, 8, 9))
    assert shown(HELLO + record(0x00BD, body + struct.pack("<H", 3))) == [["甲", "7", "8", "9"]]


def test_numbers_of_the_calendar_of_1904():
    shared = styles("yyyy-m-d") + record(0x0022, b"\1\0")
    assert shown(number(0, 0, 1.0, 1), shared) == [["1904-1-2"]]


LONG = "指标" * 30
SHARED = {
    "in one record": ((wide("甲") + narrow("ab") + wide("乙"),), ["甲", "ab", "乙"]),
    "cut between strings": ((wide("甲"), wide("乙")), ["甲", "乙"]),
    "cut within characters": (
        (wide(LONG)[:43], b"\x01" + wide(LONG)[43:] + narrow("b")),
        [LONG, "b"],
    ),
    "narrower behind the cut": (
        (struct.pack("<HB", 4, 1) + "甲乙".encode("utf-16-le"), b"\x00ab" + wide("丙")),
        ["甲乙ab", "丙"],
    ),
    "runs of looks": (
        (struct.pack("<HBH", 1, 9, 2) + "甲".encode("utf-16-le") + bytes(8) + wide("乙"),),
        ["甲", "乙"],
    ),
    "runs of looks over a cut": (
        (struct.pack("<HBH", 1, 9, 2) + "甲".encode("utf-16-le") + bytes(4), bytes(4) + wide("乙")),
        ["甲", "乙"],
    ),
    "readings": (
        (struct.pack("<HBI", 1, 5, 6) + "甲".encode("utf-16-le") + bytes(6) + wide("乙"),),
        ["甲", "乙"],
    ),
    "empty ones": ((wide("") + wide("甲"),), ["", "甲"]),
}


@pytest.mark.parametrize("case", SHARED)
def test_shared_strings(case):
    parts, expected = SHARED[case]
    sheet = b"".join(shared_label(0, column, column) for column in range(len(expected)))
    assert shown(sheet + label(1, 0, "尾"), strings(*parts, count=len(expected)))[0] == expected


def test_a_missing_string_is_said():
    document = read(
        book({"表": shared_label(0, 0, 0) + shared_label(1, 0, 7)}, strings(wide("甲"), count=9))
    )
    (problem,) = document.problems
    assert problem.code == "INT003"
    assert "A2" in problem.message


def test_a_text_format_adds_its_words():
    shared = styles('@"元"') + strings(wide("五"), count=1)
    assert shown(shared_label(0, 0, 0, 1), shared) == [["五元"]]


def test_merged_areas_and_hidden_columns():
    merged = record(0x00E5, struct.pack("<HHHHH", 1, 0, 1, 0, 1))
    sheet = label(0, 0, "甲") + label(0, 2, "乙") + label(1, 2, "丙") + merged
    document = read(book({"表": sheet}))
    (table,) = document.blocks
    assert (table.texts, table.spans) == ([["甲", "", "乙"], ["", "", "丙"]], {(0, 0): (2, 2)})
    hidden = record(0x007D, struct.pack("<HHHHH", 2, 2, 0, 0, 1))
    document = read(book({"表": hidden + sheet}))
    assert [block.texts for block in document.blocks] == [[["甲"]]]


def test_sheets_have_their_names_and_places():
    document = read(book({"附件1": label(2, 1, "甲"), "附件2": label(0, 0, "乙")}))
    first, second = (block.at(0, 0) for block in document.blocks)
    assert (first.sheet, first.cell, second.sheet, second.cell) == ("附件1", "B3", "附件2", "A1")


def test_a_chart_within_a_sheet_does_not_end_it():
    chart = begin(0x20) + label(5, 5, "图") + record(0x000A)
    assert shown(HELLO + chart + label(1, 0, "乙")) == [["甲"], ["乙"]]


def test_excel_95_with_its_code_page():
    text = "绩效".encode("gbk")
    cell = record(0x0204, struct.pack("<HHHH", 0, 0, 0, len(text)) + text)
    style = record(0x00E0, struct.pack("<HH", 0, 0) + bytes(12))
    shared = record(0x0042, struct.pack("<H", 936)) + style
    content = book_file(book({"表一": cell}, shared, 0x0500), "Book")
    document = open_document(SourceFile(name="表.xls", content=content))
    assert document.problems == ()
    assert [(block.texts, block.at(0, 0).sheet) for block in document.blocks] == [
        ([["绩效"]], "表一")
    ]

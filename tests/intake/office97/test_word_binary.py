"""Old Word documents as Word and WPS write them, built byte by byte: refusals first."""

import struct

import pytest

from jixiao.intake import conversion
from jixiao.intake.choose import open_document
from jixiao.intake.document import Line, SourceDocument, SourceFile, Table
from jixiao.intake.office97.word_blocks import Story, add_blocks
from jixiao.intake.office97.word_rows import Shape
from jixiao.intake.office97.word_tree import CellNode, Paragraph, RowNode, TableNode
from tests.story.ole_files import compound_file
from tests.support.old_office import (
    CELL,
    IN_TABLE,
    ROW,
    ROW_END,
    WordFile,
    Words,
    row_shape,
    setting,
    table_row,
)

HIDDEN, DELETED, INSERTED = setting(0x083C), setting(0x0800), setting(0x0801)
SPECIAL = setting(0x0855)
DEPTH_2 = IN_TABLE + setting(0x6649, 2)
INNER_CELL, INNER_ROW = DEPTH_2 + setting(0x244B), DEPTH_2 + setting(0x244B) + setting(0x244C)
TWO = row_shape([0, 1000, 2000], [0, 0])
RESTARTS, CONTINUES = 0x60, 0x20


def read(file: WordFile, name: str = "目标表.doc") -> SourceDocument:
    return open_document(SourceFile(name=name, content=file.packed()))


def shown(document: SourceDocument) -> list[object]:
    assert document.problems == ()
    return [
        (block.texts, block.spans) if isinstance(block, Table) else block.text
        for block in document.blocks
    ]


def line(*words: Words, **more: object) -> list[object]:
    return shown(read(WordFile(words, **more)))


PLAIN = WordFile([Words("标题\r")])


@pytest.mark.parametrize("flags", [0x100, 0x8100], ids=["encrypted", "hidden by a short key"])
def test_protected_documents_are_refused_with_the_way_out(flags):
    document = read(PLAIN._replace(flags=flags))
    (problem,) = document.problems
    assert (document.unreadable, problem.code) == (True, "INT004")
    assert "目标表.doc" in problem.message
    assert "取消密码" in problem.message


def test_word_leaves_only_the_first_bytes_of_a_protected_document_readable():
    """A document that Word ciphered was once called damaged: what follows makes no sense."""
    streams = PLAIN._replace(flags=0x100).streams()
    document = streams["WordDocument"]
    content = compound_file(streams | {"WordDocument": document[:68] + b"\xd7" * 4000})
    found = open_document(SourceFile(name="表.doc", content=content))
    assert [problem.code for problem in found.problems] == ["INT004"]


@pytest.mark.parametrize(
    ("stream", "offset", "value"),
    [
        ("WordDocument", 0x1A2, 0xFFFFFFF0),
        ("WordDocument", 0x1A6, 0),
        ("WordDocument", 0x4C, 0x7FFFFFFF),
        ("WordDocument", 0x4C, 0xFFFFFFFF),
        ("WordDocument", 0x102, 0x10000),
        ("1Table", 4, 0xFFFFFFFF),
    ],
)
def test_senseless_places_are_damage(stream, offset, value):
    streams = PLAIN.streams()
    broken = bytearray(streams[stream])
    struct.pack_into("<I", broken, offset, value)
    content = compound_file(streams | {stream: bytes(broken)})
    document = open_document(SourceFile(name="表.doc", content=content))
    assert {problem.code for problem in document.problems} <= {"INT003"}
    assert document.unreadable or shown(document) == ["标题"]


def test_a_missing_table_stream_is_damage():
    content = compound_file({"WordDocument": PLAIN.streams()["WordDocument"]})
    document = open_document(SourceFile(name="表.doc", content=content))
    assert [problem.code for problem in document.problems] == ["INT003"]


def test_word_95_without_libreoffice_names_the_way_out(monkeypatch):
    monkeypatch.setattr(conversion, "program", lambda: None)
    document = read(PLAIN._replace(version=0x68))
    (problem,) = document.problems
    assert (document.unreadable, problem.code) == (True, "INT002")
    assert "Word 95" in problem.message
    assert "LibreOffice" in problem.message
    assert ".docx" in problem.message


def test_a_workbook_within_a_document_does_not_mislead():
    content = compound_file(PLAIN.streams() | {"Workbook": bytes(100)})
    assert shown(open_document(SourceFile(name="表.doc", content=content))) == ["标题"]


def test_the_other_table_stream():
    assert line(Words("标题\r"), table_stream="0Table") == ["标题"]


def test_both_table_streams_and_the_flag_decides():
    streams = PLAIN.streams()
    content = compound_file(streams | {"0Table": bytes(100)})
    assert shown(open_document(SourceFile(name="表.doc", content=content))) == ["标题"]


def test_eight_bit_pieces_among_others():
    text = "≥95% “A·B” ×\r"
    pieces = [(0, 1, False, 0), (1, len(text), True, 0)]
    assert line(Words(text), pieces=pieces) == ["≥95% “A·B” ×"]


def test_a_fast_save_leaves_pieces_in_any_order():
    pieces = [(0, 2, False, 0), (2, 4, False, 0), (4, 7, True, 0), (7, 10, False, 0)]
    words = [Words("产出指标数"[:3] + "\r"), Words("abcd值\r")]
    assert line(*words, pieces=pieces, order=[2, 0, 3, 1]) == ["产出指", "abcd值"]


def test_settings_of_a_piece_in_long_and_short_form():
    words = [Words("甲乙丙丁\r")]
    long = [(0, 1, False, 0), (1, 2, False, 3), (2, 5, False, 0)]
    assert line(*words, pieces=long, lists=[b"", HIDDEN]) == ["甲丙丁"]
    deleted = 0x41 << 1 | 1 << 8
    short = [(0, 3, False, 0), (3, 4, False, deleted), (4, 5, False, 0)]
    assert line(*words, pieces=short) == ["甲乙丙"]


def test_row_ends_told_by_pieces():
    words = [Words("甲" + CELL, IN_TABLE), Words("乙" + CELL, IN_TABLE), Words(ROW, IN_TABLE)]
    pieces = [(0, 4, False, 0), (4, 5, False, 1), (5, 7, False, 0)]
    found = line(*words, Words("后\r"), pieces=pieces, lists=[setting(0x2417) + TWO])
    assert found == [([["甲", "乙"]], {}), "后"]


def test_characters_beyond_the_first_plane_move_nothing():
    words = Words("𠮷甲乙\r", runs=[(3, 4, HIDDEN)])
    assert line(words, Words("丙\r")) == ["𠮷甲", "丙"]


PARAGRAPHS = {
    "tab, breaks, hyphens": (Words("a\tb\x0bc\x0ed\x1ee\x1ff\r"), "a\tb\nc\nd-ef"),
    "pictures, notes and anchors show nothing": (Words("甲\x01\x02\x05\x08乙\r"), "甲乙"),
    "a field's result": (Words("\x13 DATE \x142022\x15年\r"), "2022年"),
    "a field in an instruction": (Words("\x13IF \x13REF\x14x\x15\x14真\x15\r"), "真"),
    "a field without a result": (Words("甲\x13 EQ \x15乙\r"), "甲乙"),
    "a field that never ends": (Words("甲\x13 DATE\r"), "甲"),
    "an end without a field": (Words("甲\x15乙\r"), "甲乙"),
    "hidden": (Words("甲乙丙\r", runs=[(1, 2, HIDDEN)]), "甲丙"),
    "hidden against the style": (Words("甲乙\r", runs=[(1, 2, setting(0x083C, 0x81))]), "甲"),
    "hidden as the style": (Words("甲乙\r", runs=[(1, 2, setting(0x083C, 0x80))]), "甲乙"),
    "deleted": (Words("甲乙丙\r", runs=[(0, 1, DELETED)]), "乙丙"),
    "inserted": (Words("甲乙丙\r", runs=[(0, 1, INSERTED)]), "甲乙丙"),
    "a page break within": (Words("甲\x0c乙\r"), "甲\n乙"),
    "a symbol": (
        Words("指标(95%\r", runs=[(2, 3, SPECIAL + setting(0x6A09, 0xF0B3 << 16))]),
        "指标≥95%",
    ),
    "set in a font of pictures": (
        Words("\uf0fe是\r", runs=[(0, 1, setting(0x4A4F, 1))]),
        "☑是",
    ),
    "private characters of another font": (Words("\uf0fe是\r"), "\uf0fe是"),
    "other settings around": (
        Words("甲乙\r", runs=[(0, 2, setting(0x4A43, 21) + setting(0x0835) + HIDDEN)]),
        "",
    ),
}


@pytest.mark.parametrize("case", PARAGRAPHS)
def test_paragraph(case):
    words, expected = PARAGRAPHS[case]
    assert line(words, Words("尾\r"), fonts=["Symbol", "Wingdings"]) == [
        *filter(None, [expected]),
        "尾",
    ]


@pytest.mark.parametrize(
    ("answer", "default", "sign"), [(0, 0, "☐"), (1, 0, "☑"), (25, 1, "☑"), (25, 0, "☐")]
)
def test_boxes_of_form_fields(answer, default, sign):
    name = struct.pack("<H", 1) + "选".encode("utf-16-le") + b"\0\0"
    head = struct.pack("<IH", 0x80, 0x44).ljust(0x44, b"\0")
    field = struct.pack("<IHHH", 0xFFFFFFFF, 1 | answer << 2, 0, 0)
    data = bytes(16) + head + field + name + struct.pack("<H", default)
    text = "\x13 FORMCHECKBOX \x01\x14\x15是\r"
    at = text.index("\x01")
    words = Words(text, runs=[(at, at + 1, SPECIAL + setting(0x6A03, 16))])
    assert line(words, data=data) == [f"{sign}是"]


def test_a_deleted_paragraph_mark_joins_the_next():
    assert line(Words("甲\r", runs=[(1, 2, DELETED)]), Words("乙\r")) == ["甲乙"]


def test_a_section_ends_a_paragraph():
    assert line(Words("甲\x0c"), Words("乙\r")) == ["甲", "乙"]


def test_lines_count_all_paragraphs():
    document = read(WordFile([Words("甲\r"), Words("\r"), Words("乙\r")]))
    assert [
        (block.text, block.place.line) for block in document.blocks if isinstance(block, Line)
    ] == [("甲", 1), ("乙", 3)]


GRIDS = {
    "plain": ([table_row(["甲", "乙"], TWO)], [["甲", "乙"]], {}),
    "a cell over two columns": (
        [table_row(["甲", "乙"], TWO), table_row(["丙"], row_shape([0, 2000], [0]))],
        [["甲", "乙"], ["丙", ""]],
        {(1, 0): (1, 2)},
    ),
    "edges that nearly meet": (
        [table_row(["甲", "乙"], TWO), table_row(["丙", "丁"], row_shape([3, 1012, 1995]))],
        [["甲", "乙"], ["丙", "丁"]],
        {},
    ),
    "a very narrow cell is a cell": (
        [table_row(["甲", "乙", "丙"], row_shape([0, 10, 1000, 2000])), table_row(["丁"], TWO)],
        [["甲", "乙", "丙"], ["丁", "", ""]],
        {(1, 0): (1, 2)},
    ),
    "a row that begins further right": (
        [table_row(["甲", "乙"], TWO), table_row(["丙"], row_shape([1000, 2000]))],
        [["甲", "乙"], ["", "丙"]],
        {},
    ),
    "merged down": (
        [
            table_row(["甲", "乙"], row_shape([0, 1000, 2000], [RESTARTS, 0])),
            table_row(["", "丙"], row_shape([0, 1000, 2000], [CONTINUES, 0])),
            table_row(["丁", "戊"], row_shape([0, 1000, 2000], [RESTARTS, 0])),
        ],
        [["甲", "乙"], ["", "丙"], ["丁", "戊"]],
        {(0, 0): (2, 1)},
    ),
    "merged down by a setting of its own": (
        [
            table_row(["甲", "乙"], TWO, setting(0xD62B, b"\x02\x00\x03")),
            table_row(["", "丙"], TWO, setting(0xD62B, b"\x02\x00\x01")),
        ],
        [["甲", "乙"], ["", "丙"]],
        {(0, 0): (2, 1)},
    ),
    "a first row that continues": (
        [table_row(["甲", "乙"], row_shape([0, 1000, 2000], [CONTINUES, 0]))],
        [["甲", "乙"]],
        {},
    ),
    "merged across, as the present description numbers it": (
        [table_row(["甲", "", "乙"], row_shape([0, 1000, 2000, 3000], [2, 1, 0]))],
        [["甲", "", "乙"]],
        {(0, 0): (1, 2)},
    ),
    "merged across, as the first description numbered it": (
        [table_row(["甲", "", "乙", ""], row_shape([0, 1000, 2000, 3000, 4000], [1, 2, 1, 2]))],
        [["甲", "", "乙", ""]],
        {(0, 0): (1, 2), (0, 2): (1, 2)},
    ),
    "merged across by a setting of its own": (
        [table_row(["甲", "", "乙"], row_shape([0, 1000, 2000, 3000]), setting(0x5624, b"\0\2"))],
        [["甲", "", "乙"]],
        {(0, 0): (1, 2)},
    ),
    "merged and split again": (
        [
            table_row(
                ["甲", "乙", "丙"],
                row_shape([0, 1000, 2000, 3000]),
                setting(0x5624, b"\0\2") + setting(0x5625, b"\0\2"),
            )
        ],
        [["甲", "乙", "丙"]],
        {},
    ),
    "cells put in and taken out after the definition": (
        [
            table_row(["甲", "乙", "丙"], row_shape([0, 1000, 2000, 3000])),
            table_row(
                ["丁", "戊"],
                TWO,
                setting(0x7621, struct.pack("<BBh", 1, 1, 1000)) + setting(0x5622, b"\0\1"),
            ),
        ],
        [["甲", "乙", "丙"], ["丁", "戊", ""]],
        {},
    ),
    "widths set after the definition": (
        [
            table_row(["甲", "乙"], row_shape([0, 1000, 3000])),
            table_row(["丙", "丁"], TWO, setting(0x7623, struct.pack("<BBh", 1, 2, 2000))),
        ],
        [["甲", "乙"], ["丙", "丁"]],
        {},
    ),
    "the definition of Word 6": (
        [table_row(["甲", "", "乙"], row_shape([0, 1000, 2000, 3000], [1, 2, 0], 0xD606, 10))],
        [["甲", "", "乙"]],
        {(0, 0): (1, 2)},
    ),
    "a definition that is replaced": (
        [table_row(["甲", "乙"], row_shape([0, 500, 900]) + TWO), table_row(["丙", "丁"], TWO)],
        [["甲", "乙"], ["丙", "丁"]],
        {},
    ),
    "no definition": ([table_row(["甲", "乙"], b"")], [["甲", "乙"]], {}),
    "fewer cells than defined": ([table_row(["甲"], TWO)], [["甲"]], {}),
    "more cells than defined": ([table_row(["甲", "乙", "丙"], TWO)], [["甲", "乙", "丙"]], {}),
    "edges that run backwards": (
        [table_row(["甲", "乙"], row_shape([1000, 500, 200]))],
        [["甲", "乙"]],
        {},
    ),
}


@pytest.mark.parametrize("case", GRIDS)
def test_grid(case):
    rows, texts, spans = GRIDS[case]
    words = [one for row in rows for one in row]
    assert line(*words, Words("后\r")) == [(texts, spans), "后"]


def test_a_table_in_which_the_document_ends():
    words = [Words("甲" + CELL, IN_TABLE), Words("乙" + CELL, IN_TABLE)]
    assert line(*words) == [([["甲", "乙"]], {})]


def test_paragraphs_of_a_cell_are_lines():
    words = [Words("一\r", IN_TABLE), *table_row(["二", "三"], TWO), Words("后\r")]
    assert line(*words) == [([["一\n二", "三"]], {}), "后"]


def test_settings_kept_in_the_data_stream():
    shape = row_shape([0, 1000, 2000], [RESTARTS, 0])
    data = bytes(8) + struct.pack("<H", len(ROW_END + shape)) + ROW_END + shape
    for number in (0x6645, 0x6646, 0x646B):
        words = [
            *table_row(["甲", "乙"], b"")[:2],
            Words(ROW, setting(0x2416) + setting(number, 8)),
            *table_row(["", "丙"], row_shape([0, 1000, 2000], [CONTINUES, 0])),
        ]
        found = line(*words, data=data)
        assert found == [([["甲", "乙"], ["", "丙"]], {(0, 0): (2, 1)})]


def test_nested_tables_follow_the_outer_one():
    words = [
        Words("外\r", IN_TABLE),
        Words("内甲\r", INNER_CELL),
        Words("内乙\r", INNER_CELL),
        Words("\r", INNER_ROW + TWO),
        *table_row(["", "乙"], TWO),
        Words("后\r"),
    ]
    assert line(*words) == [([["外", "乙"]], {}), ([["内甲", "内乙"]], {}), "后"]


def test_a_frame_around_a_form_is_no_table():
    words = [
        Words("标题\r", IN_TABLE),
        Words("内甲\r", INNER_CELL),
        Words("内乙\r", INNER_CELL),
        Words("\r", INNER_ROW + TWO),
        *table_row([""], row_shape([0, 2000])),
        Words("后\r"),
    ]
    assert line(*words) == ["标题", ([["内甲", "内乙"]], {}), "后"]


def test_depth_has_bounds():
    deep = IN_TABLE + setting(0x6649, 0x7FFFFFFF)
    assert "甲" in str(line(Words("甲\r", deep), Words("后\r")))


def test_a_deleted_row_is_not_there():
    gone = table_row(["丙", "丁"], TWO)
    gone[-1] = gone[-1]._replace(runs=[(0, 1, DELETED)])
    words = [*table_row(["甲", "乙"], TWO), *gone, Words("后\r")]
    assert line(*words) == [([["甲", "乙"]], {}), "后"]


def test_text_boxes_stand_where_they_are_anchored():
    words = [Words("甲\x08\r"), Words("乙\r")]
    box = (1, [Words("盒\r"), Words("盒二\r")])
    assert line(*words, boxes=[box]) == ["甲", "盒", "盒二", "乙"]


def test_text_boxes_that_claim_the_same_text_are_read_once():
    words = [Words("甲\x08\r"), Words("乙\x08\r")]
    file = WordFile(words, boxes=[(1, [Words("盒\r")]), (4, [Words("盒二\r")])])
    streams = file.streams()
    (place,) = struct.unpack_from("<I", streams["WordDocument"], 0x9A + 8 * 56)
    table = bytearray(streams["1Table"])
    struct.pack_into("<III", table, place, 0, 5, 5)
    document = open_document(
        SourceFile(name="表.doc", content=compound_file(streams | {"1Table": bytes(table)}))
    )
    assert shown(document) == ["甲", "盒", "盒二", "乙"]


def test_a_table_in_a_text_box():
    box = (0, [*table_row(["内", "表"], TWO), Words("\r")])
    assert line(Words("\x08甲\r"), boxes=[box]) == ["甲", ([["内", "表"]], {})]


def test_text_boxes_without_an_anchor_come_last():
    assert line(Words("甲\r"), Words("乙\r"), boxes=[(1, [Words("盒\r")])]) == ["甲", "乙", "盒"]


def test_a_table_too_wide_is_left_out_and_counted():
    none = (False,) * 300
    rows = []
    for step in range(4):
        edges = tuple(step + 20 * number for number in range(301))
        cells = [CellNode([Paragraph("甲")]) for _ in none]
        rows.append(RowNode(cells, Shape(edges, none, none, none)))
    rows[0].shape = Shape((0, 1, *rows[0].shape.edges[2:]), none, none, none)
    story = Story()
    add_blocks([TableNode(rows), Paragraph("后")], story)
    assert [block.text for block in story.blocks] == ["后"]
    assert story.oversized == [1]

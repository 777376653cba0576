"""Tables torn by pages become one; neighbours that are two forms stay two."""

import pytest

from jixiao.intake.document import Line, RowPlace, SourceDocument, Table
from jixiao.intake.repairs.page_break import REPAIR

EDGES = (0.0, 60.0, 120.0, 200.0, 300.0)
HEAD = ["项目名称", "道路养护", "", ""]
HEADINGS = ["一级指标", "二级指标", "三级指标", "指标值"]
FIRST = ["产出指标", "数量指标", "养护里程", "≥30公里"]
LAST = ["", "质量指标", "验收合格率", "≥95%"]
NEXT = ["", "", "返修率", "≤1%"]
BENEFIT = ["效益指标", "社会效益指标", "出行便利", "提升"]


def table(page, *rows, edges=EDGES, spans=None, merges_known=True, sheet=None, top=700.0):
    places = [
        RowPlace(page=page, sheet=sheet, table=1, row=number) for number in range(1, len(rows) + 1)
    ]
    boxes = {
        (row, column): (edges[column], top + 10 * row, edges[column + 1], top + 10 * row + 10)
        for row in range(len(rows))
        for column in range(len(rows[0]))
        if edges
    }
    return Table(
        texts=[list(row) for row in rows],
        places=places,
        spans=spans or {},
        boxes=boxes,
        edges=edges,
        merges_known=merges_known,
    )


def line(page, text, top=50.0):
    box = None if page is None else (100.0, top, 200.0, top + 12)
    return Line(text=text, place=RowPlace(page=page), box=box)


def repaired(*blocks):
    document = SourceDocument(file="x.pdf", media_type="application/pdf", blocks=blocks)
    return REPAIR.apply(document)


def tables(document):
    return [block.texts for block in document.blocks if isinstance(block, Table)]


UPPER = (HEAD, HEADINGS, FIRST, LAST)


@pytest.mark.parametrize(
    ("name", "blocks"),
    [
        ("a form of its own", [table(1, *UPPER), table(2, HEAD, HEADINGS, FIRST)]),
        (
            "a title between",
            [table(1, *UPPER), line(2, "部门整体支出绩效目标表"), table(2, NEXT, BENEFIT)],
        ),
        ("a note under the table", [table(1, *UPPER), line(1, "注：以上单位为元"), table(2, NEXT)]),
        ("the same page", [table(1, *UPPER), table(1, NEXT, BENEFIT)]),
        ("a page between", [table(1, *UPPER), table(3, NEXT, BENEFIT)]),
        (
            "other borders",
            [table(1, *UPPER), table(2, NEXT, edges=(0.0, 30.0, 90.0, 150.0, 300.0))],
        ),
        (
            "another width",
            [table(1, *UPPER), table(2, NEXT, edges=(0.0, 60.0, 120.0, 200.0, 500.0))],
        ),
        ("two sheets", [table(None, *UPPER, sheet="一"), table(None, NEXT, sheet="二")]),
        (
            "text formats",
            [table(1, *UPPER, merges_known=False), table(2, NEXT, merges_known=False)],
        ),
        (
            "the same kind of form with another first label",
            [
                table(1, ["任务名称", "甲", "", ""], HEADINGS, FIRST),
                table(2, ["任务名称", "乙", "", ""], HEADINGS, FIRST),
            ],
        ),
        (
            "a table that ended high on its page",
            [
                table(1, *UPPER, top=100.0),
                table(2, ["科目", "预算", "决算", "差额"]),
            ],
        ),
        (
            "docx: another number of columns",
            [table(None, *UPPER, edges=()), table(None, NEXT[:3], edges=())],
        ),
        (
            "docx: a paragraph between",
            [
                table(None, *UPPER, edges=()),
                line(None, "二、整体情况"),
                table(None, NEXT, edges=()),
            ],
        ),
    ],
)
def test_two_tables_stay_two(name, blocks):
    document = repaired(*blocks)
    assert document.blocks == tuple(blocks), name
    assert document.repairs == ()


@pytest.mark.parametrize(
    ("name", "blocks"),
    [
        ("nothing between", [table(1, *UPPER), table(2, NEXT, BENEFIT)]),
        (
            "page numbers between",
            [
                table(1, *UPPER),
                line(1, "- 1 -", 800.0),
                table(2, NEXT, BENEFIT),
                line(2, "- 2 -", 800.0),
            ],
        ),
        (
            "a running head between",
            [line(1, "某县预算"), table(1, *UPPER), line(2, "某县预算"), table(2, NEXT, BENEFIT)],
        ),
        (
            "the title printed again",
            [
                line(1, "项目支出绩效目标表", 90.0),
                table(1, *UPPER),
                line(2, "项目支出绩效目标表", 40.0),
                line(2, "（续表）"),
                table(2, NEXT, BENEFIT),
            ],
        ),
        ("column headings printed again", [table(1, *UPPER), table(2, HEADINGS, NEXT, BENEFIT)]),
        (
            "the whole head printed again",
            [table(1, *UPPER), table(2, HEAD, HEADINGS, NEXT, BENEFIT)],
        ),
        ("docx", [table(None, *UPPER, edges=()), table(None, NEXT, BENEFIT, edges=())]),
    ],
)
def test_one_table(name, blocks):
    document = repaired(*blocks)
    assert tables(document) == [[*UPPER, NEXT, BENEFIT]], name
    assert [repair.code for repair in document.repairs] == ["page-break"]


def test_places_and_message_name_the_pages():
    document = repaired(table(1, *UPPER), table(2, NEXT, BENEFIT))
    (made,) = document.blocks
    assert [(place.page, place.row) for place in made.places][-2:] == [(2, 1), (2, 2)]
    assert document.repairs[0].message == "第 1 页的表格在第 2 页继续，已接成一张。"
    assert (document.repairs[0].at.page, document.repairs[0].at.quote) == (2, "返修率")


def test_three_pages():
    upper = table(1, *UPPER, spans={(2, 0): (2, 1)})
    document = repaired(upper, table(2, NEXT), table(3, BENEFIT))
    assert tables(document) == [[*UPPER, NEXT, BENEFIT]]
    assert len(document.repairs) == 2


def test_labels_go_on_below_the_break():
    upper = table(1, *UPPER, spans={(2, 0): (2, 1)})
    document = repaired(upper, table(2, NEXT, BENEFIT))
    made = document.blocks[0]
    assert made.spans == {(2, 0): (3, 1), (3, 1): (2, 1)}


def test_a_blank_amount_is_not_merged_with_the_amount_above():
    money = ["项目资金", "财政拨款", "60000", ""]
    document = repaired(table(1, HEAD, money), table(2, ["", "其他资金", "", ""], HEADINGS))
    made = document.blocks[0]
    assert made.spans == {(1, 0): (2, 1)}


def test_a_row_cut_in_two_becomes_one_and_keeps_both_places():
    cut = ["产出指标", "质量指标", "网格员走访村民、", "全覆盖"]
    rest = ["", "", "社区住户）", ""]
    document = repaired(table(1, HEAD, HEADINGS, cut), table(2, rest, BENEFIT))
    made = document.blocks[0]
    assert made.texts == [
        HEAD,
        HEADINGS,
        [*cut[:2], "网格员走访村民、\n社区住户）", "全覆盖"],
        BENEFIT,
    ]
    place = made.at(2, 2)
    assert (place.page, place.quote) == (1, "网格员走访村民、\n社区住户）")
    assert [(other.page, other.quote) for other in place.also] == [(2, "社区住户）")]
    assert "切断的一行" in document.repairs[0].message


def test_columns_of_both_halves_are_kept():
    edges = (0.0, 60.0, 120.0, 200.0, 250.0, 300.0)
    lower = table(2, ["", "", "返修率", "≤", "1%"], edges=edges)
    document = repaired(table(1, *UPPER), lower)
    made = document.blocks[0]
    assert made.edges == (0.0, 60.0, 120.0, 200.0, 250.0, 300.0)
    assert made.texts[2] == ["产出指标", "数量指标", "养护里程", "≥30公里", ""]
    assert made.spans[2, 3] == (1, 2)
    assert made.texts[4] == ["", "", "返修率", "≤", "1%"]


def test_columns_keep_the_numbers_they_have_on_their_page():
    upper = table(1, *UPPER, edges=(0.0, 30.0, 60.0, 120.0, 300.0))
    lower = table(2, ["效益指标", "社会效益指标", "出行便利"], edges=(0.0, 60.0, 120.0, 300.0))
    made = repaired(upper, lower).blocks[0]
    assert made.texts[4] == ["效益指标", "", "社会效益指标", "出行便利"]
    assert made.at(4, 2).column == 2


def test_a_title_at_the_foot_of_a_page_gets_its_form():
    document = repaired(
        table(1, ["项目支出绩效目标表", "", "", ""], ["（2024年度）", "", "", ""]), table(2, *UPPER)
    )
    assert [len(texts) for texts in tables(document)] == [6]


def test_a_label_printed_wholly_on_the_second_page():
    document = repaired(
        table(1, HEAD, HEADINGS, ["产出指标", "", "养护里程", "≥30公里"]),
        table(2, ["", "数量指标", "养护桥梁", "2座"]),
    )
    made = document.blocks[0]
    assert made.texts[2] == ["产出指标", "数量指标", "养护里程", "≥30公里"]
    assert made.spans == {(2, 0): (2, 1), (2, 1): (2, 1)}


def test_nothing_to_repair_is_the_same_document():
    document = SourceDocument(file="x", media_type="x", blocks=(line(1, "正文"),))
    assert REPAIR.apply(document) is document

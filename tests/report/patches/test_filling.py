"""Given texts in given cells: each is confirmed or told, and nothing else changes."""

import random

import pytest

from jixiao.foundation.location import SourceRef
from jixiao.intake.document import SourceFile
from jixiao.report.filling import fill
from jixiao.report.making import TAKEN_BACK
from jixiao.report.patch import Revision, place_of
from jixiao.report.recheck import Looks
from tests.report.patches.places import members, places_of
from tests.report.patches.revisions import rejected, texts_of
from tests.support.office_files import Grid, Sheet, docx_of, style_sheet, xlsx_around, xlsx_of
from tests.support.seed_forms import seed_grids

TEXTS = [["项目名称", "农村公路养护"], ["指标值", "≧ 30公里"], ["备注", ""]]
FILES = {
    "表.docx": docx_of([Grid(TEXTS)]),
    "表.xlsx": xlsx_of([Sheet("目标", Grid(TEXTS))]),
    "表.csv": "".join(f"{one},{two}\r\n" for one, two in TEXTS).encode(),
}


def _source(name: str, content: bytes | None = None) -> SourceFile:
    return SourceFile(name=name, content=FILES[name] if content is None else content)


def _place(name: str, quote: str) -> SourceRef:
    return next(at for at in places_of(_source(name)) if at.quote == quote)


def _reasons(filling) -> list[str]:
    return [item.reason for item in filling.left]


def _shown(name: str, content: bytes) -> set[str]:
    looks = Looks().at(SourceFile(name=name, content=content))
    return {text for texts in looks.texts.values() for text in texts}


@pytest.mark.parametrize("name", FILES)
def test_another_text_than_expected_is_told_and_the_rest_is_done(name):
    target, title = _place(name, "≧ 30公里"), _place(name, "农村公路养护")
    stale = SourceRef(**{key: getattr(title, key) for key in PLACE} | {"quote": "城市公路养护"})
    filling = fill(_source(name), {stale: "村道养护", target: "≥35公里"})
    assert [change.new for change in filling.done] == ["≥35公里"]
    assert len(filling.left) == 1
    assert _shown(name, filling.content) == _shown(name, FILES[name]) - {"≧ 30公里"} | {"≥35公里"}


PLACE = ("page", "sheet", "table", "row", "column", "cell", "line")


@pytest.mark.parametrize("name", ["表.docx", "表.xlsx"])
def test_what_stands_there_is_quoted(name):
    title = _place(name, "农村公路养护")
    stale = SourceRef(**{key: getattr(title, key) for key in PLACE} | {"quote": "城市公路养护"})
    filling = fill(_source(name), {stale: "村道养护"})
    assert _reasons(filling) == ["该处现在是“农村公路养护”，与给出的原文“城市公路养护”不同"]
    assert filling.content == FILES[name]


TITLE = {"quote": "农村公路养护", "table": 1, "row": 1, "column": 2}
REFUSED = {
    "joined": (SourceRef(**TITLE, also=(SourceRef(quote="护"),)), "甲", "接成"),
    "no such cell": (SourceRef(quote="", table=9, row=1, column=1), "甲", "找不到这个位置"),
    "nothing there": (SourceRef(quote="甲", table=9, row=1, column=1), "乙", "该处现在是空白"),
    "already so": (SourceRef(**TITLE), " 农村公路养护 ", "已经是这段文字"),
    "control signs": (SourceRef(**TITLE), "甲\x00", "控制字符"),
    "half a sign": (SourceRef(**TITLE), "甲\ud800", "控制字符"),
    "a tab": (SourceRef(**TITLE), "甲\t乙", "制表符"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_reason_and_without_a_touch(case):
    at, new, why = REFUSED[case]
    filling = fill(_source("表.docx"), {at: new})
    assert why in _reasons(filling)[0]
    assert filling.done == ()
    assert filling.content == FILES["表.docx"]


def test_two_texts_for_one_place_are_told():
    target = _place("表.docx", "≧ 30公里")
    part = SourceRef(quote="30", table=target.table, row=target.row, column=target.column)
    filling = fill(_source("表.docx"), {target: "≥35公里", part: "40"})
    assert _reasons(filling) == ["同一处给了两种改法"]
    assert [change.new for change in filling.done] == ["≥35公里"]


@pytest.mark.parametrize("name", FILES)
def test_filling_twice_changes_nothing(name):
    texts = {_place(name, "≧ 30公里"): "≥35公里"}
    once = fill(_source(name), texts)
    again = fill(_source(name, once.content), texts)
    assert again.done == ()
    assert again.content == once.content
    assert len(again.left) == 1


@pytest.mark.parametrize("name", ["表.docx", "表.xlsx"])
def test_a_blank_is_filled(name):
    target = _place(name, "备注")
    at = SourceRef(
        quote="", sheet=target.sheet, table=target.table, row=target.row, column=2,
        cell=None if target.cell is None else f"B{target.cell[1:]}",
    )  # fmt: skip
    filling = fill(_source(name), {at: "由县公路站实施"})
    assert _reasons(filling) == []
    assert "由县公路站实施" in _shown(name, filling.content)


def test_tracked_it_can_be_rejected():
    target = _place("表.docx", "≧ 30公里")
    filling = fill(_source("表.docx"), {target: "≥35公里"}, Revision())
    assert "≥35公里" in _shown("表.docx", filling.content)
    assert "≧ 30公里" in texts_of(rejected(filling.content))


@pytest.mark.parametrize("name", ["表.xlsx", "表.csv"])
def test_formats_without_revisions_say_so(name):
    filling = fill(_source(name), {_place(name, "≧ 30公里"): "≥35公里"}, Revision())
    assert _reasons(filling) == ["只有 Word 文档（.docx）能写成修订"]
    assert filling.content == FILES[name]


def test_a_format_that_cannot_be_changed_says_so():
    page = SourceFile(name="a.html", content=b"<table><tr><td>5</td><td>6</td></tr></table>")
    at = next(iter(places_of(page)))
    assert _reasons(fill(page, {at: "7"})) == ["此格式不能改原件"]


def _amounts(more: str = "") -> SourceFile:
    cells = (
        '<c r="A1" t="str"><v>金额</v></c><c r="B1"><v>30</v></c><c r="C1" s="1"><v>0.95</v></c>'
        '<c r="D1" s="2"><v>1234.5</v></c>'
    )
    sheet = f'<sheetData><row r="1">{cells}{more}</row></sheetData>'
    content = xlsx_around({"表": sheet}, "", style_sheet("0%", "#,##0.00"))
    return SourceFile(name="a.xlsx", content=content)


NUMBERS = [
    ("B1", "30", "35.5", '<c r="B1"><v>35.5</v></c>'),
    ("C1", "95%", "98%", '<c r="C1" s="1"><v>0.98</v></c>'),
    ("D1", "1,234.50", "2,000.00", '<c r="D1" s="2"><v>2000</v></c>'),
]


@pytest.mark.parametrize(("cell", "old", "new", "written"), NUMBERS)
def test_a_number_is_stored_as_one_in_the_format_of_its_cell(cell, old, new, written):
    source = _amounts()
    at = next(at for at in places_of(source) if at.cell == cell)
    assert at.quote == old
    filling = fill(source, {at: new})
    assert _reasons(filling) == []
    assert written in members(filling.content)["xl/worksheets/sheet1.xml"].decode()


def test_a_number_that_its_format_would_show_otherwise_is_taken_back():
    source = _amounts()
    at = next(at for at in places_of(source) if at.cell == "C1")
    filling = fill(source, {at: "98.5%"})
    assert _reasons(filling) == [TAKEN_BACK]
    assert filling.content == source.content


def test_a_number_stays_where_formulas_have_counted_with_it():
    source = _amounts('<c r="E1"><f>B1*2</f><v>60</v></c>')
    at = next(at for at in places_of(source) if at.cell == "B1")
    filling = fill(source, {at: "35"})
    assert "公式" in _reasons(filling)[0]
    assert filling.content == source.content


GRIDS = seed_grids()[4:7]
SEEDS = {
    "目标表.docx": docx_of(GRIDS),
    "目标表.xlsx": xlsx_of([Sheet(f"表{number}", grid) for number, grid in enumerate(GRIDS)]),
    "目标表.csv": "".join(",".join(row) + "\r\n" for grid in GRIDS for row in grid.texts).encode(),
}
SIGNS = "甲乙9 0%≥（，,&<\"'；。元"


HOW = [*((name, None) for name in SEEDS), ("目标表.docx", Revision())]


@pytest.mark.parametrize(("name", "revision"), HOW)
@pytest.mark.parametrize("seed", range(15))
def test_whatever_is_given_stands_there_and_nothing_else_has_changed(name, seed, revision):
    chance = random.Random(seed)
    source = _source(name, SEEDS[name])
    texts = {
        at: "始" + "".join(chance.choices(SIGNS, k=chance.randint(1, 9))).strip() + "末"
        for at in chance.sample(list(places_of(source)), 12)
    }
    filling = fill(source, texts, revision)
    assert _reasons(filling) == []
    looks = Looks()
    before = looks.at(source).texts
    after = looks.at(_source(name, filling.content)).texts
    wished = before | {place_of(at): (new,) for at, new in texts.items()}
    assert after == wished
    again = fill(_source(name, filling.content), texts, revision)
    assert (again.done, again.content) == ((), filling.content)

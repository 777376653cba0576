"""Words for people: fields, places, amounts, numbers of forms."""

from datetime import date

import pytest

from jixiao.foundation.location import SourceRef
from jixiao.report.findings import (
    arithmetic,
    day_words,
    in_ranges,
    rule_page,
    untold_arithmetic,
    verdict,
)
from jixiao.report.places import (
    column_words,
    field_words,
    file_name,
    form_name,
    money_words,
    place_words,
    total_words,
)
from tests.report.bundles import a_finding, bundle_of, empty_bundle, only_problems, tiny_form
from tests.support.forms import a_form

FIELDS = [
    ("", "全表"),
    ("indicators[3].target", "第 4 条指标 · 指标值"),
    ("indicators[0]", "第 1 条指标"),
    ("long_term_indicators[1].name", "第 2 条中长期指标 · 三级指标"),
    ("indicators", "指标表"),
    ("columns[2]", "表头第 3 列"),
    ("funding.total", "年度资金总额"),
    ("funding.lines[2].amount", "第 3 项资金"),
    ("narrative.goal", "年度总体目标"),
    ("narrative.tasks[0].amount", "第 1 项任务"),
    ("header.project_period", "项目期"),
    ("header.something_new", "表头信息"),
    ("suppress[4]", "豁免清单"),
    ("quite.unknown", "quite.unknown"),
]


@pytest.mark.parametrize(("path", "words"), FIELDS)
def test_field_words(path, words):
    assert field_words(path) == words


def test_column_words_leave_the_row_out():
    assert column_words("indicators[3].target") == "指标值"
    assert column_words("funding.total") == "年度资金总额"


PLACES = [
    (SourceRef(quote="x"), ""),
    (SourceRef(quote="x", line=7, column=2), "第 7 行"),
    (
        SourceRef(quote="x", page=2, table=1, row=3, column=4),
        "第 2 页 · 第 1 个表格 · 第 3 行第 4 列",
    ),
    (SourceRef(quote="x", sheet="目标", row=5, cell="C5"), "工作表“目标” · 单元格 C5"),
]


@pytest.mark.parametrize(("source", "words"), PLACES)
def test_place_words(source, words):
    assert place_words(source) == words


@pytest.mark.parametrize(
    ("numbers", "words"), [([], ""), ([3], "3"), ([1, 2, 3, 6], "1–3、6"), ([2, 1, 2], "1–2")]
)
def test_in_ranges(numbers, words):
    assert in_ranges(numbers) == words


def test_a_form_without_any_name_says_so():
    assert form_name(a_form(project="  ")) == "（未填名称）"
    assert form_name(a_form(department="055-某镇")) == "055-某镇"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (tiny_form(), "100,000 元"),
        (tiny_form(total="0"), "0 元"),
        (tiny_form(total=""), ""),
        (tiny_form(total="12.50", unit=""), "12.50 （单位未注明）"),
        (a_form(project="甲"), ""),
    ],
)
def test_money_words(form, words):
    assert money_words(form) == words


@pytest.mark.parametrize(
    ("forms", "words"),
    [
        ([], ""),
        ([tiny_form(total="10.5"), tiny_form(total="0")], "10.5 元"),
        ([tiny_form(), tiny_form(unit="万元")], ""),
        ([tiny_form(), tiny_form(total="")], ""),
        ([tiny_form(unit="")], ""),
    ],
)
def test_totals_are_added_only_where_all_are_stated_in_one_unit(forms, words):
    assert total_words(forms) == words


def test_only_evidence_with_a_chinese_name_is_shown_and_only_money_is_grouped():
    finding = a_finding(
        evidence={"rows": "7", "资金（元）": "4902018", "编号": "20220001", "差": ""}
    )
    assert arithmetic(finding) == (("资金（元）", "4,902,018"), ("编号", "20220001"))


def test_numbers_the_message_states_are_not_said_again():
    finding = a_finding(message="相差 4,902,018 元", evidence={"差（元）": "4902018", "比": "60%"})
    assert untold_arithmetic(finding) == (("比", "60%"),)


def test_no_day_at_all_is_not_the_year_9999():
    assert day_words(date.max) == "未限定（表中没有年度）"
    assert day_words(date(2022, 3, 1)) == "2022 年 3 月 1 日"


def test_an_unknown_code_has_no_page():
    assert rule_page("XXX999") == ""


def test_the_verdict_counts_what_there_is():
    assert verdict(empty_bundle()) == "没有读到绩效目标表，未作校核"
    assert verdict(only_problems()) == "没有读到绩效目标表，未作校核 · 读取问题 1"
    assert verdict(bundle_of((a_finding(),))) == "1 张表 · 1 条指标 · 错误 1"


@pytest.mark.parametrize(
    ("file", "name"), [("/a/b/c.txt", "c.txt"), ("C:\\表\\d.xls", "d.xls"), ("e", "e"), ("", "")]
)
def test_file_name(file, name):
    assert file_name(file) == name

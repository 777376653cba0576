"""The admissible sums of the money block, and what a project is by its nature."""

from decimal import Decimal

import pytest

from jixiao.audit.support.fund_lines import fund_lines, possible_sums
from jixiao.audit.support.project_nature import Nature, nature_by_name, stated_category
from jixiao.audit.support.project_span import project_span
from jixiao.audit.view import FormView
from jixiao.standards import lexicon
from tests.support.forms import a_form

WORDS = lexicon.load()


def test_other_funds_always_count_and_carry_over_may() -> None:
    view = FormView(a_form(unit="元", total="1", fiscal="100", carry_over="15", other="5"))
    assert set(possible_sums(fund_lines(view))) == {Decimal(120), Decimal(105)}


def test_lines_over_all_years_stay_out() -> None:
    lines = [["项目总额", "whole.total", "900"], ["单位资金", "unit_funds", "7"]]
    view = FormView(a_form(unit="元", total="107", fiscal="100", lines=lines))
    assert [line.label for line in fund_lines(view)] == ["年度资金总额", "财政拨款", "单位资金"]


NATURES = [
    ("平罗县陶乐镇人民政府本级_津贴补贴及奖金", Nature.STAFF_PAY),
    ("在职人员工资", Nature.STAFF_PAY),
    ("事业单位职业年金缴费支出", Nature.STAFF_PAY),
    ("政府临聘人员经费", Nature.HIRED_PAY),
    ("社区人员公积金", Nature.HIRED_PAY),
    ("本级_公用经费其他支出", Nature.RUNNING),
    ("城乡社区运转经费", Nature.OTHER),
    ("住房公积金管理中心业务经费", Nature.OTHER),
    ("城乡居民基本养老保险补助", Nature.OTHER),
    ("网格员培训经费", Nature.OTHER),
    ("农民工工资支付保障", Nature.OTHER),
]


@pytest.mark.parametrize(("name", "nature"), NATURES)
def test_nature_by_name(name: str, nature: Nature) -> None:
    assert nature_by_name(FormView(a_form(project=name)), WORDS) is nature


def test_stated_category_first_then_the_code() -> None:
    assert stated_category(FormView(a_form(category="22-其他运转类"))) == "其他运转类"
    assert stated_category(FormView(a_form(code="51092324T000010263357"))) == "特定目标类"
    assert stated_category(FormView(a_form(code="12345"))) is None


SPANS = [
    ("99 年", 99, None),
    ("三年", 3, None),
    ("36个月", 3, None),
    ("2021年-2023年", None, (2021, 2023)),
    ("2023-01-01至2023-12-31", None, (2023, 2023)),
    ("长期", None, None),
]


@pytest.mark.parametrize(("written", "years", "ends"), SPANS)
def test_project_span(written: str, years: int | None, ends: tuple[int, int] | None) -> None:
    span = project_span(FormView(a_form(period=written)))
    found = None if span.first is None or span.last is None else (span.first.year, span.last.year)
    assert (span.years, found) == (years, ends)

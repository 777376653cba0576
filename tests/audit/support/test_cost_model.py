"""The cost arithmetic by itself: which quantity meets which price, and what is left unmatched."""

import itertools
from decimal import Decimal

import pytest

from jixiao.audit.support.cost_model import CostModel, cost_model
from jixiao.audit.support.cost_words import built_up_words, guesses, unmatched_words
from jixiao.audit.view import FormView
from jixiao.standards.inheritance import load_profile
from tests.support.forms import a_form

PROFILE = load_profile("cn_mof_2015")
Q, T, C = "output.quantity", "output.timeliness", "output.cost"


def model_of(
    *rows: list[str], total: str = "100000", unit: str = "元", project: str = ""
) -> CostModel:
    form = a_form(project=project, unit=unit, total=total, indicators=[list(row) for row in rows])
    return cost_model(FormView(form), PROFILE)


BUILT_UP = [
    # expected 元, cost value, cost name, (quantity name, value) …
    ("150000", "3 万元/个", "补助标准", [("村委会个数", "5 个")]),
    ("12396", "1033 元/次", "主题党日", [("主题党日", "12 次")]),
    ("360000", "3000元/人·月", "补贴标准", [("人数", "10人")]),
    ("360000", "3000元每人每月", "补贴标准", [("人数", "10名")]),
    ("300000", "3万元/人/年", "补贴标准", [("人数", "10 人")]),
    ("120000", "≤400元/人·天", "培训成本", [("培训人数", "150人"), ("培训天数", "2天")]),
    ("500000", "100元", "每人次服务成本", [("服务人次", "5000人次")]),
    ("500000", "100元/人·次", "服务成本", [("服务群众", "0.5万人次")]),
    ("15000000", "1500元/亩", "亩均成本", [("建设面积", "1万亩")]),
    ("250000", "5万元/村", "运转标准", [("保障村委会", "5 个")]),
    ("24000", "1000 元/次", "检查成本", [("检查", "2 次/月")]),
    ("80000", "2万元/季度", "服务费", []),
]


@pytest.mark.parametrize(("expected", "value", "name", "quantities"), BUILT_UP)
def test_price_meets_quantity(
    expected: str, value: str, name: str, quantities: list[tuple[str, str]]
) -> None:
    rows = [[Q, counted, number] for counted, number in quantities]
    model = model_of(*rows, [C, name, value], total=expected)
    assert (model.built_up, model.unmatched) == (Decimal(expected), ())


def test_a_price_without_number_is_no_item() -> None:
    model = model_of([Q, "人数", "4 人"], [C, "人均标准（元/人）", "按文件执行"])
    assert (model.rates, model.lumps) == ((), ())


def test_unit_in_the_name_is_read() -> None:
    model = model_of([Q, "人数（人）", "4"], [C, "人均标准（元/人）", "10000"], total="40000")
    assert model.built_up == Decimal(40000)


def test_people_are_not_visits() -> None:
    model = model_of([Q, "培训村干部", "31 人次"], [C, "培训成本", "100 元/人"])
    assert [each.word for each in model.unmatched] == ["人"]


def test_namesake_is_named_and_never_multiplied() -> None:
    model = model_of(
        [Q, "党员培训", "200 人次"], [Q, "三会一课", "12 次"], [C, "党员培训", "1000 元/次"]
    )
    assert not model.products
    assert "同名数量指标写的是 200 人次" in unmatched_words(model.unmatched[0])


def test_shares_savings_and_results_are_no_money_spent() -> None:
    model = model_of([C, "成本节约率", "≥5%"], [C, "节约资金", "2万元"], [C, "控制数执行情况", "1"])
    assert (model.rates, model.lumps) == ((), ())


def test_order_of_rows_does_not_matter() -> None:
    rows = [
        [Q, "三会一课", "12 次"],
        [Q, "订阅购买党建资料 (含党报党刊)", "6 份"],
        [C, "三会一课", "100 元/次"],
        [C, "订阅购买党建资料（含党报党刊）", "300 元/份"],
    ]
    sums = {model_of(*order).built_up for order in itertools.permutations(rows)}
    assert sums == {Decimal(3000)}


def test_many_equal_units_stay_cheap_and_exact() -> None:
    rows = [[Q, f"事项{n}", f"{n} 个"] for n in range(1, 40)]
    prices = [[C, f"标准{n}", "1 元/个"] for n in range(20)]
    model = model_of(*rows, *prices, total="1000")
    assert model.built_up == model.built_up.to_integral_value()


def test_words_show_every_term_and_the_sum() -> None:
    model = model_of(
        [Q, "主题党日", "12 次"], [C, "主题党日", "1033 元/次"], [C, "资料费", "3600 元"]
    )
    assert built_up_words(model) == (
        "“主题党日”1,033 元/次 × 12 次 = 12,396 元；“资料费”3,600 元；合计 15,996 元"
    )


def test_guesses_say_when_they_agree() -> None:
    tried = guesses(Decimal(2050), Decimal(24600), (("10 人", Decimal(10)),))
    assert tried[0] == "按月计，× 12 个月 = 24,600 元（与总额相符）"
    assert guesses(Decimal(80), Decimal(800000), ())[0].startswith("与总额正好相差一万倍")


@pytest.mark.parametrize("value", ["9" * 60 + "元/次", "0 元/次", "1" * 27 + "亿元/次", "-5元/次"])
def test_hostile_figures_are_only_figures(value: str) -> None:
    model = model_of([Q, "检查", "12 次"], [C, "检查成本", value], total="0.0000001")
    assert built_up_words(model)

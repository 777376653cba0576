"""What a clause of a goal is: background and slogans are no targets, names and figures are."""

import time

import pytest

from jixiao.audit.support.goal_clauses import ClauseKind, goal_clauses
from jixiao.audit.view import FormView
from jixiao.standards.inheritance import load_profile
from tests.support.forms import a_form

BACKGROUND, SLOGAN = ClauseKind.BACKGROUND, ClauseKind.SLOGAN
FIGURE, OBJECT = ClauseKind.FIGURE, ClauseKind.OBJECT


def clauses(goal, **fields):
    view = FormView(a_form(goal=goal, **fields))
    return [(clause.text, clause.kind) for clause in goal_clauses(view, load_profile("cn_base"))]


@pytest.mark.parametrize(
    ("goal", "kind"),
    [
        ("该镇始建于1958年", BACKGROUND),
        ("由于管网老化", BACKGROUND),
        ("全面提升服务能力", SLOGAN),
        ("2023年全面提升服务能力", SLOGAN),
        ("深入落实财预〔2021〕101号文件要求", SLOGAN),
        ("培训村干部60人", FIGURE),
        ("满意度达到百分之九十", FIGURE),
        ("走访农户三十户", FIGURE),
        ("培训群众2000人次", FIGURE),
        ("慰问困难党员", OBJECT),
        ("提升庙庙湖服务水平", OBJECT),
    ],
)
def test_kind_of_a_clause(goal, kind):
    assert [found for _, found in clauses(goal)] == [kind]


def test_a_unit_naming_itself_is_no_object():
    goal = "保障棠溪镇机关正常运转"
    assert clauses(goal, implementing_unit="棠溪镇人民政府") == [(goal, SLOGAN)]
    assert clauses(goal, implementing_unit="某某局") == [(goal, OBJECT)]


def test_numbering_is_cut_off_and_lists_stay_together():
    found = clauses("目标1：购买报刊、资料。二、慰问党员")
    assert [text for text, _ in found] == ["购买报刊、资料", "慰问党员"]


@pytest.mark.parametrize("sign", ["一", "1", "提升", "、提升", "(", "。"])
def test_hostile_goals_are_cut_in_time(sign):
    started = time.process_time()
    clauses(sign * 50_000)
    assert time.process_time() - started < 2


def test_blank_goal_has_no_clauses():
    assert clauses(" 。，") == []

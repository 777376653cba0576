"""Two versions of a form: only what differs, rows matched by what they say."""

import pytest

from jixiao.official.comparing import ChangeKind, compare
from jixiao.official.editing import change, insert_row, remove_row
from jixiao.pipeline import read


@pytest.fixture(scope="module")
def form():
    return read("src/jixiao/sample/taole-2022.txt").forms[4]


def test_the_same_form_has_no_differences(form):
    assert compare(form, form) == ()


def test_one_cell(form):
    newer = change(form, "indicators[3].target", "≥96%")
    (found,) = compare(form, newer)
    assert (found.kind, found.label, found.after) == (ChangeKind.CHANGED, "指标值", "≥96%")
    assert found.row == form.indicators[3].name.raw


def test_a_row_put_in_leaves_the_others_alone(form):
    newer = change(insert_row(form, "indicators", 0), "indicators[0].name", "清理沟渠长度")
    (found,) = compare(form, newer)
    assert (found.kind, found.row) == (ChangeKind.ADDED, "清理沟渠长度")
    (back,) = compare(newer, form)
    assert back.kind is ChangeKind.REMOVED


def test_a_row_taken_out_is_named(form):
    (found,) = compare(form, remove_row(form, "indicators", 2))
    assert (found.kind, found.row) == (ChangeKind.REMOVED, form.indicators[2].name.raw)


def test_money_and_goal(form):
    newer = change(change(form, "funding.total", "90000"), "narrative.goal", "改善环境")
    labels = [one.label for one in compare(form, newer)]
    assert "年度总体目标" in labels
    assert any("金额" in label for label in labels)

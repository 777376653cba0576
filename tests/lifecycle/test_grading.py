"""The grade a review sheet suggests."""

from decimal import Decimal

import pytest

from jixiao.lifecycle.grading import grade_of_items, grade_of_points


@pytest.mark.parametrize(
    ("grades", "wanted"),
    [
        ("优优优优优优良良", "优"),
        ("优优优优优优优中", "良"),  # one 中 bars 优
        ("优优优优优良良良", "良"),
        ("优优优优优优优差", "中"),  # one 差 bars 良
        ("良良良良良中中中", "中"),
        ("中中中中中差差差", "差"),
        ("差差差差差差差差", "差"),
        ("优优优优优优优", "优"),
    ],
)
def test_items_decide_by_six(grades, wanted):
    assert grade_of_items(list(grades)).grade == wanted


def test_open_items_give_no_grade():
    suggestion = grade_of_items(["优", "", "良"])
    assert (suggestion.grade, suggestion.why) == ("", "还有 1 项没有评定")
    assert grade_of_items([]).grade == ""
    assert grade_of_points([Decimal(10), None]).grade == ""


@pytest.mark.parametrize(
    ("total", "wanted"),
    [("100", "优"), ("90", "优"), ("89.99", "良"), ("80", "良"), ("79.5", "中"), ("60", "中"),
     ("59.9", "差"), ("0", "差")],
)  # fmt: skip
def test_points_decide_by_bands(total, wanted):
    assert grade_of_points([Decimal(total)]).grade == wanted

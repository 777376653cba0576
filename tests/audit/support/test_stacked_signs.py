"""Comparison signs as written at one number, on folded text."""

import pytest

from jixiao.audit.support.stacked_signs import crossed_bounds, stacked_signs


@pytest.mark.parametrize(
    ("value", "single"),
    [
        ("≥>90%", "≥90%"),
        ("≥不低于95%", "≥95%"),
        ("≥95%以上", "≥95%"),
        ("不超过5万元以内", "≤5万元"),
        ("≤<3次", "≤3次"),
        ("满意率≥>90%", "满意率≥90%"),
        ("≤≥95%", None),
        ("≥5次以下", None),
    ],
)
def test_two_signs(value, single):
    found = stacked_signs(value)
    assert found is not None
    assert found.single == single


@pytest.mark.parametrize(
    "value",
    [
        "≥90%",
        "90%以上",
        "大于或等于90%",
        "90%≤x≤95%",
        "≥90%且≤95%",
        "控制在5万元以内",
        "≤10个工作日内",
        "慰问人数不少于100人,宣传用品不少于20000份",
        "约300户左右",
        "",
    ],
)
def test_one_sign(value):
    assert stacked_signs(value) is None


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("≥90%且≤80%", ("90%", "80%")),
        ("≥5次,≤3次", ("5次", "3次")),
        ("≥90%且≤95%", None),
        ("≥3次,≤200人", None),
        ("≥90%", None),
    ],
)
def test_crossed_bounds(value, bounds):
    assert crossed_bounds(value) == bounds

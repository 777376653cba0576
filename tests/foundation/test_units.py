"""Units: what can be compared and what only looks alike; exact or not at all."""

from decimal import Decimal

import pytest

from jixiao.foundation.quantity import ValueKind
from jixiao.foundation.units import convert, kind_of_unit, same_dimension

ALIKE = (
    ("%", "百分点", False),
    ("人", "人次", False),
    ("天", "工作日", False),
    ("月", "天", False),
    ("次", "个", False),
    ("网格员", "网格长", False),
    ("%", "‰", True),
    ("百分点", "个百分点", True),
    ("元", "万元", True),
    ("万人次", "人次", True),
    ("公里", "延米", True),
    ("㎡", "平方米", True),
    ("网格员", "网格员", True),
)
CONVERTED = (
    ("5", "%", "百分点", None),
    ("1", "亩", "平方米", None),
    ("1", "月", "天", None),
    ("1", "不知道", "个", None),
    ("24600", "元", "万元", "2.46"),
    ("4.5", "万元", "元", "45000"),
    ("1", "亿元", "万元", "10000"),
    ("0.1", "‰", "%", "0.01"),
    ("15", "亩", "公顷", "1"),
    ("5.00", "万人次", "人次", "50000"),
    ("2", "年", "季度", "8"),
    ("36", "小时", "天", "1.5"),
    ("-3", "千元", "元", "-3000"),
)
KINDS = (
    (None, None, ValueKind.QUANTITY),
    ("万", None, ValueKind.QUANTITY),
    ("百分点", None, ValueKind.QUANTITY),
    ("万元", "个", ValueKind.MONEY),
    ("元", "年", ValueKind.MONEY),
    ("‰", None, ValueKind.PERCENT),
    ("个工作日", None, ValueKind.PERIOD),
    ("次", "年", ValueKind.FREQUENCY),
    ("次", "两年", ValueKind.FREQUENCY),
    ("次", "村", ValueKind.QUANTITY),
    ("人", "年", ValueKind.QUANTITY),
)


@pytest.mark.parametrize(("one", "other", "expected"), ALIKE)
def test_compares_only_one_dimension(one, other, expected):
    assert same_dimension(one, other) is expected
    assert same_dimension(other, one) is expected


@pytest.mark.parametrize(("number", "source", "target", "expected"), CONVERTED)
def test_converts_exactly_or_not_at_all(number, source, target, expected):
    assert convert(Decimal(number), source, target) == (expected and Decimal(expected))


def test_long_numbers_keep_every_digit():
    digits = "123456789" * 20
    assert convert(Decimal(digits), "万元", "元") == Decimal(digits + "0000")


@pytest.mark.parametrize(("unit", "per", "expected"), KINDS)
def test_kind_follows_the_unit(unit, per, expected):
    assert kind_of_unit(unit, per) is expected

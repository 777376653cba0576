"""Amount cells: a number with its unit, or the reason why there is none."""

from decimal import Decimal

import pytest

from jixiao.foundation.money import Amount, Money, read_amount
from jixiao.foundation.quantity import ValueKind

NO_AMOUNT = (
    ("", ValueKind.BLANK),
    (" \u3000", ValueKind.BLANK),
    ("-", ValueKind.NOT_APPLICABLE),
    ("—", ValueKind.NOT_APPLICABLE),
    ("不适用", ValueKind.NOT_APPLICABLE),
    ("无", ValueKind.QUALITATIVE),
    ("按实际发生", ValueKind.QUALITATIVE),
    ("1.234.567", ValueKind.UNREADABLE),
    ("100,00", ValueKind.UNREADABLE),
    ("10万元、20万元", ValueKind.UNREADABLE),
    ("9" * 500, ValueKind.UNREADABLE),
)
AMOUNTS = (
    ("0", "0", None, False),
    ("0.00", "0.00", None, False),
    ("4902018", "4902018", None, False),
    ("4,902,018.00", "4902018.00", None, False),
    ("1，234，567", "1234567", None, False),
    ("１２３．５", "123.5", None, False),
    ("72807.384975", "72807.384975", None, False),
    ("￥1,200.50", "1200.50", None, False),
    ("230000元", "230000", "元", False),
    ("1000（元）", "1000", "元", False),
    ("10万元", "10", "万元", False),
    ("12 万 元", "12", "万元", False),
    ("壹万元整", "10000", "元", False),
    ("1.2E+06", "1200000", None, False),
    ("-5", "-5", None, False),
    ("（1,000）", "-1000", None, False),
    ("(1000)元", "-1000", "元", False),
    ("4 902 018", "4902018", None, True),
    ("10万", "10", "万", True),
    ("约10万元", "10", "万元", True),
    ("财政拨款100万元", "100", "万元", True),
    ("合计：1000", "1000", None, True),
    ("(1000", "1000", None, True),
)


@pytest.mark.parametrize(("text", "kind"), NO_AMOUNT)
def test_says_why_there_is_no_amount(text, kind):
    amount = read_amount(text)
    assert (amount.kind, amount.number) == (kind, None)


@pytest.mark.parametrize(("text", "number", "unit", "doubtful"), AMOUNTS)
def test_reads_the_amount(text, number, unit, doubtful):
    assert read_amount(text) == Amount(
        kind=ValueKind.MONEY, number=Decimal(number), unit=unit, doubtful=doubtful
    )


def test_refuses_money_without_a_unit_of_money():
    with pytest.raises(KeyError):
        Money.of(Decimal(1), "个")
    assert read_amount("100").money() is None


def test_the_unit_in_the_cell_goes_before_that_of_the_column():
    assert read_amount("10万元").money("元") == Money.of(Decimal(100000), "元")
    assert read_amount("10").money("万元") == Money.of(Decimal(100000), "元")
    assert read_amount("10万").money("元") == Money.of(Decimal(10), "万元")


def test_same_money_in_two_units_is_equal_and_prints_in_both():
    money = Money.of(Decimal("2.46"), "万元")
    assert money == Money.of(Decimal(24600), "元")
    assert money.printed() == "24,600 元"
    assert money.printed("万元") == "2.46 万元"


def test_adds_and_multiplies_exactly():
    thirty = Money.of(Decimal(3), "万元").times(Decimal(5))
    assert Money.of(Decimal(230000), "元") - thirty == Money.of(Decimal(8), "万元")
    assert thirty + thirty == Money.of(Decimal(30), "万元")

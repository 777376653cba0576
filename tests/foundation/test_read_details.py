"""What a reading keeps besides number and unit, its laws, and hostile input."""

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.foundation.money import read_amount
from jixiao.foundation.period import read_period_years, read_span, years_in
from jixiao.foundation.quantity import Comparator, Quantity, ValueKind
from jixiao.foundation.reading import read_quantity
from jixiao.foundation.text import fold, strip_marks
from jixiao.foundation.units import kind_of_unit

GLYPHS = (
    ("95%", ()),
    ("≧ >90%", ("≧", ">")),
    ("＞＝95%", ("＞＝",)),
    ("不低于95%以上", ("不低于", "以上")),
    ("≥90％且≤100％", ("≥", "≤")),
    ("[80,90)", ("[", ")")),
    ("2022年12月底之前", ("之前",)),
)
PRINTED_UNITS = (
    ("100", None),
    ("≥95％", "%"),
    ("3 万元/个", "万元/个"),
    ("1.5万元/人·年", "万元/人·年"),
    ("≥190元每人每月", "元每人每月"),
    ("300元/人/次", "元/人/次"),
    ("每季度一次", "次"),
    ("=5.00(万人次)", "万人次"),
)
RESTS = (
    ("≥95%", ""),
    ("补贴对象生活改善度不低于80%", "补贴对象生活改善度"),
    ("至少1次矫正人员的集中活动", "矫正人员的集中活动"),
    ("每亩补贴100元", "补贴"),
    ("每月2次", ""),
    ("良好（≥85分）", "良好"),
)
NUMBERS = (
    ("〔2021〕101号", ()),
    ("三会一课", ()),
    ("95%", ()),
    ("完成3个项目，培训200人", (Decimal(3), Decimal(200))),
    ("1:20", (Decimal(1), Decimal(20))),
    ("1.234.567", (Decimal("1.234"), Decimal(567))),
)
HOSTILE = (
    "1" * 401,
    "1" * 100_000,
    "(" * 100_000,
    " " * 100_000,
    "≥" * 100_000,
    "1,111" * 20_000,
    "[(" * 50_000,
    "2022年" * 20_000,
    "每人" * 149,
    "1-" * 149,
    "十" * 299,
    "1次" * 149,
    "一次" * 149,
    "()" * 149,
    "2022年1月" * 40,
)
UNITS = st.sampled_from(("%", "‰", "万元", "元", "个", "人次", "平方米", "个百分点", "天", "次"))
NUMBER = st.decimals(0, 10**12, places=2, allow_nan=False, allow_infinity=False)
PIECES = st.sampled_from(
    (
        *(
            "≥",
            "≤",
            "＞",
            "=",
            "95",
            "1,000",
            "2022",
            "年",
            "12",
            "月",
            "日",
            "前",
            "底",
            "万元",
            "/",
            "个",
        ),
        *(
            "人",
            "·",
            "次",
            "每",
            "以上",
            "不低于",
            "(",
            ")",
            "[",
            "~",
            "-",
            "至",
            "±",
            "%",
            "十",
            "一",
            "半",
        ),
        *(
            "，",
            "。",
            " ",
            "\u3000",
            "\n",
            "〔",
            "〕",
            "号",
            "完成",
            "x",
            ".",
            "#",
            "$",
            "\\geq",
            "\ue000",
        ),
    )
)
MESSY = st.lists(PIECES, max_size=12).map("".join)


@pytest.mark.parametrize(("text", "glyphs"), GLYPHS)
def test_keeps_the_signs_as_written(text, glyphs):
    assert read_quantity(text).glyphs == glyphs


@pytest.mark.parametrize(("text", "unit"), PRINTED_UNITS)
def test_gives_the_printed_unit_back(text, unit):
    assert read_quantity(text).printed_unit == unit


@pytest.mark.parametrize(("text", "rest"), RESTS)
def test_keeps_the_words_around(text, rest):
    assert read_quantity(text).rest == rest


@pytest.mark.parametrize(("text", "numbers"), NUMBERS)
def test_lists_the_numbers_of_what_is_no_quantity(text, numbers):
    assert read_quantity(text).numbers == numbers


def test_a_unit_alone_is_told_from_a_sign_alone():
    assert read_quantity("吨").is_unit_only
    assert read_quantity("≥%").is_unit_only
    assert not read_quantity("≥").is_unit_only
    assert not read_quantity("学校").is_unit_only


def test_a_bare_multiple_is_money_only_where_money_is_expected():
    assert read_quantity("4.5万").kind is ValueKind.QUANTITY
    assert read_quantity("4.5万", money_expected=True).kind is ValueKind.MONEY
    assert read_quantity("4.5万", money_expected=True).doubtful


def test_long_numbers_keep_every_digit():
    digits = "9" * 60 + ".000000000000000000000000000000000000000001"
    assert read_quantity(f"≥{digits}元").number == Decimal(digits)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:4]!r}x{len(text)}")
def test_hostile_text_is_read_quickly(text):
    started = time.process_time()
    read_quantity(text)
    read_amount(text)
    read_span(text)
    strip_marks(text)
    assert time.process_time() - started < 5


@settings(max_examples=100, deadline=None)
@given(st.one_of(MESSY, st.text(max_size=60)))
def test_every_text_has_a_reading(text):
    assert isinstance(read_quantity(text), Quantity)
    read_amount(text)
    read_span(text)
    read_period_years(text)
    years_in(text)
    assert fold(fold(text)) == fold(text)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.none(), st.sampled_from(Comparator)), NUMBER, UNITS)
def test_what_is_printed_reads_back(comparator, number, unit):
    quantity = Quantity(
        kind=kind_of_unit(unit),
        comparator=comparator,
        number=number,
        unit=unit,
        glyphs=() if comparator is None else (comparator.value,),
    )
    assert read_quantity(quantity.canonical()) == quantity


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(("≥95%", "3万元/个", "1.5万元/人·年", "80%-90%", "2次/年", "2022年12月底前")),
    st.data(),
)
def test_blanks_and_width_change_nothing(text, data):
    wide = {
        ".": "．",
        "%": "％",
        "/": "／",
        "-": "－",
        **{str(i): chr(0xFF10 + i) for i in range(10)},
    }
    written = ""
    for before, sign in zip(f" {text}", text, strict=False):
        splits_number = (before.isdigit() or before == ".") and (sign.isdigit() or sign == ".")
        blank = "" if splits_number else data.draw(st.sampled_from(("", " ", "\u3000", "\n")))
        written += blank + data.draw(st.sampled_from((sign, wide.get(sign, sign))))
    assert read_quantity(written) == read_quantity(text)

"""What counts as uneven in a form, and that mending it changes no meaning."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.audit.support.notation import (
    BRACKET_BLANK,
    BRACKETS,
    POINTS,
    SIGN_BLANK,
    UNIT_BLANK,
    WIDE,
    tidied,
    unevenness,
)
from jixiao.foundation.text import fold

ALL = (WIDE, SIGN_BLANK, BRACKET_BLANK, UNIT_BLANK, BRACKETS, POINTS)


@pytest.mark.parametrize(
    ("texts", "kinds"),
    [
        (["≥９５％"], [WIDE]),
        (["≥ 90%"], [SIGN_BLANK]),
        (["（ 2022年度）"], [BRACKET_BLANK]),
        (["2 人", "12个月"], [UNIT_BLANK]),
        (["数量指标 (必填)", "质量指标（必填）"], [BRACKETS]),
        (["维修, 新建", "验收、归档"], [POINTS]),
        (["2 人", "12 个月"], []),
        (["数量指标(必填)", "质量指标(必填)"], []),
        (["维修, 新建"], []),
        (["13,459.00 平方米", "9:00-17:00"], []),
        ([], []),
    ],
)
def test_kinds(texts, kinds):
    assert [kind for kind, _ in unevenness(texts).kinds] == kinds


def test_brackets_of_values_follow_their_figures():
    texts = ["走访村（社区）居民", "≥12.00(次)"]
    assert unevenness(texts).cells == {1: (BRACKETS,)}
    assert unevenness(texts, frozenset({1})).cells == {}


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("≥ ９５ ％", "≥95%"),
        ("数量指标 (必填)", "数量指标（必填）"),
        ("网格村 (社区) 民, 全覆盖", "网格村（社区）民，全覆盖"),
        ("12 个月", "12个月"),
        ("（ 2022 年度 ）", "（2022年度）"),
        ("13,459.00", "13,459.00"),
    ],
)
def test_tidied(text, tidy):
    assert tidied(text, ALL) == tidy


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="≥≤%％95９５ \u3000(（)），,；;：:人次村全覆盖ＡＢ", max_size=20))
def test_tidying_keeps_the_text_and_is_done_once(text):
    tidy = tidied(text, ALL)
    assert fold(tidy) == fold(text)
    assert tidied(tidy, ALL) == tidy

"""Cutting a text into known words: refusals, ambiguity, and no exponential search."""

import time

import pytest

from jixiao.audit.support.word_chain import word_chain

WORDS = frozenset(("有效", "提升", "有", "效果", "效", "较", "较大", "大"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("水", None),
        ("有效水", None),
        ("水有效", None),
        ("有效提升", ("有效", "提升")),
        # The longest first word would leave 果 over; the shorter cut is found.
        ("有效果", ("有", "效果")),
        ("较大", ("较大",)),
    ],
)
def test_cut(text, expected):
    assert word_chain(text, WORDS, 2) == expected


def test_hostile_text_is_cut_in_linear_time():
    text = "较大" * 50_000 + "水"
    started = time.process_time()
    assert word_chain(text, WORDS, 2) is None
    assert time.process_time() - started < 2

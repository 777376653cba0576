"""Chinese text broken into lines."""

import pytest

from jixiao.report.wrapping import width, wrap

CASES = [
    ("", 10, [""]),
    ("甲乙丙丁", 8, ["甲乙丙丁"]),
    ("甲乙丙丁戊", 8, ["甲乙丙丁", "戊"]),
    # A closing mark stays with what it closes, an opening one with what it opens.
    ("甲乙丙丁。戊", 8, ["甲乙丙", "丁。戊"]),
    ("甲乙丙（丁）", 8, ["甲乙丙", "（丁）"]),
    # Numbers, units and words are never cut.
    ("共计4,902,018元", 10, ["共计", "4,902,018", "元"]),
    ("满意度≥95%以上", 8, ["满意度", "≥95%以", "上"]),
    ("one two three", 9, ["one two", "three"]),
]


@pytest.mark.parametrize(("text", "columns", "lines"), CASES)
def test_wrap(text, columns, lines):
    assert wrap(text, columns) == lines


def test_an_endless_word_is_cut_rather_than_lost():
    lines = wrap("x" * 100, 20)
    assert "".join(lines) == "x" * 100
    assert max(map(width, lines)) <= 24


@pytest.mark.parametrize(("text", "columns"), [("ab", 2), ("甲", 2), ("≥", 2), ("e\u0301", 1)])
def test_width(text, columns):
    assert width(text) == columns

"""What is doubtful: weak characters, near rivals, and values that have lost a stroke."""

import pytest

from jixiao.intake.document import RowPlace, Table
from jixiao.intake.page_list import page_list
from jixiao.intake.scan.doubts import doubts_of, is_uncertain, other_reading
from jixiao.intake.scan.recogniser import Character
from jixiao.intake.scan.saying import uncertain


def seen(text: str, certainty: float, other: str = "", rival: float = 0.0) -> Character:
    return Character(text, certainty, 0.5, other, rival)


@pytest.mark.parametrize(
    ("character", "doubtful"),
    [
        (seen("目", 0.6), True),
        (seen("目", 0.91, "自", 0.085), True),
        (seen("9", 0.92), True),
        (seen(">", 0.99, "≥", 0.005), True),
        (seen("（", 0.55, "(", 0.44), False),
        (seen("目", 0.99), False),
        (seen("≥", 0.99), False),
    ],
)
def test_which_characters_are_uncertain(character, doubtful):
    assert is_uncertain(character) is doubtful


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("295%", "≥95%"),
        ("2100%", "≥100%"),
        ("２９０％", "≥90%"),
        ("295", None),
        ("29%", None),
        (">90%", "≥90%"),
        ("< 5天", "≤5天"),
        ("≥95%", None),
        ("2022年", None),
        ("", None),
    ],
)
def test_the_other_reading_of_a_value(text, other):
    assert other_reading(text) == other


def test_both_readings_are_said_and_the_text_stays():
    table = Table(texts=[["满意度", "295%"]], places=[RowPlace(page=3, table=1, row=1)])
    doubts = doubts_of([table], signs_alike=False)
    assert (table.texts, table.doubtful) == ([["满意度", "295%"]], {(0, 1)})
    (problem,) = uncertain("表.png", doubts)
    assert problem.code == "INT017"
    assert "第 3 页“295%”也可能是“≥95%”" in problem.message


def test_pages_are_listed_in_runs():
    assert page_list([2, 3, 5]) == "2-3、5"


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("有力保障，以实际行动, 赢得", True),
        ("甲，乙，丙", False),
        ("甲,乙,丙", False),
        ("", False),
        ("时效指标(必填）", True),
    ],
)
def test_one_sign_of_two_widths_is_doubtful(text, doubtful):
    table = Table(texts=[[text]], places=[RowPlace(page=1, row=1)])
    doubts_of([table], signs_alike=False)
    assert ((0, 0) in table.doubtful) is doubtful

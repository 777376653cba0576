"""What the second reading lets pass, and what it does not."""

import pytest

from jixiao.report.recheck import Look, is_as_wished, texts_agree
from tests.report.patches.places import change

HERE = {"line": 4, "column": 2}
PLACE, LINE = change("", "", **HERE).place, change("", "", line=4).place
OTHER = change("", "", line=5, column=2).place


def _look(texts, forms=("form",)):
    return Look(texts, forms, None)


SEEN = [
    ("as wished", {PLACE: ("5",)}, {PLACE: ("6",)}, ("5", "6"), True),
    ("nothing happened", {PLACE: ("5",)}, {PLACE: ("5",)}, ("5", "6"), False),
    ("something else stands there", {PLACE: ("5",)}, {PLACE: ("7",)}, ("5", "6"), False),
    ("the old text was another", {PLACE: ("4",)}, {PLACE: ("6",)}, ("5", "6"), False),
    ("another place", {PLACE: ("5",)}, {PLACE: ("5",), OTHER: ("6",)}, ("5", "6"), False),
    ("another text is gone", {PLACE: ("5",), OTHER: ("a",)}, {PLACE: ("6",)}, ("5", "6"), False),
    (
        "another text changed",
        {PLACE: ("5",), OTHER: ("a",)},
        {PLACE: ("6",), OTHER: ("b",)},
        ("5", "6"),
        False,
    ),
    ("part of a cell", {PLACE: ("名称：5",)}, {PLACE: ("名称：6",)}, ("5", "6"), True),
    ("one of two texts", {PLACE: ("5", "7")}, {PLACE: ("5", "8")}, ("7", "8"), True),
    ("emptied", {PLACE: ("5",)}, {}, ("5", ""), True),
    ("not emptied", {PLACE: ("5",)}, {PLACE: ("5",)}, ("5", ""), False),
    ("filled", {}, {PLACE: ("0",)}, ("", "0"), True),
    ("filled and formatted", {}, {PLACE: ("0.00",)}, ("", "0"), True),
    ("filled with another number", {}, {PLACE: ("0.01",)}, ("", "0"), False),
    ("not filled", {}, {}, ("", "0"), False),
    ("filled where something stood", {PLACE: ("5",)}, {PLACE: ("0",)}, ("", "0"), False),
    ("a number that was written otherwise", {PLACE: ("5",)}, {PLACE: ("6.0",)}, ("5", "6"), False),
    ("one cell a line", {LINE: ("5",)}, {LINE: ("6",)}, ("5", "6"), True),
    (
        "the wrong line",
        {LINE: ("5",), OTHER: ("5",)},
        {LINE: ("5",), OTHER: ("6",)},
        ("5", "6"),
        False,
    ),
]


@pytest.mark.parametrize(
    ("before", "after", "texts", "passes"), [row[1:] for row in SEEN], ids=[row[0] for row in SEEN]
)
def test_only_the_change_itself_passes(before, after, texts, passes):
    wanted = change(*texts, safe=False, **HERE)
    assert texts_agree(_look(before), _look(after), [wanted]) is passes


FORMS = [
    (True, ("a", "b"), ("a", "b"), True),
    (True, ("a", "b"), ("a", "c"), False),
    (False, ("a", "b"), ("a", "c"), True),
    (False, ("a", "b"), ("a",), False),
]


@pytest.mark.parametrize(("safe", "before", "after", "passes"), FORMS)
def test_safe_changes_keep_the_forms_and_no_change_loses_one(safe, before, after, passes):
    wanted = change("5", "6", safe=safe, **HERE)
    first, second = _look({PLACE: ("5",)}, before), _look({PLACE: ("6",)}, after)
    assert is_as_wished(first, second, [wanted]) is passes

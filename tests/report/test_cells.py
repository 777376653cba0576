"""Cells that no spreadsheet takes for a formula."""

import pytest

from jixiao.report.cells import LONGEST_CELL, printable, safe_cell
from tests.report.bundles import FORMULAS


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_be_a_formula_is_marked(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "甲", "-5", "+3.5", "-12%", "95%", "a=b", "甲\n=乙"])
def test_everything_else_stays_as_it_is(text):
    assert safe_cell(text) == text


def test_forbidden_characters_become_visible():
    assert printable("a\x00b\ud800c\x0b") == "a\ufffdb\ufffdc\ufffd"


def test_no_cell_is_longer_than_a_cell_may_be():
    assert len(printable("甲" * 40_000)) == LONGEST_CELL + 1

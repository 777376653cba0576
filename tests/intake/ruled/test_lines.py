"""Strokes to rulings: what is one line, and what must stay apart."""

import numpy as np
import pytest

from jixiao.intake.ruled.lines import rulings_from, snapped


def across(*spans: tuple[float, float], y: float = 100.0, thick: float = 0.5):
    return [[start, y, end, y + thick] for start, end in spans]


def merged(boxes):
    rulings = rulings_from(np.array(boxes, dtype=float))
    return [tuple(map(float, row)) for row in rulings.horizontal]


@pytest.mark.parametrize(
    ("name", "boxes", "count"),
    [
        ("a gap wider than any border stays a gap", across((0, 50), (58, 100)), 2),
        ("a title's underline does not reach a table beside it", across((0, 50), (56, 90)), 2),
        ("a tick mark is no ruling", across((0, 4)), 0),
        ("an area is no ruling", [[0, 0, 50, 50]], 0),
        ("five dashes may be five lines", across(*[(x, x + 6) for x in range(0, 60, 12)]), 5),
        ("pieces that touch are one", across((0, 50), (50, 100)), 1),
        ("pieces that overlap are one", across((0, 60), (40, 100)), 1),
        ("a border drawn twice is one", [*across((0, 90)), *across((0, 90), y=101.5)], 1),
        ("dashes are one line", across(*[(x, x + 3) for x in range(0, 90, 6)]), 1),
        ("dots are one line", across(*[(x, x + 0.5) for x in range(0, 90, 3)]), 1),
    ],
)
def test_merging(name, boxes, count):
    assert len(merged(boxes)) == count, name


def test_a_merged_line_spans_its_pieces():
    assert merged(across((10, 50), (50, 90))) == [(100.25, 10, 90)]


def test_a_drawing_with_thousands_of_lines_is_no_table():
    boxes = [[x, y, x + 10, y + 0.1] for x in range(0, 600, 20) for y in range(0, 900, 8)]
    rulings = rulings_from(np.array(boxes, dtype=float))
    assert len(rulings.horizontal) == 0


def test_snapping_does_not_chain():
    centres, groups = snapped(np.array([10.0, 12.0, 14.0, 16.0]))
    assert groups.tolist() == [0, 0, 1, 1]
    assert centres.tolist() == [11.0, 15.0]

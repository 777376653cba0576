"""Common columns of two tables: the union of their borders, or no table at all."""

import pytest

from jixiao.intake.joining.columns import Columns, common_columns


@pytest.mark.parametrize(
    ("name", "first", "second", "widths"),
    [
        ("other width", (0, 100, 200), (0, 100, 300), (2, 2)),
        ("no border in common", (0, 50, 200), (0, 120, 200), (2, 2)),
        ("other number of columns", (), (), (5, 4)),
        ("borders known for one only", (0, 100, 200), (), (2, 2)),
    ],
)
def test_not_one_table(name, first, second, widths):
    assert common_columns(first, second, widths) is None, name


@pytest.mark.parametrize(
    ("name", "first", "second", "expected"),
    [
        (
            "equal",
            (0, 100, 200),
            (0, 101, 200),
            Columns(edges=(0, 100, 200), first=(0, 1, 2), second=(0, 1, 2)),
        ),
        (
            "the lower half has fewer",
            (0, 50, 100, 200),
            (0, 100, 200),
            Columns(edges=(0, 50, 100, 200), first=(0, 1, 2, 3), second=(0, 2, 3)),
        ),
        (
            "both have their own",
            (0, 50, 100, 200),
            (0, 100, 150, 200),
            Columns(edges=(0, 50, 100, 150, 200), first=(0, 1, 2, 4), second=(0, 2, 3, 4)),
        ),
        (
            "moved sideways on an even page",
            (0, 100, 200),
            (30, 130, 230),
            Columns(edges=(0, 100, 200), first=(0, 1, 2), second=(0, 1, 2)),
        ),
        (
            "outer borders a little apart",
            (0, 100, 200),
            (0, 100, 204),
            Columns(edges=(0, 100, 200), first=(0, 1, 2), second=(0, 1, 2)),
        ),
    ],
)
def test_union(name, first, second, expected):
    widths = (len(first) - 1, len(second) - 1)
    assert common_columns(first, second, widths) == expected, name


def test_without_borders_the_columns_must_agree():
    assert common_columns((), (), (3, 3)) == Columns(
        edges=(), first=(0, 1, 2, 3), second=(0, 1, 2, 3)
    )

"""From text trees to typed values: every fault at once, in the reader's language."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec import Struct

from jixiao.foundation.errors import StandardsError
from jixiao.foundation.quantity import Comparator
from jixiao.foundation.typed import Faults, build, collect


class Inner(Struct, frozen=True):
    share: Decimal = Decimal(1)
    words: tuple[str, ...] = ()


class Outer(Struct, frozen=True):
    name: str
    inner: Inner = Inner()
    on: bool = False
    day: date | None = None
    pair: tuple[str, int] = ("", 0)
    signs: frozenset[Comparator] = frozenset()
    table: Mapping[str, tuple[int, ...]] = {}
    anything: Any = None


@pytest.mark.parametrize(
    ("faults", "tree"),
    [
        (["name: missing"], {}),
        (["must be a mapping"], ["a"]),
        (["name: Expected `str`, got `int`, not “3”"], {"name": 3}),
        (["on: must be yes or no, not “maybe”"], {"name": "a", "on": "maybe"}),
        (
            ["inner.share: Invalid decimal string, not “viel”"],
            {"name": "a", "inner": {"share": "viel"}},
        ),
        (["pair: must have 2 entries"], {"name": "a", "pair": ["x"]}),
        (["inner.words: must be a list"], {"name": "a", "inner": {"words": "x"}}),
        (["signs[0]: Invalid enum value '!', not “!”"], {"name": "a", "signs": ["!"]}),
        (["table: must be a mapping"], {"name": "a", "table": ["x"]}),
        (
            ["table.k[1]: Expected `int`, got `str`, not “x”"],
            {"name": "a", "table": {"k": ["1", "x"]}},
        ),
    ],
)
def test_faults_are_named_with_their_path(faults: list[str], tree) -> None:
    with pytest.raises(StandardsError) as told:
        build(Outer, tree, "f.yml")
    assert str(told.value).splitlines() == [f"f.yml: {fault}" for fault in faults]


def test_all_faults_are_told_at_once() -> None:
    tree = {"nam": "a", "on": "x", "inner": {"shar": "1", "words": ["a"]}}
    with pytest.raises(StandardsError) as told:
        build(Outer, tree, "f.yml")
    said = str(told.value).splitlines()
    assert [line.split(": ")[1] for line in said] == ["nam", "name", "inner.shar", "on"]


def test_users_are_told_in_chinese() -> None:
    faults = Faults(chinese=True)
    collect(Outer, {"nam": "a", "day": "gestern", "signs": ["!"], "on": "x"}, "", faults)
    assert faults.found == [
        "“nam”不认识，可以写的有：name, inner, on, day, pair, signs, table, anything",
        "“name”没有写",
        "“on”应为 yes 或 no，而不是“x”",
        "“day”应为日期（如 2026-12-31），而不是“gestern”",
        "“signs[0]”应为≥、>、=、≤、<、≈之一，而不是“!”",
    ]


def test_text_becomes_what_the_type_asks_for() -> None:
    tree = {
        "name": "055",
        "inner": {"share": "0.10", "words": ["no"]},
        "on": "yes",
        "day": "2026-12-31",
        "pair": ["x", "3"],
        "signs": ["≥"],
        "table": {"k": ["1"]},
        "anything": {"free": ["text"]},
    }
    assert build(Outer, tree, "f.yml") == Outer(
        name="055",
        inner=Inner(share=Decimal("0.10"), words=("no",)),
        on=True,
        day=date(2026, 12, 31),
        pair=("x", 3),
        signs=frozenset({Comparator.AT_LEAST}),
        table={"k": (1,)},
        anything={"free": ["text"]},
    )


def test_an_empty_entry_is_an_empty_group() -> None:
    assert build(Outer, {"name": "a", "inner": "", "table": "", "signs": ""}, "f") == Outer(
        name="a"
    )

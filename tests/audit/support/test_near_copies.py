"""Copies are found by rare tokens; what is said of likeness must hold for any order and size."""

import itertools
import random

import pytest

from jixiao.audit.support import near_copies
from jixiao.audit.support.near_copies import copies, grams, likeness


def of(*texts: str) -> list[frozenset[str]]:
    return [frozenset(text) for text in texts]


@pytest.mark.parametrize(
    ("sets", "threshold", "expected"),
    [
        (of("", "", ""), 0.9, []),
        (of("甲乙丙", "丁戊己"), 0.5, []),
        (of("甲"), 0.5, []),
        (of("甲乙丙", "甲乙丙"), 1.0, [(0, 1)]),
        (of("甲乙丙", "丁戊", "丙乙甲"), 1.0, [(0, 2)]),
        (of("甲乙丙丁", "甲乙丙戊"), 0.6, [(0, 1)]),
        (of("甲乙丙丁", "甲乙丙戊"), 0.61, []),
        (of("abcdefghi", "abcdefghij"), 0.9, [(0, 1)]),
        (of("abcdefg", "abcdefgh"), 0.9, []),
        (of("abcdefghij", "bcdefghijk", "cdefghijkl"), 0.8, [(0, 1, 2)]),
    ],
)
def test_which_sets_are_copies(sets, threshold, expected) -> None:
    assert copies(sets, threshold) == expected


def test_likeness_of_nothing_is_none() -> None:
    assert likeness(frozenset(), frozenset()) == 0
    assert likeness(frozenset("甲"), frozenset("甲")) == 1


@pytest.mark.parametrize(
    ("text", "size", "expected"),
    [("", 2, set()), ("甲", 2, {"甲"}), ("甲乙", 2, {"甲乙"}), ("甲乙丙", 2, {"甲乙", "乙丙"})],
)
def test_runs_of_a_text(text, size, expected) -> None:
    assert grams(text, size) == expected


def every_pair(sets: list[frozenset[str]], threshold: float) -> set[tuple[int, int]]:
    return {
        (one, other)
        for one, other in itertools.combinations(range(len(sets)), 2)
        if sets[one] and likeness(sets[one], sets[other]) >= threshold
    }


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("threshold", [0.5, 0.75, 0.9])
def test_no_pair_is_missed_where_buckets_are_small(seed, threshold, monkeypatch) -> None:
    monkeypatch.setattr(near_copies, "COMPARED", 1000)
    chance = random.Random(seed)
    sets = [frozenset(chance.sample("abcdefghijklmnop", chance.randint(0, 12))) for _ in range(60)]
    group_of = {
        position: number
        for number, group in enumerate(copies(sets, threshold))
        for position in group
    }
    for one, other in every_pair(sets, threshold):
        assert group_of[one] == group_of[other]
    for group in copies(sets, threshold):
        for member in group:
            near = {likeness(sets[member], sets[other]) for other in group if other != member}
            assert max(near) >= threshold


def test_work_per_set_is_bounded_where_thousands_are_alike(monkeypatch) -> None:
    compared = []
    true_likeness = near_copies.likeness

    def counting(one, other):
        compared.append(1)
        return true_likeness(one, other)

    monkeypatch.setattr(near_copies, "likeness", counting)
    shared = [f"共{i}" for i in range(18)]
    sets = [frozenset((*shared, f"独{i}")) for i in range(2000)]
    assert copies(sets, 0.9) == [tuple(range(2000))]
    # Two or three rare tokens, each with at most COMPARED earlier sets.
    assert len(compared) <= 2000 * 3 * near_copies.COMPARED

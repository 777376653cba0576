"""Word lists found in texts, the longest word first."""

import re

import pytest

from jixiao.audit.support.word_patterns import containing, ending_in

WORDS = frozenset(("保障", "保障率", "率", "满意度", "度", "a.b"))
TEXTS = (
    "",
    "无",
    "保",
    "保障",
    "保障率高",
    "供水保障率",
    "满意度",
    "群众满意",
    "a.b",
    "axb",
    "率度率",
)


def as_pattern(ending=""):
    longest = sorted(WORDS, key=lambda word: (-len(word), word))
    return re.compile(f"(?:{'|'.join(map(re.escape, longest))}){ending}")


def place(found):
    return None if found is None else (found[0], found.start(), found.end())


@pytest.mark.parametrize("finder", [containing, ending_in])
def test_an_empty_list_finds_nothing(finder):
    assert finder(frozenset()).search("保障") is None


@pytest.mark.parametrize("text", TEXTS)
def test_finds_what_a_pattern_finds(text):
    assert place(containing(WORDS).search(text)) == place(as_pattern().search(text))
    assert place(containing(WORDS).match(text)) == place(as_pattern().match(text))
    assert place(ending_in(WORDS).search(text)) == place(as_pattern("$").search(text))
    assert containing(WORDS).sub("-", text) == as_pattern().sub("-", text)
    assert containing(WORDS).split(text) == as_pattern().split(text)
    assert containing(WORDS).findall(text) == as_pattern().findall(text)


def test_finds_the_same_when_the_pattern_has_begun_to_pay():
    words = WORDS | {"清运"}
    for _ in range(3):
        assert place(containing(words).search("垃" * 3000 + "清运率")) == ("清运", 3000, 3002)

"""Patterns that are compiled when they are first used."""

import re

import pytest

from jixiao.foundation.pattern import pattern


def test_a_broken_pattern_is_refused_at_its_first_use():
    broken = pattern("(")
    with pytest.raises(re.error):
        broken.search("")


def test_nothing_is_compiled_before_the_first_use(monkeypatch):
    compiled = []
    real = re.compile
    monkeypatch.setattr(re, "compile", lambda *given: compiled.append(given) or real(*given))
    later = pattern("a+", re.IGNORECASE)
    assert compiled == []
    assert later.search("bAa")[0] == "Aa"
    assert later.fullmatch("ab") is None
    assert compiled == [("a+", re.IGNORECASE)]


def test_answers_like_a_compiled_pattern():
    later, real = pattern("(?P<sign>[,;])"), re.compile("(?P<sign>[,;])")
    assert (later.pattern, later.groups, later.groupindex) == (
        real.pattern,
        real.groups,
        real.groupindex,
    )
    assert later.sub("-", "a,b") == "a-b"
    assert later.split("a,b") == real.split("a,b")

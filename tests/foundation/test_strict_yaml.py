"""Strict YAML: text stays text, and every mistake is said with its line."""

import pytest

from jixiao.foundation.errors import StandardsError
from jixiao.foundation.strict_yaml import Document, load, load_mapping


@pytest.mark.parametrize(
    ("mistakes", "text"),
    [
        (["x.yml:2: the key “a” a second time"], "a: 1\na: 2"),
        (["x.yml:3: the key “c” a second time"], "b:\n  c: 1\n  c: 2"),
        (
            ["x.yml:2: the key “a” a second time", "x.yml:4: the key “b” a second time"],
            "a: 1\na: 2\nb: 1\nb: 2",
        ),
        (["x.yml:1: a tab; write blanks, or \\t within double quotes"], "a:\t1"),
        (["x.yml:2: a tab; write blanks, or \\t within double quotes"], "a:\n\t- 1"),
        (["x.yml:2: an alias; write the text again"], "a: &one [1]\nb: *one"),
        (["x.yml:1: the tag tag:yaml.org,2002:int"], "a: !!int 3"),
        (["x.yml:1: the tag !secret"], "a: !secret 3"),
        (["x.yml:1: a key that is no plain text"], "[a, b]: 1"),
        (["x.yml:2: but found another document"], "- 1\n---\n- 2"),
    ],
)
def test_mistakes_are_refused_with_their_line(mistakes: list[str], text: str) -> None:
    with pytest.raises(StandardsError) as told:
        load(text, "x.yml")
    assert str(told.value).splitlines() == mistakes


@pytest.mark.parametrize("text", ["a: [", "a: 'b", "{a: 1", "a: b: c", "%"])
def test_what_is_no_yaml_is_refused_with_a_line(text: str) -> None:
    with pytest.raises(StandardsError, match=r"^x\.yml:\d+: "):
        load(text, "x.yml")


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        ("", ""),
        ({"a": "055"}, "a: 055"),
        ({"a": "no", "b": "12:30", "c": "4.50", "d": "0101"}, "a: no\nb: 12:30\nc: 4.50\nd: 0101"),
        ({"a": ""}, "a:"),
        ({"a": "null", "b": "~"}, "a: null\nb: ~"),
        ({"a": "2022-01-01"}, "a: 2022-01-01"),
        ({"055": ["yes", "1e3"]}, "055: [yes, 1e3]"),
        ({"a": "x\ty"}, 'a: "x\\ty"'),
        ({"a": "≧ >90%"}, 'a: "≧ >90%"'),
        (["a", {"b": "c"}], "- a\n- b: c"),
    ],
)
def test_every_scalar_stays_text(tree, text: str) -> None:
    assert load(text, "x.yml") == tree


def test_the_line_of_every_entry_is_known() -> None:
    lines = Document("a: 1\nb:\n  c:\n    - x\n    - y\n", "x.yml").lines
    assert (lines["a"], lines["b.c"], lines["b.c[1]"]) == (1, 3, 5)


def test_a_file_of_entries_holds_a_mapping() -> None:
    assert load_mapping("", "x.yml") == {}
    with pytest.raises(StandardsError, match="must hold a mapping"):
        load_mapping("- a", "x.yml")

"""Tables and texts larger than anything may be: bounded in memory, and said."""

import json

import pytest

from jixiao.intake.bounds import LARGEST, LONGEST, WIDEST, even_rows, width_of
from jixiao.intake.choose import open_document
from jixiao.intake.document import SourceFile, Table

WIDTHS = {
    "one wide row above many short ones": ([60_000, *[2] * 40_000], 49),
    "wider than any table": ([5_000, 3], WIDEST),
    "many rows of one cell": ([1] * 3_000_000, 1),
    "as wide as the widest": ([3, 7, 5], 7),
    "long and full": ([20] * 200_000, 20),
}


@pytest.mark.parametrize("case", WIDTHS.values(), ids=WIDTHS.keys())
def test_width_of_rows(case):
    widths, expected = case
    assert expected == width_of(widths)


def test_blanks_beyond_the_bounds_are_no_loss():
    rows = [["甲", *[""] * 5_000], ["乙"]]
    assert (False, {WIDEST}) == (even_rows(rows), set(map(len, rows)))


def test_words_beyond_the_bounds_are_a_loss():
    rows = [["甲"] * 5_000, ["乙"]]
    assert (True, {WIDEST}) == (even_rows(rows), set(map(len, rows)))


WIDE, HIGH = 60_000, 40_000
JAGGED = {
    "表.csv": "a," * WIDE + "\n" + "a,b\n" * HIGH,
    "表.txt": "a\t" * WIDE + "\n" + "a\tb\n" * HIGH,
    "表.md": "|a" * WIDE + "|\n" + "|--" * WIDE + "|\n" + "|a|b|\n" * HIGH,
    "画.txt": "│a" * WIDE + "│\n" + "│a│b│\n" * HIGH,
    "行.json": json.dumps([["a"] * WIDE, *[["a"]] * HIGH]),
    "键.json": json.dumps([{str(n): "a", str(-n): "b"} for n in range(1, HIGH)]),
    "表.html": f"<table><tr>{'<td>a' * WIDE}</tr>{'<tr><td>a<td>b</tr>' * HIGH}</table>",
}


@pytest.mark.parametrize("name", JAGGED)
def test_jagged_rows_do_not_fill_the_memory(name):
    document = open_document(SourceFile(name=name, content=JAGGED[name].encode()))
    cells = sum(len(b.texts) * b.width for b in document.blocks if isinstance(b, Table))
    assert cells <= LARGEST + 8 * (WIDE + 2 * HIGH)
    assert ["INT009"] == [problem.code for problem in document.problems]


@pytest.mark.parametrize("text", ["{}\n", "名称\t{}\n值\t3\n"], ids=["line", "cell"])
def test_text_longer_than_any_cell(text):
    content = text.format("数" * (LONGEST + 1)).encode()
    document = open_document(SourceFile(name="表.txt", content=content))
    (problem,) = document.problems
    assert ("INT009", 1) == (problem.code, problem.source.line)
    whole = "".join(
        b.text if not isinstance(b, Table) else b.texts[0][1] for b in document.blocks[:1]
    )
    assert LONGEST == len(whole)

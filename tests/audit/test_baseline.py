"""Baselines: moved rows and renamed files are not new, one more of the same is."""

import random
from datetime import date

import pytest

from jixiao.audit import baseline
from jixiao.audit.engine import audit
from jixiao.foundation.errors import ConfigurationError
from tests.support.forms import a_form
from tests.support.rules import flags_rows

ROWS = [["output.quality", f"第{i}项合格率", "良好" if i % 2 else "一般"] for i in range(8)]


def findings(rows, **more):
    form = a_form(**{"project": "甲项目", "indicators": rows, **more})
    rules = (flags_rows("VAL001", "良好"), flags_rows("VAL002"))
    return audit([form], profile="cn_mof_2015", as_of=date(2024, 6, 1), rules=rules).findings


@pytest.mark.parametrize("seed", range(5))
def test_shuffled_rows_are_not_new(seed: int) -> None:
    known = baseline.take(findings(ROWS), "1.0")
    rows = random.Random(seed).sample(ROWS, len(ROWS))
    assert baseline.new_findings(findings(rows, file="renamed.docx"), known) == ()


@pytest.mark.parametrize(
    ("new", "rows", "more"),
    [
        (0, ROWS, {}),
        (0, ROWS[:-1], {}),
        (0, ROWS, {"project": "甲 项目"}),
        (2, [*ROWS, ["output.quality", "另一项", "良好"]], {}),
        (12, ROWS, {"project": "乙项目"}),
        (1, [*ROWS, ["output.quality", "另一项", "优秀"]], {}),
    ],
)
def test_only_what_is_new_counts(new: int, rows, more) -> None:
    known = baseline.take(findings(ROWS), "1.0")
    assert len(baseline.new_findings(findings(rows, **more), known)) == new


def test_a_baseline_is_written_and_read() -> None:
    known = baseline.take(findings(ROWS), "1.0")
    assert baseline.parse(baseline.dump(known), "b.json") == known
    assert baseline.dump(known).decode().count("\n") > len(known.findings)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"schema": "other/1"}', b'{"findings": 3}']
)
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(ConfigurationError, match=r"b\.json"):
        baseline.parse(content, "b.json")

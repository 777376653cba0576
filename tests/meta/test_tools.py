"""The tools of the house: what the sample run counts as failure, what set-up refuses."""

import subprocess
import sys

import pytest
from benchmarks import __main__ as bench
from tools import measure_accuracy, run_sample, set_up

from tests.meta.test_house import ROOT, text_of


@pytest.mark.parametrize(
    ("statuses", "writes", "expected"),
    [
        ([2], True, 2),  # could not: said at once
        ([1, 2], True, 2),  # the report could not be made
        ([1, 1], False, 2),  # a crash also ends with 1, but leaves no report
        ([1, 1], True, 0),  # findings are what the sample is for
        ([0, 0], True, 0),
    ],
)
def test_the_sample_run_fails_only_where_it_could_not_be_made(
    monkeypatch, tmp_path, capsys, statuses: list[int], writes: bool, expected: int
) -> None:
    left = list(statuses)

    def audit(*options: str) -> int:
        if writes and "-o" in options:
            (tmp_path / options[options.index("-o") + 1]).write_text("", encoding="utf-8")
        return left.pop(0)

    monkeypatch.setattr(run_sample, "ROOT", tmp_path)
    monkeypatch.setattr(run_sample, "audit", audit)
    assert run_sample.main() == expected
    assert ("网页报告" in capsys.readouterr().out) == (expected == 0)


def test_an_old_python_is_refused_with_a_way_out(monkeypatch, capsys) -> None:
    monkeypatch.setattr(set_up, "OLDEST", (99, 0))
    assert set_up.main() == 1
    assert "99" not in capsys.readouterr().out.split("当前是")[1]


def test_set_up_needs_nothing_that_it_installs() -> None:
    """It runs before there is an environment: the standard library only."""
    code = f"import runpy; runpy.run_path({str(ROOT / 'tools' / 'set_up.py')!r})"
    assert subprocess.run([sys.executable, "-S", "-c", code], check=False).returncode == 0


def test_every_target_of_the_makefile_is_explained() -> None:
    text = text_of(ROOT / "Makefile")
    named = next(line for line in text.splitlines() if line.startswith(".PHONY:")).split()[1:]
    explained = [
        line.partition(":")[0] for line in text.splitlines() if ": " in line and "## " in line
    ]
    assert sorted(set(named) - set(explained)) == []


def test_the_benchmarks_are_listed() -> None:
    page = text_of(ROOT / "benchmarks" / "README.md")
    assert bench.names()
    assert [name for name in bench.names() if f"| `{name}` |" not in page] == []


def test_the_accuracy_page_has_every_measured_rule() -> None:
    page = measure_accuracy.page()
    assert "| COS003 |" in page
    assert "All rules together:" in page

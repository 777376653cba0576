"""The tool that writes a new rule: what it refuses, and that its frame is whole."""

import ast
from pathlib import Path

import pytest
from tools.new_rule import codes_in, main, mistakes, write

from jixiao.foundation.strict_yaml import load
from tests.meta.test_rules import HEADINGS


@pytest.mark.parametrize(
    ("pieces", "asked"),
    [
        (["family"], ("Values", "new_fault", "VAL900")),
        (["name"], ("values", "NewFault", "VAL900")),
        (["code"], ("values", "new_fault", "VAL-900")),
        (["code: VAL001 is values/one.py"], ("values", "new_fault", "VAL001")),
        (["name: values/one.py exists"], ("values", "one", "VAL900")),
        (["family", "name", "code"], ("1", "2", "3")),
        ([], ("values", "new_fault", "VAL900")),
    ],
)
def test_a_wrong_request_is_told_with_all_its_mistakes(tmp_path: Path, pieces, asked) -> None:
    (tmp_path / "values").mkdir()
    (tmp_path / "values" / "one.py").write_text('RULE = row_rule(code="VAL001")', encoding="utf-8")
    found = mistakes(tmp_path, *asked)
    assert len(found) == len(pieces)
    assert all(piece in fault for piece, fault in zip(pieces, found, strict=True))


def test_the_frame_is_whole(tmp_path: Path) -> None:
    module, cases = write(tmp_path, "values", "new_fault", "VAL900")
    page = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    assert page.splitlines()[1] == "New fault"
    assert all(heading in page.splitlines() for heading in HEADINGS)
    assert len(load(cases.read_text(encoding="utf-8"), "cases")) == 3
    assert codes_in(tmp_path) == {"VAL900": module}
    assert (tmp_path / "values" / "__init__.py").exists()


def test_nothing_is_written_for_a_wrong_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["values", "NoSnake", "VAL2"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2

"""Every layout drawn once on a small filled form: a change of a table is seen in a diff.

`make accept` writes the expectation anew.
"""

import os

import pytest

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.official.compose import compose
from jixiao.standards.layout import layout_of, layouts
from tests.support.golden_forms import FOLDER, golden_form
from tests.support.same_record import differences
from tests.support.sheets_to_grids import document_of, text_of

DRAWN = [layout.id for layout in layouts() if layout.sheet is not None]


def test_every_layout_has_a_plan_and_a_golden_form():
    assert [layout.id for layout in layouts()] == DRAWN
    assert sorted(path.parent.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.yml")) == (
        sorted(DRAWN)
    )


@pytest.mark.parametrize("name", DRAWN)
def test_is_drawn_as_expected(name):
    drawn = compose(golden_form(name), layout_of(name))
    expected = FOLDER / name / "sheet.txt"
    if os.environ.get("JIXIAO_ACCEPT"):
        expected.write_text(text_of(drawn.sheet), encoding="utf-8")
    assert text_of(drawn.sheet) == expected.read_text(encoding="utf-8")
    assert (drawn.leftovers, drawn.refusals, drawn.notes) == ((), (), ())


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
@pytest.mark.parametrize("name", DRAWN)
def test_is_read_back_as_it_was(name, form):
    assert changed(name, form) == []


@pytest.mark.parametrize("form", ["pdf", "tsv", "json", "markdown"])
@pytest.mark.parametrize("name", DRAWN)
def test_is_read_back_where_lines_break_and_merges_are_lost(name, form):
    assert [one for one in changed(name, form) if plain(one.first) != plain(one.second)] == []


def changed(name, form):
    filled = golden_form(name)
    made, content = document_of(form, compose(filled, layout_of(name)).sheet)
    (again,) = read_file(SourceFile(name=made, content=content)).forms
    return differences(filled, again)


def plain(said):
    return "".join(str(said).replace("\\n", "").split())

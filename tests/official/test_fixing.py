"""Proposed corrections as texts to write, and the cells findings are about."""

import pytest

from jixiao import audit, read
from jixiao.form.forms import Form
from jixiao.official.compose import compose
from jixiao.official.editing import apply, change
from jixiao.official.finding_cells import cells_for
from jixiao.official.fixing import writes_of
from jixiao.standards.layout import layout_of

SAMPLE = "src/jixiao/sample/taole-2022.txt"
#: What the table prints itself: nobody types there.
PRINTED = ("title", "year_entry")
NO_CELL = (*PRINTED, "columns")
LAYOUT = layout_of("nx_pingluo/project_target_2022")


@pytest.fixture(scope="module")
def forms():
    return read(SAMPLE).forms


def findings(form):
    return audit((form,), profile="nx_pingluo_2022").findings


def test_a_finding_without_a_fix_writes_nothing(forms):
    assert all(
        writes_of(form, one) == () for form in forms for one in findings(form) if not one.fix
    )


def test_a_fix_that_meets_other_texts_writes_nothing(forms):
    form = change(forms[12], "indicators[0].target", "≧ >90%")
    (found,) = [one for one in findings(form) if one.code == "VAL002"]
    later = change(form, "indicators[0].target", "≥80%")
    assert writes_of(form, found)
    assert writes_of(later, found) == ()


def test_every_fix_of_the_sample_can_be_written_and_helps(forms):
    tried = 0
    for form in forms:
        for one in findings(form):
            if one.fix is None or one.path in PRINTED:
                continue
            writes = writes_of(form, one)
            assert writes, one
            mended = apply(form, writes)
            still = {(other.code, other.path, other.quote) for other in findings(mended)}
            assert (one.code, one.path, one.quote) not in still, one
            tried += 1
    assert tried > 5


def test_findings_about_a_field_stand_at_a_drawn_cell(forms):
    for form in forms:
        drawn = {one.path for cell in compose(form, LAYOUT).sheet.cells for one in cell.inputs}
        for one in findings(form):
            whole = one.path in ("", "indicators") or one.path.partition("[")[0] in NO_CELL
            if not whole:
                assert set(cells_for(one.path, form)) & drawn, one.path


def test_other_names_of_the_same_field():
    form = change(Form(kind="self_evaluation", file=""), "funding.fiscal.executed", "1")
    form = change(form, "header.others.填报人", "甲")
    assert "funding.fiscal.executed" in cells_for("funding.lines[0].executed", form)
    assert "funding.lines[0].executed" in cells_for("funding.fiscal.executed", form)
    assert "header.others.填报人" in cells_for("header.others[0]", form)
    assert cells_for("", form) == ()

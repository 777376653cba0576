"""Every described layout written as a Word document and read back as the same record.

Long forms run over pages, and stand in the document as two tables with a label parted between
heading and rows: they must come back as the one form they are.
"""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.official.compose import compose
from jixiao.official.sheet import Annex, Sheet
from jixiao.official.word.plan import plan_of
from jixiao.official.writers.docx import WRITER
from jixiao.standards.layout import layout_of, layouts
from tests.support.filled_forms import forms_for
from tests.support.same_record import differences

DRAWN = [layout.id for layout in layouts() if layout.sheet is not None]
GROWING = [name for name in DRAWN if layout_of(name).kind != "review"]
FEW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def read_back(*sheets: Sheet):
    stream = io.BytesIO()
    WRITER.write(Annex(title="附件", sheets=sheets), stream)
    return read_file(SourceFile(name="附件.docx", content=stream.getvalue())).forms


@pytest.mark.parametrize("name", DRAWN)
@FEW
@given(data=st.data())
def test_a_filled_form_is_read_back_as_it_was(name, data):
    layout = layout_of(name)
    form = data.draw(forms_for(layout))
    (again,) = read_back(compose(form, layout).sheet)
    assert differences(form, again) == []


@pytest.mark.parametrize("name", GROWING)
@FEW
@given(data=st.data())
def test_a_form_over_pages_is_read_back_as_it_was(name, data):
    layout = layout_of(name)
    form = _longer(data.draw(forms_for(layout)))
    drawn = compose(form, layout).sheet
    assert plan_of(drawn).stands
    (again,) = read_back(drawn)
    assert differences(form, again) == []


def _longer(form):
    """The form with its indicators over and over, every name another one."""
    rows = [
        replace(one, name=replace(one.name, raw=f"{one.name.raw}之{number}", value=None))
        for one in form.indicators
        for number in range(40)
    ]
    return replace(form, indicators=tuple(rows))

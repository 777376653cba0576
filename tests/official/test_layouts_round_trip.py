"""Every described layout: a form that fills it is drawn, written, and read back as the same record.

The document is built by the builders of the tests, so that table and recognition are held against
each other without any writer of the project in between.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.official.compose import compose
from jixiao.standards.layout import layout_of, layouts
from tests.support.filled_forms import forms_for
from tests.support.same_record import differences
from tests.support.sheets_to_grids import document_of

DRAWN = [layout.id for layout in layouts() if layout.sheet is not None]
FORMATS = ("docx", "xlsx", "html")


def read_back(form_of_file, *sheets):
    name, content = document_of(form_of_file, *sheets)
    return read_file(SourceFile(name=name, content=content)).forms


@pytest.mark.parametrize("name", DRAWN)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_filled_form_is_read_back_as_it_was(name, data):
    layout = layout_of(name)
    form = data.draw(forms_for(layout))
    made_as = data.draw(st.sampled_from(FORMATS))
    drawn = compose(form, layout)
    assert drawn.leftovers == ()
    (again,) = read_back(made_as, drawn.sheet)
    assert differences(form, again) == []


@pytest.mark.parametrize("name", DRAWN)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_place_of_the_grid_is_drawn_once(name, data):
    layout = layout_of(name)
    sheet = compose(data.draw(forms_for(layout)), layout).sheet
    places = [
        (row, column)
        for cell in sheet.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    whole = [(row, column) for row in range(sheet.height) for column in range(len(sheet.grid))]
    assert sorted(places) == whole
    assert list(sheet.cells) == sorted(sheet.cells, key=lambda cell: (cell.row, cell.column))
    assert sum(sheet.grid) == pytest.approx(257 if sheet.landscape else 170)


def test_two_forms_of_one_document_keep_their_layout():
    layout = layout_of("nx_pingluo/project_target_2022")
    found = st.tuples(forms_for(layout), forms_for(layout))

    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(found)
    def run(pair):
        first, second = read_back("docx", *(compose(form, layout).sheet for form in pair))
        assert differences(pair[0], first) == []
        assert differences(pair[1], second) == []

    run()

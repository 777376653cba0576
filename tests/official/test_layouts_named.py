"""Which layout a table is named after: title, columns, kind, parties and years decide; a tie none."""

import pytest
from msgspec.structs import replace

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.intake.recognise import match
from jixiao.official.compose import compose
from jixiao.standards.layout import layout_of, layouts
from tests.support.golden_forms import golden_form
from tests.support.sheets_to_grids import document_of


def named(sheet):
    made, content = document_of("docx", sheet)
    forms = read_file(SourceFile(name=made, content=content)).forms
    return forms[0].layout if forms else None


def sheet_of(name):
    return compose(golden_form(name), layout_of(name)).sheet


def with_words(sheet, old, new):
    cells = tuple(replace(cell, text=cell.text.replace(old, new)) for cell in sheet.cells)
    return replace(sheet, cells=cells)


@pytest.mark.parametrize("name", [layout.id for layout in layouts()])
def test_a_written_table_is_named_after_its_layout(name):
    assert named(sheet_of(name)) == name


@pytest.mark.parametrize("name", [layout.id for layout in layouts()])
def test_a_table_that_lacks_a_column_is_not_named(name):
    heading = layout_of(name).headings[-1]
    assert named(with_words(sheet_of(name), heading, "本地栏目")) != name


@pytest.mark.parametrize("name", [layout.id for layout in layouts()])
def test_another_title_is_another_table(name):
    sheet = replace(sheet_of(name), title="绩效目标公开情况表")
    assert named(sheet) is None


def test_a_county_s_table_in_another_county_is_not_named():
    sheet = sheet_of("nx_pingluo/project_target_2022")
    assert named(with_words(sheet, "平罗", "临川")) is None


def test_a_table_of_other_years_is_not_named():
    sheet = sheet_of("nx_pingluo/project_target_2022")
    assert named(replace(sheet, subtitle="（2012年度）")) is None


def test_general_and_key_review_are_told_apart_by_their_columns():
    general = sheet_of("cn_mof/review_general_2015")
    plain = replace(general, title="项目支出绩效目标审核表")
    assert named(plain) == "cn_mof/review_general_2015"


def test_two_layouts_that_fit_equally_well_name_nothing(monkeypatch):
    one = layout_of("cn_mof/project_target_2015")
    twin = replace(one, id="cn_mof/twin")
    monkeypatch.setattr(match, "layouts", lambda: (one, twin))
    match._best.cache_clear()
    assert named(sheet_of(one.id)) is None
    match._best.cache_clear()

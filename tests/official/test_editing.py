"""Typing into a form: refusals, then every cell of every layout, then undoing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.form.forms import Form
from jixiao.form.indicator import Category
from jixiao.official.blank import blank
from jixiao.official.compose import compose
from jixiao.official.editing import (
    BLOCKS,
    Insert,
    Move,
    Remove,
    UnknownPlace,
    Write,
    apply,
    change,
    insert_row,
    inverse,
    move_row,
    remove_row,
    row_counts,
)
from jixiao.standards.layout import layout_of, layouts
from tests.support.filled_forms import forms_for
from tests.support.golden_forms import golden_form

DRAWN = [layout.id for layout in layouts() if layout.sheet is not None]
TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12)


def inputs(form, layout):
    return [one for cell in compose(form, layout).sheet.cells for one in cell.inputs]


def texts(form, layout):
    return [cell.text for cell in compose(form, layout).sheet.cells]


@pytest.mark.parametrize(
    "path",
    [
        *("", "header", "header.nothing", "header.others", "header.others[9]", "header.others[x]"),
        *("narrative.tasks", "narrative.other", "funding.nothing", "funding.lines[9].amount"),
        *("funding.total.label", "indicators[0]", "indicators[0].at", "indicators[0].category"),
        *("indicators[0].remarks", "indicators[0].operator_cell", "indicators[999].name"),
        *("review.items[0].nothing", "review.items[99].grade", "review.nothing", "columns[0].raw"),
        *("indicators[-1].name", "indicators[1.name", "evidence[0].about", "indicators[9+].name"),
    ],
)
def test_a_path_that_names_no_field_is_refused(path):
    with pytest.raises(UnknownPlace):
        change(golden_form("cn_mof/project_target_2021"), path, "x")


@pytest.mark.parametrize("at", [-1, 99])
def test_rows_that_are_not_there_are_refused(at):
    form = golden_form("cn_mof/project_target_2021")
    with pytest.raises(UnknownPlace):
        insert_row(form, "indicators", at)
    with pytest.raises(UnknownPlace):
        remove_row(form, "indicators", at)
    with pytest.raises(UnknownPlace):
        move_row(form, "indicators", 0, at)
    with pytest.raises(UnknownPlace):
        remove_row(form, "review", 0)
    with pytest.raises(UnknownPlace):
        inverse(form, Remove(block="indicators", at=at))


@pytest.mark.parametrize("kind", ["filled", "blank", "empty"])
@pytest.mark.parametrize("name", DRAWN)
def test_every_cell_accepts_a_text_and_shows_it(name, kind):
    layout = layout_of(name)
    form = {
        "filled": lambda: golden_form(name),
        "blank": lambda: blank(layout, year=2027),
        "empty": lambda: Form(kind=layout.kind, file="", layout=name),
    }[kind]()
    for field in inputs(form, layout):
        said = field.tick or (field.choices[0] if field.choices else "改 9.5")
        again = inputs(change(form, field.path, said), layout)
        kept = _with_own_name(field.path, again)
        assert said in kept, field.path


def _with_own_name(path, again):
    """The texts at a path; a field that was not there may be known by another path now."""
    end = path.rpartition(".")[2]
    wanted = path.replace("+]", "]")
    same = [one.text for one in again if one.path == wanted]
    moved = [one.text for one in again if one.path.endswith(end) or "others[" in one.path]
    return same or moved


@pytest.mark.parametrize("name", DRAWN)
def test_only_sums_and_printed_words_have_no_field(name):
    layout = layout_of(name)
    asked = [cell for _, cell in layout.sheet.cells() if cell.asks]
    drawn = {one.path for one in inputs(blank(layout, year=2027), layout)}
    computed = [cell for cell in asked if all(field.startswith("sum.") for field in cell.asks)]
    assert drawn
    assert len(asked) > len(computed)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_write_is_undone_by_the_text_before(data):
    layout = layout_of(data.draw(st.sampled_from(DRAWN)))
    form = data.draw(forms_for(layout))
    fields = [one for one in inputs(form, layout) if "+]" not in one.path]
    field = data.draw(st.sampled_from(fields))
    written = change(form, field.path, data.draw(TEXT))
    assert texts(change(written, field.path, field.text), layout) == texts(form, layout)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_operations_on_rows_are_undone_by_their_inverse(data):
    layout = layout_of(data.draw(st.sampled_from(DRAWN)))
    form = data.draw(forms_for(layout))
    block = data.draw(st.sampled_from(BLOCKS))
    count = row_counts(form)[block]
    place = st.integers(0, max(count - 1, 0))
    one = data.draw(
        st.one_of(
            st.builds(Insert, block=st.just(block), at=st.integers(0, count)),
            st.builds(Remove, block=st.just(block), at=place),
            st.builds(Move, block=st.just(block), at=place, to=place),
        )
    )
    if count == 0 and not isinstance(one, Insert):
        return
    undone = apply(apply(form, [one]), [inverse(form, one)])
    assert texts(undone, layout) == texts(form, layout)
    assert row_counts(undone) == row_counts(form)


def test_a_new_row_stands_under_the_headings_of_the_row_above():
    form = blank(layout_of("nx_pingluo/project_target_2022"), year=2022)
    row = insert_row(form, "indicators", 1).indicators[1]
    assert (row.level1.raw, row.level2.raw) == ("产出指标", "数量指标")
    assert row.category is Category.OUTPUT_QUANTITY


def test_a_new_row_of_a_chosen_category():
    form = blank(layout_of("nx_pingluo/project_target_2022"), year=2022)
    chosen = {"level1": "产出指标", "level2": "质量指标（必填）"}
    row = apply(form, [Insert(block="indicators", at=1, texts=chosen)]).indicators[1]
    assert row.category is Category.OUTPUT_QUALITY
    assert row.required


def test_a_row_is_put_between_two_by_its_path():
    form = golden_form("cn_mof/project_target_2021")
    put = change(form, "indicators[1+].name", "新的")
    assert [row.name.raw for row in put.indicators[:3]] == [
        form.indicators[0].name.raw, "新的", form.indicators[1].name.raw,
    ]  # fmt: skip


def test_one_part_of_a_value_changes_and_the_others_stay():
    form = change(golden_form("sc/self_evaluation_2023"), "indicators[0].target", "≥95%")
    changed = change(form, "indicators[0].value", "98")
    assert changed.indicators[0].target.raw == "≥98%"
    assert changed.indicators[0].value_cell.raw == "98"
    whole = change(changed, "indicators[0].target", "100%")
    assert whole.indicators[0].value_cell is None


def test_a_number_becomes_money_under_cost():
    layout = layout_of("nx_pingluo/project_target_2022")
    form = change(blank(layout, year=2022), "indicators[0].target", "6000元")
    moved = apply(
        form,
        [
            Write(path="indicators[0].level2", text="成本指标"),
            Write(path="indicators[0].level1", text="产出指标"),
        ],
    )
    assert moved.indicators[0].category is Category.OUTPUT_COST
    assert moved.indicators[0].target.value.kind == "money"


def test_a_line_of_money_begins_under_its_usual_name():
    form = Form(kind="self_evaluation", file="")
    changed = change(form, "funding.special_account.executed", "12.5")
    (line,) = changed.funding.lines
    assert (line.label.raw, line.executed.raw) == ("财政专户管理资金", "12.5")


def test_a_further_column_keeps_its_place_and_heading():
    form = golden_form("cn_mof/evaluation_score_2020")
    labels = [one.label for one in form.indicators[0].remarks]
    changed = change(form, f"indicators[0].remark.{labels[0]}", "新")
    assert [one.label for one in changed.indicators[0].remarks] == labels
    assert changed.indicators[0].remarks[0].entry.raw == "新"


def test_a_label_written_otherwise_is_the_same_field():
    form = change(Form(kind="project_target", file=""), "header.others.填报人", "甲")
    changed = change(form, "header.others.填 报 人：", "乙")
    assert [one.raw for one in changed.header.others] == ["乙"]

"""The case runner must be able to fail: each way in which a rule and its cases can disagree."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jixiao.audit.finding import Edit, Fix, Hit, Skip
from jixiao.audit.rule import Context, row_rule
from jixiao.audit.view import Row
from jixiao.foundation.errors import StandardsError
from tests.support.cases import Case, read_cases, run_case
from tests.support.forms import a_form
from tests.support.rules import a_rule, breaks, flags_rows, over_limit, same_goals

ROW = ["output.quality", "合格率", "良好"]
RULE = flags_rows("VAL001", "良好")


def a_case(*expect: str, **more: Any) -> Case:
    given = {"indicator": ROW} if not set(more) & {"form", "forms", "indicators"} else {}
    return Case(name="case", expect=expect, **{**given, **more})


@pytest.mark.parametrize(
    ("message", "expect"),
    [
        ("found, not expected: VAL001", []),
        ("expected, not found: VAL002", ["VAL001", "VAL002"]),
        ("expected, not found: VAL001 差", ["VAL001 差"]),
        ("expected, not found: VAL001 良好 @narrative.goal", ["VAL001 良好 @narrative.goal"]),
        ("expected, not found: VAL001 #1", ["VAL001 #1"]),
        ("expected, not found: VAL001", ["VAL001", "VAL001"]),
        ("an expectation is", ["val001"]),
    ],
)
def test_a_disagreement_fails(message: str, expect: list[str]) -> None:
    with pytest.raises(AssertionError, match=message):
        run_case(RULE, a_case(*expect))


@pytest.mark.parametrize(
    "expect",
    ["VAL001", "VAL001 良好", "VAL001 良好 @indicators[0].target", "VAL001 良好 #0", "VAL001 #0"],
)
def test_an_agreement_passes(expect: str) -> None:
    run_case(RULE, a_case(expect))


def test_a_broken_rule_fails_its_cases() -> None:
    with pytest.raises(ZeroDivisionError):
        run_case(breaks("VAL001"), a_case())


def test_the_settings_of_a_case_reach_the_rule() -> None:
    rows = [["output.quantity", "人数", "7 人"]]
    run_case(over_limit("VAL001"), a_case(indicators=rows))
    run_case(over_limit("VAL001"), a_case("VAL001 大于 5", indicators=rows, params={"most": "5"}))


def test_forms_are_compared_by_their_index() -> None:
    forms = [{"goal": "甲"}, {"goal": "乙"}, {"goal": "甲"}]
    run_case(same_goals("DUP001"), a_case("DUP001 相同 #0", "DUP001 相同 #2", forms=forms))


def test_a_demanded_outcome_must_come_about() -> None:
    run_case(same_goals("DUP001"), a_case(form={"goal": "甲"}, outcome="not_enough_data 只有一张"))
    with pytest.raises(AssertionError, match="not_enough_data"):
        run_case(same_goals("DUP001"), a_case(form={"goal": "甲"}, outcome="pass"))


def proposes(new: str, *, safe: bool, old: str | None = None):
    """A rule that would write `new` into every value, whatever stands there."""

    def check(row: Row, _: Context[Any]) -> Iterator[Hit | Skip]:
        target = row.indicator.target
        edit = Edit(at=target.at, old=target.raw if old is None else old, new=new)
        fix = Fix(safe=safe, title="改写", edits=(edit,))
        yield row.hit("target", f"值“{row.raw_value}”", fix=fix)

    return a_rule("VAL001", row_rule, check)


def grows(*_: Any):
    def check(row: Row, __: Context[Any]) -> Iterator[Hit | Skip]:
        target = row.indicator.target
        edit = Edit(at=target.at, old=target.raw, new=f"{target.raw}。")
        yield row.hit("target", "值", fix=Fix(safe=False, title="加句号", edits=(edit,)))

    return a_rule("VAL001", row_rule, check)


@pytest.mark.parametrize(
    ("message", "rule", "target"),
    [
        ("≥95% → ≥96%", proposes("≥96%", safe=True), "≥95%"),
        ("95% → ≥95%", proposes("≥95%", safe=True), "95%"),
        ("edits no cell", proposes("≥95%", safe=False, old="另一个值"), "95%"),
        ("changes nothing", proposes("95%", safe=True), "95%"),
        ("changes more each time", grows(), "95%"),
    ],
)
def test_an_unsound_correction_fails(message: str, rule, target: str) -> None:
    with pytest.raises(AssertionError, match=message):
        run_case(rule, a_case("VAL001", indicator=["output.quality", "合格率", target]))


@pytest.mark.parametrize(
    ("new", "safe", "target"),
    [("≥95%", True, "≥ 95％"), ("≥95%", True, "=>95%"), ("≥95%", False, "良好")],
)
def test_a_sound_correction_passes(new: str, safe: bool, target: str) -> None:
    rule = proposes(new, safe=safe)
    run_case(rule, a_case("VAL001", indicator=["output.quality", "合格率", target]))


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("expect: missing", "- name: a\n  indicator: [output.cost, x, y]"),
        ("needs exactly one of", "- name: a\n  expect: []"),
        ("needs exactly one of", "- name: a\n  expect: []\n  form: {}\n  forms: []"),
        ("stands twice", "- {name: a, expect: [], form: {}}\n- {name: a, expect: [], form: {}}"),
        ("show: bad or good", "- {name: a, expect: [], form: {}, show: ugly}"),
        ("showw: unknown", "- {name: a, expect: [], form: {}, showw: bad}"),
        ("a second time", "- {name: a, name: b, expect: [], form: {}}"),
    ],
)
def test_a_faulty_case_file_is_refused(tmp_path: Path, message: str, text: str) -> None:
    path = tmp_path / "x.cases.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((AssertionError, StandardsError), match=message):
        read_cases(path)


@pytest.mark.parametrize(
    ("message", "mapping"),
    [
        ("form: unknown gaol", {"gaol": "x"}),
        ("indicators: unknown taget", {"indicators": [{"taget": "x"}]}),
        ("lines: unknown sum", {"lines": [{"label": "x", "sum": "1"}]}),
    ],
)
def test_an_unknown_key_of_a_form_is_refused(message: str, mapping) -> None:
    with pytest.raises(ValueError, match=message):
        a_form(**mapping)


def test_absent_and_blank_are_different() -> None:
    form = a_form(project="", other="", indicators=[["output.quantity", "人数", ""]])
    assert form.header.project_name is not None
    assert form.header.project_name.raw == ""
    assert form.header.project_code is None
    assert form.funding is not None
    assert form.funding.other is not None
    assert (form.funding.other.raw, form.funding.other.value) == ("", None)
    assert form.funding.fiscal is None
    assert form.indicators[0].target.raw == ""


def test_separate_columns_are_joined_in_reading_order() -> None:
    row = {
        "category": "output.quality",
        "name": "合格率",
        "operator": "≥",
        "value": "95",
        "unit": "%",
    }
    (indicator,) = a_form(indicators=[row]).indicators
    assert indicator.target.raw == "≥95%"
    assert indicator.unit_cell is not None
    assert indicator.unit_cell.raw == "%"


def test_every_cell_has_a_place_of_its_own() -> None:
    form = a_form(
        project="甲", goal="乙", total="1", indicators=[ROW, ROW], others={"联系人": "丙"}
    )
    places = [form.header.project_name.at, form.narrative.goal.at, form.funding.total.at]
    places += [entry.at for row in form.indicators for entry in (row.name, row.target, row.level2)]
    places += [form.header.others[0].at]
    assert len({(at.row, at.column) for at in places}) == len(places)

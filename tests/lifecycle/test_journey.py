"""The levels of a county as data: bundled files, a county's own, and what is wrong with one."""

from datetime import date

import pytest

from jixiao.foundation.errors import StandardsError, UnknownCode
from jixiao.lifecycle.journey import journey_of
from jixiao.lifecycle.machine import Facts, Moved, act
from jixiao.lifecycle.roles import RoleCode
from jixiao.standards import data_files

OWN = """
id: own
title: 本县
stage: target_setting
label: 绩效目标申报
kind: project_target
source: practice
levels:
  - {state: checked, label: 乡镇财政所初审, role: department_reviewer, passing: 同意, days: "3"}
approval: {role: budget_division}
"""


@pytest.mark.parametrize("name", data_files.names("journeys"))
def test_every_way_leads_from_draft_to_issued(name):
    journey = journey_of(name)
    state, everybody = "draft", frozenset(RoleCode)
    facts = Facts(today=date(2026, 11, 22), grade="优")
    for action in ("submit", *("pass" for _ in journey.levels), "approve", "issue"):
        outcome = act(journey.stage, state=state, action=action, roles=everybody, facts=facts)
        assert isinstance(outcome, Moved)
        state = outcome.state.code
    assert state == "issued"


def test_a_file_of_the_countys_own(tmp_path):
    path = tmp_path / "own.yml"
    path.write_text(OWN, encoding="utf-8")
    journey = journey_of(str(path))
    assert [level.label for level in journey.levels] == ["乡镇财政所初审"]
    assert journey.stage.actions_from("checked")[0].target == "to_approve"
    assert journey.correction_days == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("state: checked", "state: draft"), "重复或与固定状态同名：draft"),
        (("role: department_reviewer", "role: nobody"), "nobody"),
        (("levels:\n", "levels: []\nothers:\n"), "levels"),
        (("passing: 同意, ", ""), "passing"),
    ],
)
def test_a_faulty_file_is_named_with_its_fault(tmp_path, change, said):
    path = tmp_path / "own.yml"
    path.write_text(OWN.replace(*change), encoding="utf-8")
    with pytest.raises(StandardsError) as raised:
        journey_of(str(path))
    assert str(path) in str(raised.value)
    assert said in str(raised.value)


def test_a_file_that_is_not_there():
    with pytest.raises(StandardsError, match="读不了"):
        journey_of("nowhere/own.yml")
    with pytest.raises(UnknownCode):
        journey_of("cn_moon")

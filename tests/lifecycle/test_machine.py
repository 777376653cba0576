"""The machine by itself: no trap, no way without the role, every reason at once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.lifecycle.deadlines import due
from jixiao.lifecycle.journey import journey_of
from jixiao.lifecycle.machine import GUARDS, Facts, Moved, Refused, act
from jixiao.lifecycle.rights import may_change, table
from jixiao.lifecycle.roles import ADMINISTRATORS, ROLES, RoleCode, may_hold_together

STAGE = journey_of().stage
DAY = date(2026, 11, 22)
EVERYBODY = frozenset(ROLES)


def reachable(start: str) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for action in STAGE.actions_from(waiting.pop()):
            if action.target not in seen:
                seen.add(action.target)
                waiting.append(action.target)
    return seen


def test_every_state_is_reached_and_none_is_a_trap():
    assert reachable(STAGE.initial) == {state.code for state in STAGE.states}
    final = {state.code for state in STAGE.states if state.final}
    for state in STAGE.states:
        assert state.final or reachable(state.code) & final


def test_every_action_is_sound():
    for action in STAGE.actions:
        assert action.roles
        assert action.event
        assert set(action.guards) <= GUARDS.keys()
        STAGE.state(action.target)
    pairs = [(action.source, action.code) for action in STAGE.actions]
    assert len(pairs) == len(set(pairs))


@given(
    st.sampled_from(STAGE.states),
    st.sampled_from([action.code for action in STAGE.actions]),
    st.frozensets(st.sampled_from(sorted(ROLES))),
)
def test_nobody_moves_anything_without_the_role(state, action, roles):
    facts = Facts(today=DAY, grade="优", opinion="好")
    outcome = act(STAGE, state=state.code, action=action, roles=roles, facts=facts)
    if isinstance(outcome, Moved):
        assert outcome.action.roles & roles
        assert outcome.action.source == state.code
    else:
        assert all(outcome.reasons)


def test_all_reasons_are_said_at_once():
    facts = Facts(today=DAY, errors=3, filled=False, closes_on=date(2026, 11, 1))
    outcome = act(STAGE, state="draft", action="submit", roles=EVERYBODY, facts=facts)
    assert isinstance(outcome, Refused)
    assert len(outcome.reasons) == 3


@pytest.mark.parametrize("first", sorted(ADMINISTRATORS))
def test_administrators_hold_nothing_else(first):
    assert not any(may_hold_together(first, other) for other in RoleCode if other is not first)


def test_only_drafts_are_changed_and_only_by_their_preparer():
    for state in STAGE.states:
        for role in RoleCode:
            allowed = may_change(
                STAGE, state=state.code, path="indicators[0].target", roles=frozenset({role})
            )
            assert allowed is (state.code == "draft" and role is RoleCode.PREPARER)
    assert not may_change(STAGE, state="draft", path="file", roles=EVERYBODY)


def test_the_table_of_rights_is_what_the_machine_does():
    facts = Facts(today=DAY, grade="差", opinion="好")
    rights = {(one.role, one.state, one.what) for one in table(STAGE)}
    for action in STAGE.actions:
        for role in RoleCode:
            outcome = act(
                STAGE, state=action.source, action=action.code, roles=frozenset({role}), facts=facts
            )
            barred = isinstance(outcome, Refused) and "不由您办理" in outcome.reasons[0]
            assert barred is ((role, action.source, action.code) not in rights)


@pytest.mark.parametrize(
    ("start", "days", "exceptions", "wanted"),
    [
        (date(2026, 11, 20), 1, {}, date(2026, 11, 23)),  # Friday → Monday
        (date(2026, 11, 20), 0, {}, date(2026, 11, 20)),
        (date(2026, 9, 30), 2, {date(2026, 10, d): False for d in range(1, 8)}, date(2026, 10, 9)),
        (
            date(2026, 11, 20),
            1,
            {date(2026, 11, 21): True},
            date(2026, 11, 21),
        ),  # a Saturday worked
    ],
)
def test_terms_count_working_days(start, days, exceptions, wanted):
    assert due(start, days, exceptions) == wanted

"""Who may change which field at which state: a table that can be asked and shown."""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.lifecycle.roles import ROLES, RoleCode
from jixiao.lifecycle.stage import Stage

#: Parts of a form a right is about, by the beginning of the field's path.
PARTS = {
    "header": "表头",
    "funding": "项目资金",
    "narrative": "绩效目标",
    "indicators": "绩效指标",
    "long_term_indicators": "中长期指标",
}
#: Money is confirmed with the budget: after the first pass only the preparer's draft holds it.
_READERS = frozenset(ROLES) - {
    RoleCode.SYSTEM_ADMIN,
    RoleCode.SECURITY_ADMIN,
    RoleCode.AUDIT_ADMIN,
}
#: The people's congress and the audit office read what was handed in and stay outside of the work.
COMMENTERS = _READERS - {RoleCode.CONGRESS, RoleCode.STATE_AUDIT}


class Right(Struct, frozen=True, kw_only=True):
    """One line of the table: a role, in a state, may do an action or change a part."""

    role: RoleCode
    state: str
    what: str
    label: str


def may_read(roles: frozenset[RoleCode]) -> bool:
    """Whether any of the roles sees filings at all; administrators do not."""
    return bool(roles & _READERS)


def may_comment(roles: frozenset[RoleCode]) -> bool:
    """Whether any of the roles may say something of a filing it sees, whoever's turn it is."""
    return bool(roles & COMMENTERS)


def may_change(stage: Stage, *, state: str, path: str, roles: frozenset[RoleCode]) -> bool:
    """Whether these roles may change the field at `path` in `state`."""
    at = stage.state(state)
    part = path.partition(".")[0].partition("[")[0]
    return at.editable and part in PARTS and bool(at.turn & roles)


def table(stage: Stage) -> Iterator[Right]:
    """Every right of a stage, for the page that shows them and the test that walks them."""
    for state in stage.states:
        for role in sorted(ROLES):
            if state.editable and role in state.turn:
                for part, label in PARTS.items():
                    yield Right(role=role, state=state.code, what=part, label=f"修改{label}")
            for action in stage.actions_from(state.code):
                if role in action.roles:
                    yield Right(role=role, state=state.code, what=action.code, label=action.label)

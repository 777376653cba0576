"""The levels of a county, from data, as a stage with all its states and actions."""

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from jixiao.foundation.errors import StandardsError
from jixiao.foundation.tree import Tree
from jixiao.foundation.typed import build
from jixiao.lifecycle.control import Exceeding
from jixiao.lifecycle.roles import RoleCode
from jixiao.lifecycle.stage import Action, Stage, State
from jixiao.standards import data_files

DRAFT, TO_APPROVE, APPROVED, ISSUED = "draft", "to_approve", "approved", "issued"
REFUSED, WITHDRAWN = "refused", "withdrawn"
SUBMIT, PASS, RETURN = "submit", "pass", "return"


class Level(Struct, frozen=True, kw_only=True):
    """One level of review: its state, who acts, what passing is called, working days to do it."""

    state: str
    label: str
    role: RoleCode
    passing: str
    graded: bool = False
    days: int = 0


class Journey(Struct, frozen=True, kw_only=True):
    """What a file of `data/journeys/` says.

    `correction_days` are the working days in which a returned form is due again, 0 for no term;
    `exceeding` says whether 二上 above the control figure is refused or only told.
    """

    id: str
    title: str
    stage: Stage
    levels: tuple[Level, ...]
    correction_days: int = 0
    exceeding: Exceeding = Exceeding.WARN

    def level(self, state: str) -> Level | None:
        """The level of a state, None for draft and what follows the review."""
        return next((level for level in self.levels if level.state == state), None)


class _Correction(Struct, frozen=True, kw_only=True):
    days: int


class _Approval(Struct, frozen=True, kw_only=True):
    role: RoleCode


class _Control(Struct, frozen=True, kw_only=True):
    exceeding: Exceeding


class _JourneyFile(Struct, frozen=True, kw_only=True):
    id: str
    title: str
    stage: str
    label: str
    kind: str
    source: str
    levels: tuple[Level, ...]
    approval: _Approval
    correction: _Correction | None = None
    control: _Control | None = None


@cache
def journey_of(name: str = "cn_county") -> Journey:
    """The journey of this id, or of a county's own file when `name` ends in `.yml`.

    Raises UnknownCode, and StandardsError for a faulty file.
    """
    file = build(_JourneyFile, _tree(name).root, name)
    levels = file.levels
    if not levels:
        raise StandardsError(f"{name}: levels 至少要有一级审核")
    if again := sorted({one.state for one in levels if _is_taken(one, levels)}):
        raise StandardsError(f"{name}: 审核级次的代码重复或与固定状态同名：{'、'.join(again)}")
    exceeding = Exceeding.WARN if file.control is None else file.control.exceeding
    stage = Stage(
        code=file.stage,
        label=file.label,
        kind=file.kind,
        initial=DRAFT,
        states=tuple(_states(levels, file.approval.role)),
        actions=tuple(_actions(levels, file.approval.role, exceeding)),
    )
    return Journey(
        id=file.id,
        title=file.title,
        stage=stage,
        levels=levels,
        correction_days=0 if file.correction is None else file.correction.days,
        exceeding=exceeding,
    )


def _tree(name: str) -> Tree:
    if name.endswith(".yml"):
        return data_files.own_document(name)
    return data_files.document(data_files.require(name, "journeys", "流程"))


def _is_taken(level: Level, levels: tuple[Level, ...]) -> bool:
    fixed = {DRAFT, TO_APPROVE, APPROVED, ISSUED, REFUSED, WITHDRAWN}
    return level.state in fixed or [one.state for one in levels].count(level.state) > 1


def _states(levels: tuple[Level, ...], approver: RoleCode) -> Iterator[State]:
    preparer = frozenset({RoleCode.PREPARER})
    yield State(code=DRAFT, label="草稿", turn=preparer, editable=True)
    for level in levels:
        yield State(code=level.state, label=level.label, turn=frozenset({level.role}))
    yield State(code=TO_APPROVE, label="待批复", turn=frozenset({approver}))
    yield State(code=APPROVED, label="已批复", turn=frozenset({approver}), frozen=True)
    yield State(code=ISSUED, label="已下达", frozen=True, final=True)
    yield State(code=REFUSED, label="不予安排", frozen=True, final=True)
    yield State(code=WITHDRAWN, label="已撤销", frozen=True, final=True)


def _actions(
    levels: tuple[Level, ...], approver: RoleCode, exceeding: Exceeding
) -> Iterator[Action]:
    preparer = frozenset({RoleCode.PREPARER})
    within = ("within_control",) if exceeding is Exceeding.REFUSE else ()
    yield Action(
        code=SUBMIT,
        label="提交",
        source=DRAFT,
        target=levels[0].state,
        roles=preparer,
        guards=("no_errors", "in_window", "something_filled", *within),
        event="filing.submitted",
    )
    yield Action(
        code="withdraw",
        label="撤销申报",
        source=DRAFT,
        target=WITHDRAWN,
        roles=preparer,
        needs_opinion=True,
        event="filing.withdrawn",
    )
    before, sent_by = DRAFT, preparer
    following = (*(level.state for level in levels[1:]), TO_APPROVE)
    for level, target in zip(levels, following, strict=True):
        yield from _level_actions(level, target, before, sent_by)
        before, sent_by = level.state, frozenset({level.role})
    finance = frozenset({approver})
    yield _cancel(TO_APPROVE, before, sent_by)
    yield Action(
        code="approve",
        label="批复",
        source=TO_APPROVE,
        target=APPROVED,
        roles=finance,
        guards=("unchanged_since_review",),
        event="filing.approved",
    )
    yield _return(TO_APPROVE, finance)
    yield Action(
        code="issue",
        label="下达",
        source=APPROVED,
        target=ISSUED,
        roles=finance,
        event="filing.issued",
    )


def _level_actions(
    level: Level, target: str, before: str, sent_by: frozenset[RoleCode]
) -> Iterator[Action]:
    roles = frozenset({level.role})
    yield Action(
        code=PASS,
        label=level.passing,
        source=level.state,
        target=target,
        roles=roles,
        guards=("no_errors", "graded_well") if level.graded else ("no_errors",),
        event="filing.passed",
    )
    yield _return(level.state, roles)
    yield _cancel(level.state, before, sent_by)
    if level.graded:
        yield Action(
            code="refuse",
            label="不予安排",
            source=level.state,
            target=REFUSED,
            roles=roles,
            guards=("graded_poor",),
            needs_opinion=True,
            event="filing.refused",
        )


def _return(state: str, roles: frozenset[RoleCode]) -> Action:
    return Action(
        code=RETURN,
        label="退回修改",
        source=state,
        target=DRAFT,
        roles=roles,
        needs_opinion=True,
        event="filing.returned",
    )


def _cancel(state: str, before: str, sent_by: frozenset[RoleCode]) -> Action:
    """Whoever sent it on may take it back while the next level has not acted."""
    return Action(
        code="cancel",
        label="撤回",
        source=state,
        target=before,
        roles=sent_by,
        event="filing.cancelled",
    )

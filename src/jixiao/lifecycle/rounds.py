"""一上、一下、二上、二下: the four passes of drafting a budget, and who works in each.

In the passes upward the units hand in; in those downward the bureau reviews and gives control
figures (一下), or approves with the budget (二下). Practice everywhere, no clause prescribes it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from jixiao.lifecycle.journey import DRAFT, TO_APPROVE, Journey
from jixiao.lifecycle.roles import RoleCode


class Round(Struct, frozen=True, kw_only=True):
    """One pass. `work` names what is done in it, `undone` what is counted before it closes."""

    code: str
    meaning: str
    work: str
    undone: str
    hands_in: bool = False


ROUNDS: Mapping[str, Round] = MappingProxyType(
    {
        one.code: one
        for one in (
            Round(
                code="一上",
                meaning="单位报送项目申请",
                work="申报",
                undone="没有提交",
                hands_in=True,
            ),
            Round(code="一下", meaning="财政审核，下达控制数", work="审核", undone="没有审核完"),
            Round(
                code="二上",
                meaning="单位按控制数报送",
                work="申报",
                undone="没有提交",
                hands_in=True,
            ),
            Round(code="二下", meaning="财政随预算批复", work="批复", undone="没有批复"),
        )
    }
)
#: Passes in which nobody hands in: their days say nothing of who may submit.
DOWNWARD = frozenset(one.code for one in ROUNDS.values() if not one.hands_in)


def work_in(code: str) -> str:
    """What is done in this pass; unknown passes are upward."""
    known = ROUNDS.get(code)
    return "申报" if known is None else known.work


def working(journey: Journey, code: str) -> frozenset[RoleCode]:
    """The roles with something to do in this pass."""
    turns = (journey.stage.state(state).turn for state in undone_states(journey, code))
    return frozenset().union(*turns)


def undone_states(journey: Journey, code: str) -> frozenset[str]:
    """The states of filings that still have to move in this pass; unknown passes are upward."""
    if code == "二下":
        return frozenset({TO_APPROVE})
    if code in DOWNWARD:
        return frozenset(level.state for level in journey.levels)
    return frozenset({DRAFT})

"""What happens when somebody acts: one pure function, and every condition in words.

All conditions are asked, and all that fail are answered together, so that nobody mends one thing
only to be told of the next.
"""

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from jixiao.lifecycle.roles import RoleCode
from jixiao.lifecycle.stage import Action, Stage, State

GOOD_GRADES = frozenset({"优", "良"})


class Facts(Struct, frozen=True, kw_only=True):
    """What the conditions look at. `today` is passed in; the window is None where none is set.

    `errors` are open findings of level error, `grade` the grade a person decided at this step,
    `filled` whether the form says anything, `changed_since_review` whether the content differs
    from what was reviewed. `handed_in` says that the form has been handed in before: a return is
    answered within its own term, whatever the window says. `over_control` says which control
    figures this form exceeds in 二上.
    """

    today: date
    errors: int = 0
    opinion: str = ""
    grade: str = ""
    filled: bool = True
    opens_on: date | None = None
    closes_on: date | None = None
    handed_in: bool = False
    changed_since_review: bool = False
    over_control: tuple[str, ...] = ()


class Moved(Struct, frozen=True, kw_only=True):
    """The action is allowed: where the filing stands now, and the event to write."""

    action: Action
    state: State


class Refused(Struct, frozen=True):
    """The action is not allowed, with every reason in Chinese."""

    reasons: tuple[str, ...]


def act(
    stage: Stage, *, state: str, action: str, roles: frozenset[RoleCode], facts: Facts
) -> Moved | Refused:
    """Somebody holding `roles` over the filing does `action` in `state`."""
    found = next((one for one in stage.actions_from(state) if one.code == action), None)
    if found is None:
        return Refused((f"“{stage.state(state).label}”时不能这样办理，请刷新页面看当前状态",))
    if not found.roles & roles:
        return Refused((f"“{stage.state(state).label}”时，{found.label}不由您办理",))
    reasons = [reason for name in found.guards if (reason := GUARDS[name](facts)) is not None]
    if found.needs_opinion and not facts.opinion.strip():
        reasons.append(f"{found.label}须写明意见")
    if reasons:
        return Refused(tuple(reasons))
    return Moved(action=found, state=stage.state(found.target))


def open_actions(stage: Stage, *, state: str, roles: frozenset[RoleCode]) -> tuple[Action, ...]:
    """The actions these roles can take in this state, whether or not conditions hold."""
    return tuple(one for one in stage.actions_from(state) if one.roles & roles)


def _no_errors(facts: Facts) -> str | None:
    return f"尚有 {facts.errors} 项错误未处理" if facts.errors else None


def _in_window(facts: Facts) -> str | None:
    if facts.handed_in:
        return None
    if facts.opens_on is not None and facts.today < facts.opens_on:
        return f"申报于 {facts.opens_on:%Y-%m-%d} 开始"
    if facts.closes_on is not None and facts.today > facts.closes_on:
        return f"申报已于 {facts.closes_on:%Y-%m-%d} 截止，请联系预算股室"
    return None


def _something_filled(facts: Facts) -> str | None:
    return None if facts.filled else "表还是空的，没有可以提交的内容"


def _graded_well(facts: Facts) -> str | None:
    """优 goes on, 良 after agreed corrections; 中 must be revised, 差 may not go on."""
    if not facts.grade:
        return "请先评定审核等级"
    if facts.grade in GOOD_GRADES:
        return None
    return f"审核等级为“{facts.grade}”，" + (
        "应退回修改后重新报送" if facts.grade == "中" else "不得进入下一步"
    )


def _graded_poor(facts: Facts) -> str | None:
    return None if facts.grade == "差" else "只有审核等级为“差”的才能不予安排"


def _unchanged(facts: Facts) -> str | None:
    return "内容在审核之后有改动，请退回重新审核" if facts.changed_since_review else None


def _within_control(facts: Facts) -> str | None:
    return "；".join(facts.over_control) or None


GUARDS: dict[str, Callable[[Facts], str | None]] = {
    "no_errors": _no_errors,
    "in_window": _in_window,
    "something_filled": _something_filled,
    "graded_well": _graded_well,
    "graded_poor": _graded_poor,
    "unchanged_since_review": _unchanged,
    "within_control": _within_control,
}

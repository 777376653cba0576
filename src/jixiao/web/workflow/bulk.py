"""Many filings in one go: each is acted on by itself, and each answers for itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from jixiao.lifecycle.journey import Journey
from jixiao.lifecycle.machine import Refused, open_actions
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import Filing
from jixiao.web.filings.selectors import visible_to
from jixiao.web.workflow.acting import Stale, act

#: The one action of a state that leads on.
FORWARD = frozenset({"submit", "pass", "approve", "issue"})
MOST_AT_ONCE = 200


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of one filing: where it stands now, or why it stayed."""

    filing: Filing
    action: str
    state: str
    reasons: tuple[str, ...] = ()


def pass_on(
    *,
    actor: Actor,
    chosen: Iterable[tuple[int, int]],
    journey: Journey,
    now: datetime,
    opinion: str = "",
) -> tuple[Outcome, ...]:
    """Send on each filing of these keys and lock versions; what is out of reach is not there."""
    versions = dict(list(chosen)[:MOST_AT_ONCE])
    return act_on_each(actor=actor, chosen=versions, journey=journey, now=now, opinion=opinion)


def act_on_each(
    *,
    actor: Actor,
    chosen: Mapping[int, int | None],
    journey: Journey,
    now: datetime,
    action: str | None = None,
    opinion: str = "",
) -> tuple[Outcome, ...]:
    """One action for each filing of these keys; without an action, whatever leads on.

    A version that is given has to be the present one.
    """
    seen = visible_to(actor).select_related("agency").filter(pk__in=chosen).order_by("pk")
    return tuple(
        _one(
            actor,
            one,
            chosen[one.pk],
            journey=journey,
            now=now,
            action=action or _forward(actor, one, journey),
            opinion=opinion,
        )
        for one in seen
    )


def _forward(actor: Actor, filing: Filing, journey: Journey) -> str | None:
    roles = actor.roles_over(filing.agency_path)
    possible = open_actions(journey.stage, state=filing.state, roles=roles)
    return next((one.code for one in possible if one.code in FORWARD), None)


def _one(
    actor: Actor,
    filing: Filing,
    version: int | None,
    *,
    journey: Journey,
    now: datetime,
    action: str | None,
    opinion: str,
) -> Outcome:
    state = journey.stage.state(filing.state)
    if action is None:
        reason = f"“{state.label}”时不由您办理"
        return Outcome(filing=filing, action="", state=state.label, reasons=(reason,))
    labels = {one.code: one.label for one in journey.stage.actions_from(filing.state)}
    label = labels.get(action, action)
    done = act(
        actor=actor,
        filing_id=filing.pk,
        action=action,
        journey=journey,
        now=now,
        lock_version=version,
        opinion=opinion,
    )
    if isinstance(done, Refused):
        return Outcome(filing=filing, action=label, state=state.label, reasons=done.reasons)
    if isinstance(done, Stale):
        reason = "打开页面之后这张表有了变化，请看过最新内容再办理"
        return Outcome(filing=filing, action=label, state=state.label, reasons=(reason,))
    moved = journey.stage.state(done.state).label
    return Outcome(filing=done, action=label, state=moved)

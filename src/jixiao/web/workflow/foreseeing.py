"""What sending on many filings would come to, before anything is done.

Each is asked by itself as it stands: where it would go, or every reason why it would stay.
"""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from jixiao.lifecycle.journey import Journey
from jixiao.lifecycle.machine import Refused, open_actions
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import Filing
from jixiao.web.filings.selectors import form_of, visible_to
from jixiao.web.workflow.acting import foresee
from jixiao.web.workflow.bulk import FORWARD, MOST_AT_ONCE
from jixiao.web.workflow.returned import last_return


class Foreseen(Struct, frozen=True, kw_only=True):
    """What would become of one filing; `reasons` say why it would stay.

    `unanswered` are the cells of the last return that are still as they were: nothing bars the
    way, but whoever sends many on should know.
    """

    filing: Filing
    action: str = ""
    state: str = ""
    target: str = ""
    reasons: tuple[str, ...] = ()
    unanswered: int = 0


def foresee_each(
    *,
    actor: Actor,
    chosen: Iterable[tuple[int, int | None]],
    journey: Journey,
    today: date,
    opinion: str = "",
) -> tuple[Foreseen, ...]:
    """The filings of these keys and versions seen; what is out of reach is not there."""
    versions = dict(list(chosen)[:MOST_AT_ONCE])
    seen = visible_to(actor).select_related("agency").filter(pk__in=versions).order_by("pk")
    return tuple(
        _one(actor, one, versions[one.pk], journey=journey, today=today, opinion=opinion)
        for one in seen
    )


def _one(
    actor: Actor,
    filing: Filing,
    version: int | None,
    *,
    journey: Journey,
    today: date,
    opinion: str,
) -> Foreseen:
    roles = actor.roles_over(filing.agency_path)
    state = journey.stage.state(filing.state).label
    possible = open_actions(journey.stage, state=filing.state, roles=roles)
    action = next((one for one in possible if one.code in FORWARD), None)
    if action is None:
        reason = f"“{state}”时不由您办理"
        return Foreseen(filing=filing, state=state, reasons=(reason,))
    if version is not None and filing.lock_version != version:
        reason = "打开页面之后这张表有了变化，请看过最新内容再办理"
        return Foreseen(filing=filing, action=action.label, state=state, reasons=(reason,))
    would = foresee(
        actor=actor,
        filing=filing,
        action=action.code,
        journey=journey,
        today=today,
        opinion=opinion,
    )
    if isinstance(would, Refused):
        return Foreseen(filing=filing, action=action.label, state=state, reasons=would.reasons)
    last = None if filing.number == 1 else last_return(filing, form_of(filing)[0])
    return Foreseen(
        filing=filing,
        action=action.label,
        state=state,
        target=would.state.label,
        unanswered=0 if last is None else last.unanswered,
    )

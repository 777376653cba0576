"""To answer for a finding: with a reason and until a day; and to take that back."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jixiao.lifecycle.journey import Journey
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.acceptance import accepted, open_findings
from jixiao.web.filings.content import audited, columns
from jixiao.web.filings.counting import keep_findings, keep_tally
from jixiao.web.filings.models import Filing, Suppression
from jixiao.web.filings.selectors import form_of
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.filing import NotYours

#: Nobody answers for a finding longer than this: a budget year.
LONGEST_DAYS = 366


def may_accept(actor: Actor, filing: Filing, journey: Journey) -> bool:
    """Whoever's turn it is answers for what goes on from here."""
    turn = journey.stage.state(filing.state).turn
    return bool(turn & actor.roles_over(filing.agency_path))


def refusals(reason: str, until: date | None, today: date) -> tuple[str, ...]:
    """Why this would not be an answer, in words."""
    found = []
    if len(reason.strip()) < 4:
        found.append("请写明理由，让审核的人看得懂")
    if until is None or until < today:
        found.append("请填写今天或以后的截止日期")
    elif (until - today).days > LONGEST_DAYS:
        found.append("截止日期最长为一年")
    return tuple(found)


@transaction.atomic
def accept(
    *,
    actor: Actor,
    filing: Filing,
    code: str,
    path: str,
    reason: str,
    until: date,
    journey: Journey,
    now: datetime,
) -> Suppression:
    """The finding stays visible with its reason, and no longer stands in the way."""
    if not may_accept(actor, filing, journey):
        raise NotYours
    made, _ = Suppression.objects.update_or_create(
        filing=filing,
        code=code,
        path=path,
        defaults={"reason": reason.strip(), "by": actor.user, "until": until},
    )
    told = {"code": code, "path": path, "reason": reason.strip(), "until": until.isoformat()}
    _tell(actor, filing, "finding.accepted", told, now)
    return made


@transaction.atomic
def take_back(
    *, actor: Actor, filing: Filing, code: str, path: str, journey: Journey, now: datetime
) -> None:
    """The finding is open again."""
    if not may_accept(actor, filing, journey):
        raise NotYours
    Suppression.objects.filter(filing=filing, code=code, path=path).delete()
    _tell(actor, filing, "finding.reopened", {"code": code, "path": path}, now)


def _tell(actor: Actor, filing: Filing, code: str, payload: dict[str, str], now: datetime) -> None:
    """Write the event, and count what is open anew for the lists."""
    form, _ = form_of(filing)
    report = audited(form, profile=filing.profile, as_of=timezone.localdate(now))
    answered_for = accepted(filing, timezone.localdate(now))
    counted = columns(form, report, answered_for)
    kept = {field: counted[field] for field in ("errors", "warnings")}
    Filing.objects.filter(pk=filing.pk).update(**kept, updated_at=F("updated_at"))
    write_event(
        actor=actor, agency=filing.agency, code=code, at=now, filing=filing, payload=payload
    )
    keep_findings(filing, open_findings(report.findings, answered_for))
    keep_tally(filing.agency_id, filing.budget_year)

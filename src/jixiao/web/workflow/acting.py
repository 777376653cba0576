"""The one way a filing moves: `act`. Lock, ask the machine, write state and event together."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from msgspec import Struct
from msgspec.structs import replace

from jixiao.form.codec import decode
from jixiao.lifecycle.control import SECOND, Exceeding, exceeded
from jixiao.lifecycle.deadlines import due
from jixiao.lifecycle.journey import APPROVED, DRAFT, PASS, RETURN, SUBMIT, Journey
from jixiao.lifecycle.machine import Facts, Moved, Refused
from jixiao.lifecycle.machine import act as ask
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.content import audited, stored
from jixiao.web.filings.counting import count_day, keep_tally
from jixiao.web.filings.models import Filing, Revision, Suppression
from jixiao.web.filings.spoken import is_handed_in, move_spoken
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.control_reading import against_at_submission
from jixiao.web.workflow.models import Holiday, Opinion, ReviewSheet, Window
from jixiao.web.workflow.notices import tell_who_is_next
from jixiao.web.workflow.open_days import handing_in
from jixiao.web.workflow.round_totals import note_round


class Stale(Struct, frozen=True):
    """The page was made on another state than the filing has now."""

    state: str


@transaction.atomic
def act(
    *,
    actor: Actor,
    filing_id: int,
    action: str,
    journey: Journey,
    now: datetime,
    lock_version: int | None = None,
    opinion: str = "",
    reasons: dict[str, str] | None = None,
) -> Filing | Refused | Stale:
    """Somebody does something with a filing; everything is written, or nothing.

    `lock_version` is that of the page the person acted on: a stale page moves nothing.
    """
    filing = Filing.objects.select_for_update().select_related("agency").get(pk=filing_id)
    if lock_version is not None and filing.lock_version != lock_version:
        return Stale(filing.state)
    roles = actor.roles_over(filing.agency_path)
    revision = Revision.objects.get(filing=filing, number=filing.number)
    today = timezone.localdate(now)
    window = _window(filing, today)
    facts = _facts(filing, revision, window, today=today, opinion=opinion)
    if action == SUBMIT and journey.exceeding is Exceeding.REFUSE:
        facts = replace(facts, over_control=over_control(filing, window, today))
    outcome = ask(journey.stage, state=filing.state, action=action, roles=roles, facts=facts)
    if isinstance(outcome, Refused):
        return outcome
    before, was_handed_in = filing.state, is_handed_in(filing)
    if before == DRAFT:
        filing.round = _round(filing, window, today)
    _move(filing, revision, outcome, journey=journey, now=now)
    if before == DRAFT and outcome.action.code == SUBMIT:
        note_round(filing)
    role = next(iter(outcome.action.roles & roles)).value
    if opinion.strip() or reasons:
        said = {"action": action, "text": opinion.strip(), "reasons": reasons or {}, "at": now}
        _keep_opinion(actor, filing, revision.number, role=role, **said)
    write_event(
        actor=actor,
        agency=filing.agency,
        code=outcome.action.event,
        at=now,
        filing=filing,
        role=role,
        payload={
            "from": before,
            "to": filing.state,
            "number": revision.number,
            "hash": revision.content_hash,
            "grade": filing.grade,
        },
    )
    keep_tally(filing.agency_id, filing.budget_year)
    move_spoken(filing, was_handed_in=was_handed_in)
    count_day(filing, outcome.action.event, now)
    tell_who_is_next(filing, outcome, actor, opinion)
    return filing


def over_control(filing: Filing, window: Window | None, today: date) -> tuple[str, ...]:
    """The control figures a form exceeds that would be handed in now, where that is in 二上."""
    if _round(filing, window, today) != SECOND:
        return ()
    return exceeded(against_at_submission(filing))


def _round(filing: Filing, window: Window | None, today: date) -> str:
    """The pass in which the form is handed in: that of the window that is open, else the last."""
    if window is not None and window.opens_on <= today <= window.closes_on:
        return window.round
    return filing.round


def _keep_opinion(actor: Actor, filing: Filing, number: int, **said: Any) -> None:
    """What somebody said of a version, with the name as it was at that time."""
    who = {"author": actor.user, "author_name": actor.user.full_name}
    Opinion.objects.create(filing=filing, revision_number=number, **who, **said)


def foresee(
    *, actor: Actor, filing: Filing, action: str, journey: Journey, today: date, opinion: str = ""
) -> Moved | Refused:
    """What `act` would answer as things stand; nothing is locked or written."""
    revision = Revision.objects.get(filing=filing, number=filing.number)
    roles = actor.roles_over(filing.agency_path)
    window = _window(filing, today)
    facts = _facts(filing, revision, window, today=today, opinion=opinion)
    if action == SUBMIT and journey.exceeding is Exceeding.REFUSE:
        facts = replace(facts, over_control=over_control(filing, window, today))
    return ask(journey.stage, state=filing.state, action=action, roles=roles, facts=facts)


def _move(
    filing: Filing,
    revision: Revision,
    moved: Moved,
    *,
    journey: Journey,
    now: datetime,
) -> None:
    """The new state with what comes with it: frozen revisions, a new draft, a deadline."""
    target = moved.state.code
    if revision.status == "draft" and target != DRAFT:
        revision.status = "submitted"
        revision.save(update_fields=["status"])
        filing.submitted_at = now
    if target == DRAFT and revision.status != "draft":
        _open_next(filing, revision, now)
    if target == APPROVED:
        revision.status = "approved"
        revision.save(update_fields=["status"])
        filing.approved_number = revision.number
    sheet = _sheet(filing, filing.state, revision.number)
    if moved.action.code == PASS and sheet is not None and sheet.grade:
        filing.grade = sheet.grade
    filing.due_on = _due(_days(moved, journey), timezone.localdate(now))
    filing.state = target
    filing.lock_version += 1
    filing.updated_at = now
    filing.save()


def _days(moved: Moved, journey: Journey) -> int:
    """The working days of the step that begins: a level's, or those for mending what came back."""
    level = journey.level(moved.state.code)
    if level is not None:
        return level.days
    return journey.correction_days if moved.action.code == RETURN else 0


def _due(days: int, today: date) -> date | None:
    if not days:
        return None
    return due(today, days, dict(Holiday.objects.values_list("day", "is_workday")))


def _open_next(filing: Filing, revision: Revision, now: datetime) -> None:
    """A returned or recalled form is written on in a new revision; the old one stays."""
    filing.number = revision.number + 1
    Revision.objects.create(
        filing=filing,
        number=filing.number,
        form=revision.form,
        content_hash=revision.content_hash,
        author=revision.author,  # whoever returns it has written nothing
        saved_at=now,
        document=revision.document,
    )


def _sheet(filing: Filing, state: str, number: int) -> ReviewSheet | None:
    return ReviewSheet.objects.filter(filing=filing, state=state, revision_number=number).first()


def _window(filing: Filing, today: date) -> Window | None:
    """The window to hand in that is open, else the next to open, else the last that closed."""
    paths = filing.agency.ancestor_paths()
    concerning = handing_in(paths, filing.stage).filter(budget_year=filing.budget_year)
    concerning = concerning.order_by("opens_on")
    ahead = [window for window in concerning if window.closes_on >= today]
    return ahead[0] if ahead else concerning.last()


def _facts(
    filing: Filing, revision: Revision, window: Window | None, *, today: date, opinion: str
) -> Facts:
    form = decode(revision.form)
    sheet = _sheet(filing, filing.state, revision.number)
    report = audited(form, profile=filing.profile, as_of=today)
    accepted = set(
        Suppression.objects.filter(filing=filing, until__gte=today).values_list("code", "path")
    )
    errors = [
        finding
        for finding in report.findings
        if finding.severity == "error"
        and not {(finding.code, finding.path), (finding.code, "")} & accepted
    ]
    return Facts(
        today=today,
        errors=len(errors),
        opinion=opinion,
        grade="" if sheet is None else sheet.grade,
        filled=bool(form.indicators or form.narrative.goal),
        opens_on=None if window is None else window.opens_on,
        closes_on=None if window is None else window.closes_on,
        handed_in=filing.submitted_at is not None,
        changed_since_review=stored(form).digest != revision.content_hash,
    )

"""Drafts: begin one, save it, undo nothing silently. Whoever saves last does not win by accident.

A save names the lock version it was made on. If somebody else has saved since, nothing is
written and both texts are answered, so that the second person can merge.
"""

import json
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from msgspec import Struct

from jixiao.audit.report import AuditReport
from jixiao.form.forms import Form
from jixiao.lifecycle.journey import DRAFT, Journey
from jixiao.lifecycle.rights import may_change
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.acceptance import open_findings, places_of, suppressions_of
from jixiao.web.filings.audits import keep_audit
from jixiao.web.filings.content import Content, audited, columns, stored
from jixiao.web.filings.counting import count_day, keep_findings, keep_tally
from jixiao.web.filings.models import Document, Filing, Revision, Suppression
from jixiao.web.filings.selectors import know_form
from jixiao.web.statements import update
from jixiao.web.workflow.chain import write_event

#: Columns whose change moves the sums of the agency.
_TALLIED = ("category", "total", "indicator_count", "errors", "warnings")


class Conflict(Struct, frozen=True):
    """Somebody else saved since; `theirs` is what stands there now."""

    theirs: Revision
    lock_version: int


class Saved(Struct, frozen=True):
    """The draft as it stands now, with what the engine says of it."""

    filing: Filing
    report: AuditReport
    suppressions: tuple[Suppression, ...] = ()
    #: This very batch was written before: its answer had got lost.
    again: bool = False


class NotYours(Exception):
    """The actor may not do this at this state; pages answer as if it were not there."""


@transaction.atomic
def begin(
    *,
    actor: Actor,
    agency: Agency,
    form: Form,
    journey: Journey,
    budget_year: int,
    now: datetime,
    profile: str = "",
    round_: str = "",
    document: Document | None = None,
    project_key: UUID | None = None,
) -> Filing:
    """A new draft of a unit, from a blank form, last year's, or a document that was read.

    `project_key` is that of last year's filing, or one chosen by the page that asks for a draft:
    asking twice for the same project, year and stage is refused by the database.
    """
    if not journey.stage.state(DRAFT).turn & actor.roles_over(agency.path):
        raise NotYours
    content = stored(form)
    report = audited(form, profile=profile, as_of=timezone.localdate(now), digest=content.digest)
    filing = Filing(
        agency=agency,
        agency_path=agency.path,
        budget_year=budget_year,
        stage=journey.stage.code,
        state=DRAFT,
        round=round_,
        layout=form.layout or "",
        profile=profile,
        number=1,
        created_by=actor.user,
        updated_at=now,
        project_key=project_key or uuid4(),
        **columns(form, report),
    )
    filing.save(force_insert=True)
    Revision.objects.create(
        filing=filing,
        number=1,
        form=content.text,
        content_hash=content.digest,
        author=actor.user,
        saved_at=now,
        document=document,
    )
    keep_audit(content.digest, profile, report)
    write_event(
        actor=actor,
        agency=agency,
        code="filing.begun",
        at=now,
        filing=filing,
        payload={"project": filing.project_name, "hash": content.digest},
    )
    keep_findings(filing, report.findings)
    keep_tally(agency.pk, budget_year)
    count_day(filing, "filing.begun", now)
    return filing


def save_draft(
    *,
    actor: Actor,
    filing: Filing,
    form: Form,
    lock_version: int,
    journey: Journey,
    now: datetime,
    batch: str = "",
    before: Form | None = None,
) -> Saved | Conflict:
    """Write the draft if nobody else has since.

    `batch` names what is sent: where its answer was lost and it comes a second time, it is known
    again and nothing is written twice. `before` is the form as it stands at the filing's own lock
    version, where the caller has it at hand: what is the same in it is not written again, and a
    form that is the same writes nothing. What the engine says of a draft is not kept: it is asked
    anew whenever the draft is looked at.
    """
    roles = actor.roles_over(filing.agency_path)
    if not may_change(journey.stage, state=filing.state, path="indicators", roles=roles):
        raise NotYours
    content, day = stored(form), timezone.localdate(now)
    report = audited(form, profile=filing.profile, as_of=day, digest=content.digest)
    suppressions = suppressions_of(filing, day)
    if form == before and lock_version == filing.lock_version:
        return Saved(filing, report, suppressions)
    answered_for = places_of(suppressions)
    values = columns(form, report, answered_for)
    # Who answers for a finding changes its counts without a new version: they are always written.
    known = {} if before is None else columns(before, None)
    changed = {name: one for name, one in values.items() if name not in known or known[name] != one}
    changed |= {"lock_version": lock_version + 1, "updated_at": now}
    with transaction.atomic():
        found = {"pk": filing.pk, "lock_version": lock_version, "state": filing.state}
        if not update(Filing, found, changed):
            return _not_taken(filing, batch, report)
        _write_draft(actor, filing, content, now, batch)
        keep_findings(filing, open_findings(report.findings, answered_for))
        if any(getattr(filing, field) != values[field] for field in _TALLIED):
            keep_tally(filing.agency_id, filing.budget_year)
    for field, value in changed.items():
        setattr(filing, field, value)
    know_form(content.text, form)
    return Saved(filing, report, suppressions)


def _write_draft(actor: Actor, filing: Filing, content: Content, now: datetime, batch: str) -> None:
    """The text of the draft, and that it was saved. Raises NotYours for a frozen revision."""
    written = update(
        Revision,
        {"filing_id": filing.pk, "number": filing.number, "status": "draft"},
        {
            "form": content.text,
            "content_hash": content.digest,
            "author_id": actor.user.pk,
            "saved_at": now,
        },
    )
    if not written:
        raise NotYours
    payload = {"number": filing.number, "hash": content.digest}
    write_event(
        actor=actor,
        agency=filing.agency,
        code="filing.saved",
        at=now,
        filing=filing,
        payload={**payload, "batch": batch} if batch else payload,
    )


def _not_taken(filing: Filing, batch: str, report: AuditReport) -> Saved | Conflict:
    """Somebody was faster: another person, or this very save whose answer got lost."""
    current = Filing.objects.select_related("agency").get(pk=filing.pk)
    theirs = Revision.objects.select_related("author").get(filing=current, number=current.number)
    if batch and batch_of_last_save(current) == batch:
        known = suppressions_of(current, timezone.localdate(current.updated_at))
        return Saved(current, report, known, again=True)
    return Conflict(theirs, current.lock_version)


def batch_of_last_save(filing: Filing) -> str:
    """What the last event of a filing was sent as; empty where it was no save of the editor."""
    last = filing.events.order_by("-sequence").first()
    return "" if last is None else str(json.loads(last.payload).get("batch", ""))


def has_arrived(filing: Filing, batch: str) -> bool:
    """Whether a batch was written at any time; others may have saved since."""
    said = json.dumps({"batch": batch}, ensure_ascii=False)[1:-1]
    return filing.events.filter(code="filing.saved", payload__contains=said).exists()

"""Drafts: begin one, save it, undo nothing silently. Whoever saves last does not win by accident.

A save names the lock version it was made on. If somebody else has saved since, nothing is
written and both texts are answered, so that the second person can merge.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from msgspec import Struct

from jixiao.form.forms import Form
from jixiao.lifecycle.journey import DRAFT, Journey
from jixiao.lifecycle.rights import may_change
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.audits import keep_audit
from jixiao.web.filings.content import audited, columns, stored
from jixiao.web.filings.models import AuditRun, Document, Filing, Revision
from jixiao.web.workflow.chain import write_event


class Conflict(Struct, frozen=True):
    """Somebody else saved since; `theirs` is what stands there now."""

    theirs: Revision
    lock_version: int


class Saved(Struct, frozen=True):
    """The draft as it stands now."""

    filing: Filing
    run: AuditRun | None


class NotYours(PermissionError):
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
) -> Filing:
    """A new draft of a unit, from a blank form, last year's, or a document that was read."""
    if not journey.stage.state(DRAFT).turn & actor.roles_over(agency.path):
        raise NotYours
    content = stored(form)
    report = audited(form, profile=profile, as_of=now.date())
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
    return filing


@transaction.atomic
def save_draft(
    *, actor: Actor, filing: Filing, form: Form, lock_version: int, journey: Journey, now: datetime
) -> Saved | Conflict:
    """Write the draft if nobody else has since; an autosave is an event of the day, not of a key.

    The event log keeps one line for a run of saves by one person (the hash of the last).
    """
    state = journey.stage.state(filing.state)
    if not may_change(
        journey.stage,
        state=state.code,
        path="indicators",
        roles=actor.roles_over(filing.agency_path),
    ):
        raise NotYours
    content = stored(form)
    report = audited(form, profile=filing.profile, as_of=now.date())
    values = columns(form, report)
    taken = Filing.objects.filter(
        pk=filing.pk, lock_version=lock_version, state=filing.state
    ).update(lock_version=F("lock_version") + 1, updated_at=now, **values)
    if not taken:
        current = Filing.objects.get(pk=filing.pk)
        theirs = Revision.objects.get(filing=current, number=current.number)
        return Conflict(theirs, current.lock_version)
    Revision.objects.filter(filing=filing, number=filing.number, status="draft").update(
        form=content.text, content_hash=content.digest, author=actor.user, saved_at=now
    )
    run = keep_audit(content.digest, filing.profile, report)
    write_event(
        actor=actor,
        agency=filing.agency,
        code="filing.saved",
        at=now,
        filing=filing,
        payload={"number": filing.number, "hash": content.digest},
    )
    filing.refresh_from_db()
    return Saved(filing, run)

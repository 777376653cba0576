"""From forms that were read to drafts: corrected cell by cell, confirmed, begun once.

A unit's project has one filing a year: what is there already is linked, never doubled.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from msgspec import Struct

from jixiao.form.codec import decode, encode
from jixiao.form.forms import Form
from jixiao.foundation.text import fold
from jixiao.lifecycle.journey import DRAFT, Journey
from jixiao.official.editing import change
from jixiao.web.agencies.models import Agency, in_subtree
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.content import total_in_yuan
from jixiao.web.filings.entries import open_doubts, places_of
from jixiao.web.filings.models import CLOSED_STATES, Filing, ReadForm
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.filing import NotYours, begin
from jixiao.web.workflow.intake import posts_to_prepare


class Settled(Struct, frozen=True):
    """A read form is a filing's already: it is corrected there."""

    filing: Filing


class Drafted(Struct, frozen=True):
    """What became of one form: a new draft, or the filing there was (`is_new` False)."""

    filing: Filing
    is_new: bool


class Lacking(Struct, frozen=True):
    """Why no draft could be made, in Chinese."""

    reason: str


@transaction.atomic
def settle(
    *, actor: Actor, read_form: ReadForm, path: str, text: str, now: datetime
) -> ReadForm | Settled:
    """A person has looked at a cell: the text stands as read, or is corrected.

    Raises UnknownPlace for a path the form has not, NotYours for somebody who hands in elsewhere.
    """
    locked = _locked(actor, read_form)
    if locked.filing is not None:
        return Settled(locked.filing)
    form = decode(locked.form)
    known = places_of(form).get(path)
    before = "" if known is None else known.text
    if before != text:
        form = change(form, path, text)
    elif known is None:
        change(form, path, text)  # a path that is none is no blank cell
    if path not in locked.settled:
        locked.settled = [*locked.settled, path]
    _derive(locked, form)
    locked.save()
    code = "read_form.confirmed" if before == text else "read_form.corrected"
    write_event(
        actor=actor,
        agency=locked.document.agency,
        code=code,
        at=now,
        payload={
            "document": locked.document_id,
            "form": locked.number,
            "path": path,
            "before": before,
            "after": text,
        },
    )
    return locked


@transaction.atomic
def draft(
    *,
    actor: Actor,
    read_form: ReadForm,
    agency: Agency,
    budget_year: int | None,
    journey: Journey,
    now: datetime,
) -> Drafted | Lacking:
    """Begin the filing of a read form, or link the one the project has. Twice does it once."""
    locked = _locked(actor, read_form)
    if locked.filing is not None:
        return Drafted(locked.filing, is_new=False)
    if agency not in units_for(actor):
        raise NotYours
    year = locked.budget_year or budget_year
    if year is None:
        return Lacking("表上没有写明年度，请先选定预算年度")
    Agency.objects.select_for_update().get(pk=agency.pk)  # no twin may be begun meanwhile
    twin = twin_of(locked.name, agency, year, journey)
    is_new = twin is None
    filing = twin or begin(
        actor=actor,
        agency=agency,
        form=decode(locked.form),
        journey=journey,
        budget_year=year,
        now=now,
        document=locked.document,
    )
    locked.filing, locked.outcome = filing, "drafted" if is_new else "linked"
    locked.save(update_fields=["filing", "outcome"])
    write_event(
        actor=actor,
        agency=agency,
        code=f"read_form.{locked.outcome}",
        at=now,
        filing=filing,
        payload={"document": locked.document_id, "form": locked.number},
    )
    return Drafted(filing, is_new)


def units_for(actor: Actor) -> list[Agency]:
    """The agencies the actor may begin drafts for, in the order of the tree."""
    found: dict[int, Agency] = {}
    for post in posts_to_prepare(actor):
        below = Agency.objects.filter(in_subtree("path", post.path), is_active=True)
        found |= {one.pk: one for one in below}
    return sorted(found.values(), key=lambda one: one.path)


def unit_of(read_form: ReadForm, units: Sequence[Agency], default: Agency) -> Agency:
    """The unit a form names: by its code, its name, or a name that holds the other."""
    said = fold(read_form.unit).replace(" ", "")
    if not said:
        return default
    for unit in units:
        if fold(unit.name) == said or said.startswith(f"{unit.code.lower()}-"):
            return unit
    known = [unit for unit in units if fold(unit.name) in said]
    return max(known, key=lambda unit: len(unit.name), default=default)


def twin_of(name: str, agency: Agency, year: int, journey: Journey) -> Filing | None:
    """The open filing of a project of this name, None where there is none or no name."""
    if not name:
        return None
    return (
        Filing.objects.filter(
            agency=agency, project_name=name, budget_year=year, stage=journey.stage.code
        )
        .exclude(state__in=CLOSED_STATES)
        .order_by("pk")
        .first()
    )


def twins_of(wanted: Sequence[tuple[ReadForm, Agency]], journey: Journey) -> dict[int, Filing]:
    """The open filings of many read forms at once, by the key of the read form."""
    open_filings = Filing.objects.filter(
        agency__in={agency.pk for _, agency in wanted},
        project_name__in={one.name for one, _ in wanted if one.name},
        budget_year__in={one.budget_year for one, _ in wanted if one.budget_year},
        stage=journey.stage.code,
    ).exclude(state__in=CLOSED_STATES)
    known: dict[tuple[int, str, int], Filing] = {}
    for filing in open_filings.order_by("pk"):
        known.setdefault((filing.agency_id, filing.project_name, filing.budget_year), filing)
    found = {}
    for one, agency in wanted:
        twin = known.get((agency.pk, one.name, one.budget_year or 0))
        if twin is not None and one.name:
            found[one.pk] = twin
    return found


def may_settle(actor: Actor, path: str, journey: Journey) -> bool:
    """Whether the actor prepares drafts for the agency with this path."""
    return bool(journey.stage.state(DRAFT).turn & actor.roles_over(path))


def _locked(actor: Actor, read_form: ReadForm) -> ReadForm:
    locked = (
        ReadForm.objects.select_for_update(of=("self",))
        .select_related("document__agency", "filing")
        .get(pk=read_form.pk)
    )
    path = locked.document.agency.path
    if not any(path.startswith(post.path) for post in posts_to_prepare(actor)):
        raise NotYours
    return locked


def _derive(read_form: ReadForm, form: Form) -> None:
    name, unit = form.header.project_name, form.header.implementing_unit
    unit = unit or form.header.supervising_department
    read_form.form = encode(form).decode()
    read_form.name = "" if name is None else " ".join(name.raw.split())[:300]
    read_form.unit = "" if unit is None else " ".join(unit.raw.split())[:200]
    read_form.total = total_in_yuan(form)
    read_form.indicator_count = len(form.indicators)
    read_form.doubtful = len(open_doubts(form, read_form.settled))

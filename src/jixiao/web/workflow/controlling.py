"""Control figures are written as drafts of the bureau, and given out together by a paper.

Whoever writes says on which state; where somebody else was faster nothing is written, and all
the rows that changed are named. What was given out stays as it was: another paper replaces it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from msgspec import Struct

from jixiao.lifecycle.control import ENTERING, GIVING, refused_days
from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.levels import county_journey
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.control_notices import tell_units
from jixiao.web.workflow.control_reading import drafts_of, issuing_place, mark_of
from jixiao.web.workflow.filing import NotYours
from jixiao.web.workflow.models import ControlFigure, ControlIssue, Window


class Entry(Struct, frozen=True, kw_only=True):
    """A figure as somebody wants it; no amount takes it away. `base` None: whatever stands."""

    agency: Agency
    amount: Decimal | None
    note: str = ""
    project: str = ""
    project_name: str = ""
    base: str | None = None


class Changed(Struct, frozen=True, kw_only=True):
    """A figure somebody else changed since the page was made."""

    entry: Entry
    by_name: str
    amount: Decimal | None


class Entered(Struct, frozen=True, kw_only=True):
    """How many drafts were written, or the rows for which nothing was."""

    count: int = 0
    changed: tuple[Changed, ...] = ()


class NotIssued(Struct, frozen=True):
    """Why figures cannot be given out, in words."""

    reasons: tuple[str, ...]


_Standing = Mapping[tuple[int, str], ControlFigure]


@transaction.atomic
def enter(*, actor: Actor, year: int, entries: Iterable[Entry], now: datetime) -> Entered:
    """Write drafts, all or none. Raises NotYours where a place is not the actor's to write for."""
    wanted = sorted(entries, key=lambda one: (one.agency.path, one.project))
    if any(not one.agency.path or not _role(actor, one.agency.path) for one in wanted):
        raise NotYours
    keys = [one.agency.pk for one in wanted]
    _hold(keys)
    drafts, given = _standing(keys, year)
    changed = tuple(_changed(wanted, drafts, given))
    if changed:
        return Entered(changed=changed)
    written = [
        one
        for one in wanted
        if _write(actor, year, one, (drafts.get(_key(one)), given.get(_key(one))), now)
    ]
    return Entered(count=len(written))


@transaction.atomic
def issue(
    *, actor: Actor, year: int, number: str, issued_on: date, note: str, now: datetime
) -> ControlIssue | NotIssued:
    """Give out all drafts of a year below the actor's place. Raises NotYours."""
    path = issuing_place(actor)
    if path is None:
        raise NotYours
    place = Agency.objects.get(path=path)
    document = " ".join(number.split())
    below = set(drafts_of(path, year).values_list("agency", flat=True))
    _hold([place.pk, *below])
    drafts = list(drafts_of(path, year).filter(agency__in=below))
    reasons = tuple(_against_issuing(place, year, document, drafts, timezone.localdate(now)))
    if reasons:
        return NotIssued(reasons)
    paper = ControlIssue.objects.create(
        agency=place, budget_year=year, number=document, issued_on=issued_on, note=note.strip(),
        by=actor.user, by_name=actor.user.full_name, at=now,
    )  # fmt: skip
    _, given = _standing([one.agency_id for one in drafts], year)
    replaced = [one.pk for one in (given.get((d.agency_id, d.project)) for d in drafts) if one]
    ControlFigure.objects.filter(pk__in=replaced).update(is_current=False)
    ControlFigure.objects.filter(pk__in=[one.pk for one in drafts]).update(
        issue=paper, is_current=True
    )
    said = {"year": year, "number": document, "on": issued_on.isoformat()}
    for one in drafts:
        _tell(actor, one.agency, "control.issued", said | _said(one.amount, one.project_name), now)
    _tell(actor, place, "control.issued", said | {"count": len(drafts)}, now)
    tell_units(actor=actor, paper=paper, figures=drafts)
    return paper


def _hold(agencies: Iterable[int]) -> None:
    """Who writes for a place waits for the one before, and then sees what that one wrote."""
    held = Agency.objects.select_for_update().filter(pk__in=set(agencies)).order_by("path")
    list(held.values_list("pk"))


def _write(
    actor: Actor,
    year: int,
    entry: Entry,
    standing: tuple[ControlFigure | None, ControlFigure | None],
    now: datetime,
) -> bool:
    """One draft; what is the same as before, or as what counts, needs none."""
    draft, given = standing
    shown = draft or given
    note = " ".join(entry.note.split())[:200]
    if (None if shown is None else shown.amount, "" if shown is None else shown.note) == (
        entry.amount,
        note,
    ):
        return False
    counts = (None if given is None else given.amount, "" if given is None else given.note)
    before = None if shown is None else shown.amount
    if (entry.amount, note) == counts or (entry.amount is None and given is None):
        if draft is None:
            return False
        draft.delete()
    elif draft is None:
        ControlFigure.objects.create(
            agency=entry.agency, agency_path=entry.agency.path, budget_year=year,
            project=entry.project, project_name=entry.project_name, amount=entry.amount,
            note=note, by=actor.user, by_name=actor.user.full_name, at=now,
        )  # fmt: skip
    else:
        draft.amount, draft.note, draft.at = entry.amount, note, now
        draft.by, draft.by_name = actor.user, actor.user.full_name
        draft.lock_version += 1
        draft.save(update_fields=["amount", "note", "at", "by", "by_name", "lock_version"])
    said = {"year": year, "before": _text(before), "note": note}
    payload = said | _said(entry.amount, entry.project_name)
    _tell(actor, entry.agency, "control.entered", payload, now)
    return True


def _standing(agencies: list[int], year: int) -> tuple[_Standing, _Standing]:
    found = ControlFigure.objects.filter(agency__in=set(agencies), budget_year=year)
    drafts, given = {}, {}
    for one in found.select_related("issue"):
        key = (one.agency_id, one.project)
        if one.issue_id is None:
            drafts[key] = one
        elif one.is_current:
            given[key] = one
    return drafts, given


def _changed(wanted: list[Entry], drafts: _Standing, given: _Standing) -> Iterable[Changed]:
    for one in wanted:
        draft, known = drafts.get(_key(one)), given.get(_key(one))
        if one.base is None or one.base == mark_of(draft, known):
            continue
        now = draft or known
        by_name, amount = ("", None) if now is None else (now.by_name, now.amount)
        yield Changed(entry=one, by_name=by_name, amount=amount)


def _against_issuing(
    place: Agency, year: int, document: str, drafts: list[ControlFigure], today: date
) -> Iterable[str]:
    if not drafts:
        yield "没有新填或改动的控制数，不用下达"
    if not document:
        yield "请填写下达控制数的文号"
    elif place.control_issues.filter(budget_year=year, number=document).exists():
        yield f"文号“{document}”已用来下达过控制数，请核对；更改控制数要用新的文号"
    window = Window.objects.filter(
        agency__path__in=place.ancestor_paths(), stage=county_journey().stage.code,
        budget_year=year, round=GIVING,
    ).order_by("closes_on").last()  # fmt: skip
    if window is not None:
        reason = refused_days(window.opens_on, window.closes_on, today)
        if reason is not None:
            yield reason


def _key(entry: Entry) -> tuple[int, str]:
    return entry.agency.pk, entry.project


def _role(actor: Actor, path: str) -> RoleCode | None:
    held = sorted(actor.roles_over(path) & ENTERING)
    return held[0] if held else None


def _tell(
    actor: Actor, agency: Agency, code: str, payload: Mapping[str, object], now: datetime
) -> None:
    role = _role(actor, agency.path)
    write_event(actor=actor, agency=agency, code=code, at=now, role=role or "", payload=payload)


def _said(amount: Decimal | None, project: str) -> dict[str, object]:
    said: dict[str, object] = {"amount": _text(amount)}
    return said | {"project": project} if project else said


def _text(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"

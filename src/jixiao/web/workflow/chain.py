"""The log: every event carries the hash of the one before it in its agency's chain."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from msgspec import Struct

from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import Filing
from jixiao.web.statements import Read, insert
from jixiao.web.workflow.announcing import announce
from jixiao.web.workflow.models import Event

FIRST = "0" * 64
_FIELDS = (
    *("agency_id", "sequence", "code", "actor_id", "actor_name", "role"),
    *("filing_id", "payload", "at", "previous_hash", "hash"),
)


def _locked(agency: int) -> "QuerySet[Agency, tuple[int]]":
    return Agency.objects.select_for_update().filter(pk=agency).order_by().values_list("pk")


def _newest(agency: int) -> "QuerySet[Event, tuple[int, str]]":
    newest = Event.objects.filter(agency=agency).order_by("-sequence")
    return newest.values_list("sequence", "hash")[:1]


_LOCKED, _NEWEST = Read(_locked, 1), Read(_newest, 1)


def write_event(
    *,
    actor: Actor | None,
    agency: Agency,
    code: str,
    at: datetime,
    filing: Filing | None = None,
    role: str = "",
    payload: Mapping[str, Any] | None = None,
) -> Event:
    """Append one event; the caller has the transaction open that does what it tells of."""
    if connection.features.has_select_for_update:
        # The agency's row is the lock of its chain; SQLite has one writer at a time anyway.
        _LOCKED.first(agency.pk)
    number, previous = _NEWEST.first(agency.pk) or (0, FIRST)
    event = Event(
        agency=agency,
        sequence=number + 1,
        code=code,
        actor=None if actor is None else actor.user,
        actor_name="系统" if actor is None else actor.user.full_name,
        role=role,
        filing=filing,
        payload=json.dumps(payload or {}, ensure_ascii=False, sort_keys=True),
        at=at,
        previous_hash=previous,
    )
    event.hash = digest(event)
    event.pk = insert(Event, {field: getattr(event, field) for field in _FIELDS})
    announce(event)
    return event


def digest(event: Event) -> str:
    """The hash of everything an event says, and of the one before it."""
    said = [
        event.previous_hash,
        event.agency_id,
        event.sequence,
        event.code,
        event.actor_id,
        event.actor_name,
        event.role,
        event.filing_id,
        event.payload,
        event.at.isoformat(timespec="microseconds"),
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


class Break(Struct, frozen=True):
    """A place where the chain does not hold."""

    agency_id: int
    sequence: int
    reason: str


def verify() -> Iterator[Break]:
    """Walk every chain; what was changed, taken out or put in is named."""
    agency_id, sequence, previous = 0, 0, FIRST
    for event in Event.objects.order_by("agency_id", "sequence").iterator(chunk_size=2000):
        if event.agency_id != agency_id:
            agency_id, sequence, previous = event.agency_id, 0, FIRST
        if event.sequence != sequence + 1:
            yield Break(agency_id, event.sequence, "序号不连续，有事件缺失")
        elif event.previous_hash != previous:
            yield Break(agency_id, event.sequence, "与上一条不衔接")
        if event.hash != digest(event):
            yield Break(agency_id, event.sequence, "内容被改动")
        sequence, previous = event.sequence, event.hash

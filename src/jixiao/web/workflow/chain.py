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
from jixiao.web.workflow.announcing import announce, state_events
from jixiao.web.workflow.models import Event

FIRST = "0" * 64
#: What is hashed before the time, in this order.
_HASHED = (
    *("previous_hash", "agency_id", "sequence", "code", "actor_id"),
    *("actor_name", "role", "filing_id", "payload"),
)


def _locked(agency: int) -> "QuerySet[Agency, tuple[int]]":
    return Agency.objects.select_for_update().filter(pk=agency).order_by().values_list("pk")


def _newest(agency: int) -> "QuerySet[Event, tuple[int, str]]":
    newest = Event.objects.filter(agency=agency).order_by("-sequence")
    return newest.values_list("sequence", "hash")[:1]


_LOCKED, _NEWEST = Read(_locked, 1).planned_once(), Read(_newest, 1).planned_once()


def write_event(
    *,
    actor: Actor | None,
    agency: Agency,
    code: str,
    at: datetime,
    filing: Filing | None = None,
    role: str = "",
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Append one event; the caller has the transaction open that does what it tells of."""
    if connection.features.has_select_for_update:
        # The agency's row is the lock of its chain; SQLite has one writer at a time anyway.
        _LOCKED.first(agency.pk)
    number, previous = _NEWEST.first(agency.pk) or (0, FIRST)
    said = {
        "agency_id": agency.pk,
        "sequence": number + 1,
        "code": code,
        "actor_id": None if actor is None else actor.user.pk,
        "actor_name": "系统" if actor is None else actor.user.full_name,
        "role": role,
        "filing_id": None if filing is None else filing.pk,
        "payload": json.dumps(payload or {}, ensure_ascii=False, sort_keys=True),
        "at": at,
        "previous_hash": previous,
    }
    said["hash"] = digest(said)
    key = insert(Event, said)
    if filing is not None and code in state_events():
        announce(Event(pk=key, agency=agency, filing=filing, **said))


def digest(said: Mapping[str, Any]) -> str:
    """The hash of everything an event says, and of the one before it; by the fields' names."""
    told = [*map(said.__getitem__, _HASHED), said["at"].isoformat(timespec="microseconds")]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


class Break(Struct, frozen=True):
    """A place where the chain does not hold."""

    agency_id: int
    sequence: int
    reason: str


def verify(agency: int | None = None) -> Iterator[Break]:
    """Walk every chain, or one; what was changed, taken out or put in is named."""
    agency_id, sequence, previous = 0, 0, FIRST
    events = Event.objects.order_by("agency_id", "sequence")
    if agency is not None:
        events = events.filter(agency=agency)
    for event in events.iterator(chunk_size=2000):
        if event.agency_id != agency_id:
            agency_id, sequence, previous = event.agency_id, 0, FIRST
        if event.sequence != sequence + 1:
            yield Break(agency_id, event.sequence, "序号不连续，有事件缺失")
        elif event.previous_hash != previous:
            yield Break(agency_id, event.sequence, "与上一条不衔接")
        if event.hash != digest(vars(event)):
            yield Break(agency_id, event.sequence, "内容被改动")
        sequence, previous = event.sequence, event.hash

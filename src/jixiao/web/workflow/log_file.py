"""The log as a file that proves itself: JSON lines, each with its hash and the one before it.

The first line says what the file holds and where every chain ends, so that a file cut short is
found out. `verifier.py` beside this module checks such a file with nothing but Python.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q

from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor, reach
from jixiao.web.workflow.models import Event

FORMAT = "jixiao.log/1"


def events_within(actor: Actor) -> Any:
    """The events of all agencies within the actor's reach."""
    agencies = Agency.objects.filter(reach(actor, "path"))
    return Event.objects.filter(agency__in=agencies.values("pk"))


def lines_of(actor: Actor, agency: Agency | None, since: datetime | None) -> Iterator[str]:
    """The file line by line: a head, then every event of every chain from a moment on."""
    events = events_within(actor)
    if agency is not None:
        events = events.filter(agency=agency)
    chains = events.values("agency_id", "agency__name").annotate(
        first=Min("sequence", filter=None if since is None else Q(at__gte=since)),
        last=Max("sequence"),
        count=Count("pk"),
    )
    wanted = [one for one in chains.order_by("agency_id") if one["first"] is not None]
    yield _line(_head(wanted))
    for chain in wanted:
        part = Event.objects.filter(
            agency_id=chain["agency_id"], sequence__range=(chain["first"], chain["last"])
        )
        for event in part.order_by("sequence").iterator(chunk_size=2000):
            yield _line(_said(event))


def _head(chains: list[dict[str, Any]]) -> dict[str, Any]:
    ends = {
        (event.agency_id, event.sequence): event.hash
        for chain in chains
        for event in Event.objects.filter(agency_id=chain["agency_id"], sequence=chain["last"])
    }
    return {
        "format": FORMAT,
        "chains": [
            {
                "agency_id": chain["agency_id"],
                "agency": chain["agency__name"],
                "first": chain["first"],
                "last": chain["last"],
                "hash": ends[chain["agency_id"], chain["last"]],
            }
            for chain in chains
        ],
    }


def _said(event: Event) -> dict[str, Any]:
    return {
        "agency_id": event.agency_id,
        "sequence": event.sequence,
        "code": event.code,
        "actor_id": event.actor_id,
        "actor_name": event.actor_name,
        "role": event.role,
        "filing_id": event.filing_id,
        "payload": event.payload,
        "at": event.at.isoformat(timespec="microseconds"),
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }


def _line(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False) + "\n"

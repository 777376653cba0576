"""The log as its readers ask for it: by matter, place, person, filing and time.

The same words narrow the page and the API.
"""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.numbering import meant, named_by
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.log_file import events_within

#: Longer numbers are keys of nothing.
_DIGITS = 19
READERS = (RoleCode.AUDIT_ADMIN, RoleCode.STATE_AUDIT)


def events_asked(actor: Actor, asked: Mapping[str, str]) -> Any:
    """The events within reach that the words ask for, the newest first."""
    found = events_within(actor).select_related("agency", "actor")
    if code := asked.get("code", ""):
        found = found.filter(code=code)
    if (agency := asked.get("agency", "")).isdecimal() and len(agency) < _DIGITS:
        place = Agency.objects.filter(pk=int(agency)).first()
        found = found.filter(agency=place) if place else found.none()
    if words := asked.get("who", "").strip():
        found = found.filter(Q(actor_name__icontains=words) | Q(actor__username__icontains=words))
    if (filing := named_by(asked.get("filing", ""))) is not None:
        found = found.filter(meant(filing, "filing__"))
    if since := moment(asked.get("from", "")):
        found = found.filter(at__gte=since)
    if until := moment(asked.get("to", ""), time.max):
        found = found.filter(at__lte=until)
    return found.order_by("-at", "-pk")


def note(actor: Actor, code: str, payload: dict[str, Any], now: datetime) -> None:
    """Reading the log wholesale is itself in the log."""
    post = next(one for one in actor.posts if one.role in READERS)
    agency = Agency.objects.get(pk=post.agency_id)
    write_event(
        actor=actor, agency=agency, code=code, at=now, role=post.role.value, payload=payload
    )


def moment(text: str, at: time = time.min) -> datetime | None:
    """The beginning, or the end, of the day a text names; None for anything else."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return None if day is None else timezone.make_aware(datetime.combine(day, at))

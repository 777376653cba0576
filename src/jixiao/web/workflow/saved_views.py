"""Narrowings of the list that people use again, of their own or of their whole agency."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import SavedView
from jixiao.web.filings.objects import Objects
from jixiao.web.kept import Kept
from jixiao.web.workflow.chain import write_event

_LONGEST_NAME, _LONGEST_QUERY, _MOST = 40, 1000, 30


def views_of(actor: Actor) -> list[SavedView]:
    """One's own, and those shared by the agencies one works for."""
    homes = sorted({post.agency_id for post in actor.posts})
    asked = _VIEWS.of(len(homes), lambda: Objects(SavedView, _seen, *_marks(1 + len(homes))))
    return asked.ask(actor.user.pk, *homes)


def _seen(user: int, *homes: int) -> "QuerySet[SavedView]":
    own = Q(user=user) | Q(is_shared=True, agency__in=homes)
    return SavedView.objects.filter(own).order_by("name", "pk")[: 2 * _MOST]


def _marks(count: int) -> range:
    return range(2_000_000_011, 2_000_000_011 + count)


#: One question for each number of places.
_VIEWS: Kept[Objects[SavedView]] = Kept(16)


@transaction.atomic
def remember(
    *, actor: Actor, name: str, query: str, is_shared: bool, now: datetime
) -> SavedView | None:
    """Keep an address under a name; a name used before is taken over. None without a place."""
    home, name = actor.home, " ".join(name.split())[:_LONGEST_NAME]
    if home is None or not name or len(query) > _LONGEST_QUERY:
        return None
    agency = Agency.objects.get(pk=home.agency_id)
    kept, _ = SavedView.objects.update_or_create(
        user=actor.user,
        name=name,
        defaults={"agency": agency, "query": query, "is_shared": is_shared},
    )
    payload = {"name": name, "query": query, "shared": is_shared}
    write_event(actor=actor, agency=agency, code="view.saved", at=now, payload=payload)
    return kept


@transaction.atomic
def forget(*, actor: Actor, pk: int, now: datetime) -> bool:
    """Remove one of one's own; whether there was one."""
    one = SavedView.objects.select_related("agency").filter(user=actor.user, pk=pk).first()
    if one is None:
        return False
    write_event(
        actor=actor, agency=one.agency, code="view.removed", at=now, payload={"name": one.name}
    )
    one.delete()
    return True

"""What waits for a person: the lines of the inbox, what was sent on, and how many in each state."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet, Sum

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.models import in_subtree
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import Filing, Tally
from jixiao.web.filings.scoped import Scoped
from jixiao.web.filings.selectors import waiting_for
from jixiao.web.filings.walking import WAITING, Line

Turns = Mapping[str, frozenset[RoleCode]]
_Turns = tuple[tuple[str, frozenset[RoleCode]], ...]
MOST = 50


def soonest(actor: Actor, turns: Turns) -> list[Line]:
    """Those with a term first, the soonest at the top; then the newest of the others."""
    asked = tuple(turns.items())
    rows = list(_WAITING.rows(actor, {}, asked, True))
    if len(rows) < MOST:
        rows += list(_WAITING.rows(actor, {}, asked, False))[: MOST - len(rows)]
    return rows


def waiting_counts(actor: Actor, turns: Turns) -> dict[str, int]:
    """How many filings wait for the actor in each state."""
    return dict(_COUNTS.rows(actor, {}, tuple(turns.items())))


def _waiting(
    actor: Actor, _asked: Mapping[str, str], turns: _Turns, is_dated: bool
) -> "QuerySet[Filing, tuple[Any, ...]]":
    found = waiting_for(actor, dict(turns)).filter(due_on__isnull=not is_dated)
    order = ("due_on", "pk") if is_dated else ("-updated_at", "-pk")
    return found.order_by(*order).values_list(*WAITING)[:MOST]


def _counts(
    actor: Actor, _asked: Mapping[str, str], turns: _Turns
) -> "QuerySet[Tally, tuple[Any, ...]]":
    wanted = Q(pk__in=[])
    for post in actor.posts:
        states = [state for state, roles in turns if post.role in roles]
        wanted |= Q(state__in=states) & in_subtree("agency_path", post.path)
    rows = Tally.objects.filter(wanted).order_by().values("state")
    return rows.annotate(count=Sum("filings")).values_list("state", "count")


_WAITING, _COUNTS = Scoped(_waiting, Line), Scoped(_counts)

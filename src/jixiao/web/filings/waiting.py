"""What waits for a person: the lines of the inbox, what was sent on, and how many in each state."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet, Sum

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import Filing
from jixiao.web.filings.placed import Placed, Scope
from jixiao.web.filings.scoped import Scoped
from jixiao.web.filings.selectors import waiting_for
from jixiao.web.filings.walking import WAITING, Line, picked

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
    states = {place: frozenset[str]() for place in actor.places}
    for post in actor.posts:
        states[post.path] |= {state for state, roles in turns.items() if post.role in roles}
    for above, counted in states.items():  # what a place above counts is not counted twice
        for place in states:
            if place != above and place.startswith(above):
                states[place] -= counted
    wanted = tuple(sorted(frozenset[str]().union(*states.values())))
    scope = Scope(places=tuple(states) if wanted else (), sees_drafts=True)
    counts: Counter[str] = Counter()
    for place, state, count in _COUNTS.rows(scope, {}, wanted):
        counts[state] += count if state in states[place] else 0
    return {state: count for state, count in counts.items() if count}


def _waiting(
    actor: Actor, _asked: Mapping[str, str], turns: _Turns, is_dated: bool
) -> "QuerySet[Filing, tuple[Any, ...]]":
    found = waiting_for(actor, dict(turns)).filter(due_on__isnull=not is_dated)
    order = ("due_on", "pk") if is_dated else ("-updated_at", "-pk")
    return picked(found.order_by(*order), MOST).values_list(*WAITING)


def _counts(found: "QuerySet[Any]", states: tuple[str, ...]) -> "QuerySet[Any, tuple[Any, ...]]":
    rows = found.filter(state__in=states).values("place_path", "state")
    summed: QuerySet[Any, tuple[Any, ...]] = rows.annotate(count=Sum("filings")).values_list(
        "place_path", "state", "count"
    )
    return summed


_WAITING, _COUNTS = Scoped(_waiting, Line, of_filings=True), Placed(_counts)

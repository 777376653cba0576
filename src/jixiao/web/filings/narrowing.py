"""What an address asks for: the same words narrow the list page and everything exported from it."""

from collections.abc import Mapping

from django.db.models import QuerySet

from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import Filing
from jixiao.web.filings.selectors import containing, visible_to

#: Orders by their name in the address; the first is the usual one.
ORDERS = {
    "updated": ("-updated_at", "-pk"),
    "name": ("project_name", "pk"),
    "total": ("-total", "pk"),
    "errors": ("-errors", "-warnings", "pk"),
    "due": ("due_on", "pk"),
}


def narrowed(actor: Actor, asked: Mapping[str, str]) -> "QuerySet[Filing]":
    """What the actor can see of what the address asks for; words it does not know say nothing."""
    found = visible_to(actor)
    if asked.get("year", "").isdigit():
        found = found.filter(budget_year=int(asked["year"]))
    if asked.get("state"):
        found = found.filter(state=asked["state"])
    if asked.get("agency"):
        found = found.filter(agency__code=asked["agency"])
    if asked.get("trouble") == "errors":
        found = found.filter(errors__gt=0)
    if asked.get("q", "").strip():
        found = containing(found, asked["q"])
    return found


def ordered(found: "QuerySet[Filing]", order: str) -> "QuerySet[Filing]":
    """In the order of this name, with the agency of each."""
    return found.select_related("agency").order_by(*ORDERS.get(order, ORDERS["updated"]))

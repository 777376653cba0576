"""What an address asks for: the same words narrow the list page and everything exported from it."""

from collections.abc import Mapping

from django.db.models import F, OrderBy, QuerySet

from jixiao.web.agencies.models import Agency, in_subtree
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing
from jixiao.web.filings.selectors import containing, visible_to

#: Columns a list is sorted by, under their names in the address, and which way at first.
COLUMNS = {
    "updated": ("updated_at", True),
    "name": ("project_name", False),
    "agency": ("agency_path", False),
    "state": ("state", False),
    "total": ("total", True),
    "rows": ("indicator_count", True),
    "errors": ("errors", True),
    "grade": ("grade", False),
    "due": ("due_on", False),
}
#: Those that may be blank.
BLANKS = frozenset({"total", "due_on"})
#: What of an address the sums counted in advance can tell.
TALLIED = frozenset({"year", "state", "agency", "under", "round", "category"})
OTHER = frozenset({"q", "trouble", "grade", "key", "overdue"})
_BOUNDS = {"errors": {"errors__gt": 0}, "warnings": {"warnings__gt": 0}, "none": {"errors": 0}}


def narrowed(actor: Actor, asked: Mapping[str, str]) -> "QuerySet[Filing]":
    """What the actor can see of what the address asks for; words it does not know say nothing."""
    found = visible_to(actor)
    if asked.get("year", "").isdigit():
        found = found.filter(budget_year=int(asked["year"][:4]))
    for name, field in (("state", "state"), ("round", "round"), ("category", "category")):
        if asked.get(name):
            found = found.filter(**{field: asked[name]})
    if asked.get("agency"):
        found = found.filter(agency__code=asked["agency"])
    if asked.get("under"):
        path = path_of(asked["under"])
        found = found.none() if path is None else found.filter(in_subtree("agency_path", path))
    if asked.get("grade"):
        found = found.filter(grade="" if asked["grade"] == "none" else asked["grade"])
    if asked.get("key") == "1":
        found = found.filter(is_key=True)
    if asked.get("overdue") == "1":
        found = found.filter(due_on__lt=actor.today)
    found = found.filter(**_BOUNDS.get(asked.get("trouble", ""), {}))
    if asked.get("q", "").strip():
        found = containing(found, asked["q"])
    return found


def path_of(code: str) -> str | None:
    """The path of the agency of this code."""
    return Agency.objects.filter(code=code).values_list("path", flat=True).first()


def order_of(asked: str) -> tuple[str, bool]:
    """Column and direction of an order: `total`, or `-total` for the way less usual."""
    name = asked.removeprefix("-")
    column, down = COLUMNS.get(name, COLUMNS["updated"])
    return column, down is not asked.startswith("-")


def ordering(column: str, *, down: bool) -> tuple[OrderBy, OrderBy]:
    """Column and key, both the same way; a blank counts as less than everything."""
    if column not in BLANKS:
        return OrderBy(F(column), descending=down), OrderBy(F("pk"), descending=down)
    first = OrderBy(F(column), descending=down, **{f"nulls_{'last' if down else 'first'}": True})
    return first, OrderBy(F("pk"), descending=down)


def ordered(found: "QuerySet[Filing]", order: str) -> "QuerySet[Filing]":
    """In the order of this name, with the agency of each."""
    column, down = order_of(order)
    return found.select_related("agency").order_by(*ordering(column, down=down))


def rounds() -> tuple[str, ...]:
    """The rounds of a budget season, in their order."""
    return ("一上", "一下", "二上", "二下")


def state_labels() -> dict[str, str]:
    """The words for states, in the order of the journey."""
    return {state.code: state.label for state in county_journey().stage.states}

"""What is asked of a list: the same words narrow the page, what is exported, and the API.

`NARROWING` is the one table of these words: their names, what they are called and what they do.
Pages take them as they come; the API checks them first and asks the same.
"""

from collections.abc import Callable, Mapping

from django.db import connection
from django.db.models import F, OrderBy, QuerySet
from django.db.models.lookups import Exact

from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing
from jixiao.web.filings.moments import moment_of
from jixiao.web.filings.numbering import found_by
from jixiao.web.filings.selectors import (
    at_or_below,
    reaches_everything,
    visible_to,
    waiting_for,
)
from jixiao.web.filings.sent_back import WAS_RETURNED
from jixiao.web.statements import Read

Found = QuerySet[Filing]
Step = Callable[[Found, Actor, str], Found]

#: Columns a list is sorted by, under their names in the address, and which way at first.
COLUMNS = {
    "updated": ("updated_at", True),
    "created": ("pk", True),
    "name": ("project_name", False),
    "agency": ("agency_path", False),
    "state": ("state", False),
    "total": ("total", True),
    "rows": ("indicator_count", True),
    "errors": ("errors", True),
    "grade": ("grade", False),
    "due": ("due_on", False),
}
#: What programs call some of these orders.
ALIASES = {"newest": "created", "oldest": "-created", "changed": "-updated"}
#: Those that may be blank.
BLANKS = frozenset({"total", "due_on"})
YES = "1"
_TROUBLE = {"errors": {"errors__gt": 0}, "warnings": {"warnings__gt": 0}, "none": {"errors": 0}}


def narrowed(actor: Actor, asked: Mapping[str, str]) -> "QuerySet[Filing]":
    """What the actor can see of what the address asks for; words it does not know say nothing."""
    found = visible_to(actor)
    for name, step in NARROWING.items():
        text = asked.get(name, "").strip()
        if text:
            found = step(found, actor, text)
    return found


def is_counted(asked: Mapping[str, str]) -> bool:
    """Whether the sums counted in advance can tell all that is asked."""
    return not any(asked.get(name) for name in NARROWING if name not in TALLIED)


def words_of(asked: Mapping[str, str]) -> dict[str, str]:
    """The words of an address that narrow, and no others."""
    return {name: str(asked[name]) for name in NARROWING if asked.get(name)}


def _column(field: str) -> Step:
    return lambda found, _, text: found.filter(**{field: text})


def _year(found: Found, actor: Actor, text: str) -> Found:
    if not text.isdecimal():
        return found
    year = int(text[:4])
    if connection.vendor != "sqlite" or reaches_everything(actor):
        return found.filter(budget_year=year)
    # SQLite has no idea that a place has fewer filings than a year: it must not look by the year.
    return found.filter(Exact(F("budget_year") + 0, year))


def _under(found: Found, _: Actor, text: str) -> Found:
    path = path_of(text)
    return found.none() if path is None else found.filter(at_or_below(path))


def _grade(found: Found, _: Actor, text: str) -> Found:
    return found.filter(grade="" if text == "none" else text)


def _trouble(found: Found, _: Actor, text: str) -> Found:
    return found.filter(**_TROUBLE.get(text, {}))


def _key(found: Found, _: Actor, text: str) -> Found:
    return found.filter(is_key=True) if text == YES else found


def _overdue(found: Found, actor: Actor, text: str) -> Found:
    return found.filter(due_on__lt=actor.today) if text == YES else found


def _returned(found: Found, _: Actor, text: str) -> Found:
    return found.filter(WAS_RETURNED) if text == YES else found


def _waiting(found: Found, actor: Actor, text: str) -> Found:
    if text != YES:
        return found
    states = county_journey().stage.states
    mine = waiting_for(actor, {state.code: state.turn for state in states})
    return found & mine


def _changed_since(found: Found, _: Actor, text: str) -> Found:
    try:
        return found.filter(updated_at__gte=moment_of(text))
    except ValueError:
        return found


def _words(found: Found, _: Actor, text: str) -> Found:
    return found_by(found, text)


NARROWING: dict[str, Step] = {
    "year": _year,
    "state": _column("state"),
    "round": _column("round"),
    "category": _column("category"),
    "agency": _column("agency__code"),
    "under": _under,
    "grade": _grade,
    "trouble": _trouble,
    "key": _key,
    "overdue": _overdue,
    "returned": _returned,
    "waiting": _waiting,
    "updated_since": _changed_since,
    # Last: whether a word is frequent is asked of the index, whatever stands before it.
    "q": _words,
}
#: What of an address the sums counted in advance can tell.
TALLIED = frozenset({"year", "state", "agency", "under", "round", "category"})


def path_of(code: str) -> str | None:
    """The path of the agency of this code."""
    found = _PATH.first(code)
    return None if found is None else str(found[0])


_PATH = Read(lambda code: Agency.objects.filter(code=code).order_by().values_list("path"), "\ue001")


def order_of(asked: str) -> tuple[str, bool]:
    """Column and direction of an order: `total`, or `-total` for the way less usual."""
    asked = ALIASES.get(asked, asked)
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

"""Questions about the sums of places: how much stands at or below where a person's roles are.

Every place has sums of its own (`subtotals`), so that an answer costs as much for a county as for
a unit. The SQL depends on how many places are asked about and which columns narrow; it is kept.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from msgspec import Struct

from jixiao.lifecycle.rights import may_read
from jixiao.web.agencies.models import STEP, Agency
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import Subtotal, Tally
from jixiao.web.filings.narrowing import path_of
from jixiao.web.filings.selectors import OWN_DRAFTS
from jixiao.web.kept import Kept
from jixiao.web.statements import Read, Row

Found = QuerySet[Any]
Words = Mapping[str, str]
_COLUMNS = {"year": 4017, "state": "\ue001", "round": "\ue002", "category": "\ue003"}
_MOST = 128


class Scope(Struct, frozen=True, kw_only=True):
    """Which places, none above another; `is_own`: what the agency itself filed."""

    places: tuple[str, ...]
    is_own: bool = False
    sees_drafts: bool = False


class Placed:
    """One question; `build` is given the sums it is about and what else it is put together from."""

    def __init__(self, build: "Callable[..., QuerySet[Any, Any]]") -> None:
        self._build = build
        self._worded: Kept[Read[Row]] = Kept(_MOST)

    def rows(self, scope: Scope, words: Words, *detail: Hashable) -> Iterator[Row]:
        """What these words leave of the sums of these places."""
        if not scope.places:
            return iter(())
        asked = {name: _value(name, words.get(name, "")) for name in _COLUMNS}
        values = {name: value for name, value in asked.items() if value != ""}
        count = len(scope.places)
        question = (count, scope.is_own, scope.sees_drafts, *values, detail)
        read = self._worded.of(question, lambda: self._read(count, scope, tuple(values), detail))
        return read.rows(*scope.places, *values.values())

    def _read(
        self, count: int, scope: Scope, names: tuple[str, ...], detail: tuple[Hashable, ...]
    ) -> Read[Row]:
        def query(*values: Any) -> "QuerySet[Any, Any]":
            where: dict[str, Any] = {
                "budget_year" if name == "year" else name: value
                for name, value in zip(names, values[count:], strict=True)
            }
            if not scope.sees_drafts:
                where["is_handed_in"] = True
            places = values[:count]
            found: Found = (
                Tally.objects.filter(agency_path__in=places)
                if scope.is_own
                else Subtotal.objects.filter(place_path__in=places)
            )
            return self._build(found.filter(**where).order_by(), *detail)

        marks = [f"\ue000{at:04}." for at in range(count)]
        return Read(query, *marks, *(_COLUMNS[name] for name in names))


def scope_of(actor: Actor, words: Words) -> Scope:
    """The places of an actor, as far as `under` and `agency` leave them."""
    if not may_read(actor.roles):
        return Scope(places=())
    places, is_own = topmost(actor.places), False
    for name in ("under", "agency"):
        if words.get(name):
            path = path_of(words[name])
            places = () if path is None else _both(places, path)
            is_own = name == "agency"
            if is_own and places != (path,):
                places = ()
    return Scope(places=places, is_own=is_own, sees_drafts=bool(actor.roles & OWN_DRAFTS))


def topmost(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Those that do not lie below another of them."""
    return tuple(
        one for one in paths if not any(one != other and one.startswith(other) for other in paths)
    )


def branches_of(scope: Scope, depth: int) -> dict[str, str]:
    """The places at this depth with the branch each belongs to, and those above them."""
    cut = STEP * depth
    found = {one: one[:cut] for one in scope.places if len(one) >= cut or scope.is_own}
    wide = tuple(one for one in scope.places if one not in found)
    if wide:
        every = Agency.objects.order_by("path").values_list("path", flat=True)
        found |= {path: path for path in every if len(path) <= cut and path.startswith(wide)}
    return found


def shared_out(
    sums: Mapping[tuple[str, Row], Row], branches: Mapping[str, str], depth: int
) -> dict[tuple[str, Row], Row]:
    """The sums of branches; a place above keeps what no place below it has."""
    left = dict(sums)
    for (place, kind), amounts in sums.items():
        above = (place[:-STEP], kind)
        if above in left and len(above[0]) < STEP * depth:
            left[above] = plus(left[above], [-one for one in amounts])
    found: dict[tuple[str, Row], Row] = {}
    for (place, kind), amounts in left.items():
        if any(amounts):
            key = (branches[place], kind)
            found[key] = plus(found[key], amounts) if key in found else amounts
    return found


def plus(some: Sequence[Any], more: Sequence[Any]) -> Row:
    """Both together; what nobody states adds nothing."""
    return tuple((one or 0) + (other or 0) for one, other in zip(some, more, strict=True))


def _both(places: tuple[str, ...], path: str) -> tuple[str, ...]:
    if any(path.startswith(one) for one in places):
        return (path,)
    return tuple(one for one in places if one.startswith(path))


def _value(name: str, text: str) -> str | int:
    if name != "year":
        return text.strip()
    return int(text[:4]) if text.strip().isdecimal() else ""

"""What a list asks within the reach of a person, worded once for each kind of reach and narrowing.

The SQL of a list depends on the roles of who asks, on how many places they stand at, and on which
words of the address narrow it; which places and words these are, are values. So a question is put
together with marks for both, and its SQL is kept (`web.statements`). Narrowings that look things
up first (full text, a branch, a day) are put together each time, as the ORM always does.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import starmap
from typing import Any, Generic, TypeVar, overload

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from msgspec.structs import replace

from jixiao.lifecycle.rights import may_read
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.narrowing import words_of
from jixiao.web.filings.selectors import is_department, reaches_everything
from jixiao.web.kept import Kept
from jixiao.web.statements import Query, Read, Row

#: Words whose texts are values of a column, with marks that no column holds.
_COLUMNS = {"year": 4017, "state": "\ue001", "round": "\ue002", "category": "\ue003"}
#: Words that stand in the statement as they are, and have a few texts only.
_FIXED = frozenset({"grade", "trouble", "key", "returned", "overdue"})
#: A place in a list by time that no filing has.
_PLACE = (datetime(2001, 1, 1, tzinfo=UTC), 2_000_000_011)
_MOST = 128
T = TypeVar("T")


class Scoped(Generic[T]):
    """One question about what somebody reaches.

    `build` is given who asks, the words that narrow, and what else it is put together from;
    `of_filings` says that it asks by `selectors.at_or_below`, not by the range of a path. With
    `made`, rows are what it makes of their columns (`web.statements`).
    """

    @overload
    def __init__(self: "Scoped[Row]", build: Query, *, of_filings: bool = False) -> None: ...

    @overload
    def __init__(
        self, build: Query, made: Callable[..., T], *, of_filings: bool = False
    ) -> None: ...

    def __init__(
        self, build: Query, made: Callable[..., T] | None = None, *, of_filings: bool = False
    ) -> None:
        self._build, self._made, self._of_filings = build, made, of_filings
        self._worded: Kept[Read[T]] = Kept(_MOST)

    def rows(
        self,
        actor: Actor,
        words: Mapping[str, str],
        *detail: Hashable,
        place: tuple[datetime, int] | None = None,
    ) -> Iterator[T]:
        """The rows within the actor's reach; `place` are values, given to `build` at the end."""
        further: tuple[Any, ...] = () if place is None else place
        asked = {name: text.strip() for name, text in words_of(words).items() if text.strip()}
        if not _is_kept(asked) or not may_read(actor.roles):
            rows: Iterator[Any] = iter(self._build(actor, asked, *detail, *further))
            return rows if self._made is None else starmap(self._made, rows)
        # Who reaches everything is asked by no range: the places stand in the words, if at all.
        whole = actor.places if reaches_everything(actor) else ()
        paths = () if whole else actor.places
        valued = tuple(name for name in _COLUMNS if name in asked)
        fixed = tuple((name, asked[name]) for name in sorted(asked) if name in _FIXED)
        kinds = tuple(map(self._is_one_value, paths))
        day = actor.today if "overdue" in asked else None
        question = (actor.pattern, whole, kinds, valued, fixed, day, detail, bool(further))
        places = _PLACE if further else ()
        read = self._worded.of(
            question, lambda: self._worded_for(actor, asked, paths, detail, places)
        )
        ends = [end for path in paths for end in self._ends(path)]
        try:
            return read.rows(*ends, *(_value(name, asked[name]) for name in valued), *further)
        except EmptyResultSet:  # nothing can answer it, wherever one stands
            return iter(())

    def _worded_for(
        self,
        actor: Actor,
        asked: Mapping[str, str],
        paths: tuple[str, ...],
        detail: tuple[Hashable, ...],
        further: tuple[Any, ...],
    ) -> Read[T]:
        valued = [name for name in _COLUMNS if name in asked]
        placed = [self._ends(_mark(at, path)) for at, path in enumerate(paths)]
        sizes = [len(ends) for ends in placed]
        starts, count = [sum(sizes[:at]) for at in range(len(sizes))], sum(sizes)

        def query(*values: Any) -> "QuerySet[Any, Any]":
            known = dict(zip(paths, (values[at] for at in starts), strict=True))
            texts, rest = values[count : count + len(valued)], values[count + len(valued) :]
            posts = tuple(replace(one, path=known.get(one.path, one.path)) for one in actor.posts)
            words = {**asked, **dict(zip(valued, map(str, texts), strict=True))}
            return self._build(replace(actor, posts=posts), words, *detail, *rest)

        marks: list[Any] = [end for ends in placed for end in ends]
        marks += [_COLUMNS[name] for name in valued]
        return Read(query, *marks, *further, made=self._made)

    def _is_one_value(self, path: str) -> bool:
        return self._of_filings and is_department(path)

    def _ends(self, path: str) -> tuple[str, ...]:
        """The values by which a place is asked about: a department's own, or those of a range."""
        return (path,) if self._is_one_value(path) else (path, _after(path))


def _is_kept(asked: Mapping[str, str]) -> bool:
    """Whether only columns narrow, and by something a column can hold."""
    known = all(name in _COLUMNS or name in _FIXED for name in asked)
    return known and asked.get("year", "0").isdecimal()


def _value(name: str, text: str) -> str | int:
    return int(text[:4]) if name == "year" else text


def _mark(at: int, path: str) -> str:
    """A path that is nobody's and not that of a root; of a department in place of one."""
    return f"\ue000{at:04}.0000." if is_department(path) else f"\ue000{at:04}.0000.0000."


def _after(path: str) -> str:
    return f"{path[:-1]}/"

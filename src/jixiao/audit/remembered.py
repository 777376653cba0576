"""What was said of single rows, kept for the next audit of a form that changed a little.

Somebody who types changes one row and leaves the others alone. What a rule on rows says follows
from the row itself, its number, the profile, the settings and the day; only a rule that looks at
the rest of the form can come to another answer for the same row. Whether it looks is not declared
but watched: an answer is kept only where neither the row nor the context was asked for the form.
So an audit with a memory says what an audit without one says.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from jixiao.audit.finding import Hit, Skip
from jixiao.audit.rule import Context
from jixiao.audit.view import FormView, Row
from jixiao.form.indicator import Indicator
from jixiao.standards.profile import Profile

Items = tuple[Hit | Skip, ...]
Check = Callable[[Row, Context[Any]], Iterator[Hit | Skip]]


class _Known(Struct, frozen=True, eq=False):
    """One row under one plan; both are held, so that their identities stay theirs.

    `said` has the answers by the number of the rule in the plan, `loud` those that say something.
    """

    plan: object
    indicator: Indicator
    said: dict[int, Items]
    loud: dict[int, Items]


class RowMemory:
    """The answers about so many rows at least, twice as many at most."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._new: dict[tuple[int, date, int, int], _Known] = {}
        self._old: dict[tuple[int, date, int, int], _Known] = {}

    def about(self, plan: object, as_of: date, row: Row) -> _Known:
        """What is known of a row under a plan on a day; to be added to."""
        key = (id(plan), as_of, row.index, id(row.indicator))
        known = self._new.get(key)
        if known is None:
            known = self._old.get(key) or _Known(plan, row.indicator, {}, {})
            if len(self._new) >= self._rows:
                self._old, self._new = self._new, {}
            self._new[key] = known
        return known


class _Watch:
    """Whether somebody asked for the form."""

    __slots__ = ("asked",)

    def __init__(self) -> None:
        self.asked = False


class _WatchedRow(Row):
    """A row that tells when it is asked for the form it stands in."""

    __slots__ = ("_form", "_watch")

    def __init__(self, form: FormView, index: int, indicator: Indicator, watch: _Watch) -> None:
        self._watch = watch
        super().__init__(form, index, indicator)

    @property
    def form(self) -> FormView:
        self._watch.asked = True
        return self._form

    @form.setter
    def form(self, form: FormView) -> None:
        self._form = form


class _WatchedContext:
    """A context that tells the same; made as seldom as contexts are."""

    __slots__ = ("_form", "_watch", "as_of", "params", "profile")

    def __init__(self, context: Context[Any], watch: _Watch) -> None:
        self._form, self._watch = context.form, watch
        self.profile: Profile = context.profile
        self.params: Any = context.params
        self.as_of: date = context.as_of

    @property
    def form(self) -> FormView:
        self._watch.asked = True
        return self._form


class Remembering:
    """The rows of one form in one audit, with what is known of them."""

    def __init__(self, memory: RowMemory, plan: object, as_of: date, view: FormView) -> None:
        self._watch = _Watch()
        # Rules compare rows by identity: the watched ones are the rows of this form.
        view.rows = tuple(
            _WatchedRow(view, at, one, self._watch) for at, one in enumerate(view.form.indicators)
        )
        self._rows = [(row, memory.about(plan, as_of, row)) for row in view.rows]
        self._contexts: dict[int, Any] = {}
        # Most rules know what to say of all rows but the one that changed, and that is nothing.
        self._new = [(row, known) for row, known in self._rows if not known.said]
        answered = [known.said.keys() for _, known in self._rows if known.said]
        self._answered = set.intersection(*map(set, answered)) if answered else set()
        self._loud = {number for _, known in self._rows for number in known.loud}

    def items(self, number: int, check: Check, context: Context[Any]) -> Iterator[Hit | Skip]:
        """What a rule says of all rows, in their order; asked anew only where it has to be."""
        silent = number in self._answered and number not in self._loud
        for row, known in self._new if silent else self._rows:
            said = known.said.get(number)
            if said is not None:
                yield from said
                continue
            self._watch.asked, told = False, []
            for item in check(row, self._watched(context)):
                told.append(item)
                yield item
            if not self._watch.asked:
                if told:
                    known.loud[number] = tuple(told)
                # Last, because another thread may take it for all there is to say.
                known.said[number] = tuple(told)

    def _watched(self, context: Context[Any]) -> Any:
        known = self._contexts.get(id(context))
        if known is None:
            known = self._contexts[id(context)] = _WatchedContext(context, self._watch)
        return known

"""A form that tells what a rule asked it for.

What a rule says of a form follows from what it asks. Who knows what was asked knows which changes
can matter: an answer holds until one of its parts changes. A part is a bit of a number: the frame
(kind, file, title, columns …), header, funding, narrative, how many rows there are, and of each row
its category, name and value, and the rest. Facts that several rules share are worked out once, and
whoever asks for one has asked for all it was made of.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, TypeVar, cast

import msgspec

from jixiao.audit.view import FormView, Row, RowFacts
from jixiao.form.forms import Form
from jixiao.form.indicator import Category, Indicator
from jixiao.foundation.quantity import Quantity

F = TypeVar("F")
FRAME, HEADER, FUNDING, NARRATIVE, COUNT = 1, 2, 4, 8, 16
_PARTS = {"header": HEADER, "funding": FUNDING, "narrative": NARRATIVE, "indicators": -1}
_FRAME_FIELDS = tuple(name for name in Form.__struct_fields__ if name not in _PARTS)
#: Of the first row; the bits of the others stand four places further each.
_KIND, _NAME, _VALUE, _REST = 32, 64, 128, 256
_WIDTH = 4
_GROUPS = {
    **dict.fromkeys(("category", "level1", "level2"), _KIND),
    "name": _NAME,
    **dict.fromkeys(("target", "operator_cell", "value_cell", "unit_cell"), _VALUE),
}
_encode = msgspec.json.Encoder().encode


def changed_parts(before: Form, after: Form) -> int:
    """The parts in which two forms differ."""
    found = 0
    for name in _FRAME_FIELDS:
        if not _same(getattr(before, name), getattr(after, name)):
            found |= FRAME
    for name, part in (("header", HEADER), ("funding", FUNDING), ("narrative", NARRATIVE)):
        if not _same(getattr(before, name), getattr(after, name)):
            found |= part
    old, new = before.indicators, after.indicators
    for number, (one, other) in enumerate(zip(old, new, strict=False)):
        if one is not other:
            found |= _changed_in_row(one, other) << _WIDTH * number
    if len(old) != len(new):
        found |= COUNT | -_KIND << _WIDTH * min(len(old), len(new))
    return found


def _changed_in_row(one: Indicator, other: Indicator) -> int:
    found = 0
    for name in Indicator.__struct_fields__:
        part = _GROUPS.get(name, _REST)
        if not found & part and not _same(getattr(one, name), getattr(other, name)):
            found |= part
    return found


def _same(one: object, other: object) -> bool:
    """Whether nobody can tell one from the other; 1.0 and 1.00 are equal and not the same."""
    return one is other or _encode(one) == _encode(other)


class Watch:
    """What has been asked for since it was last set to 0."""

    __slots__ = ("asked",)

    def __init__(self) -> None:
        self.asked = 0


class _WatchedIndicator:
    """The fields of an indicator, each telling that it is asked for."""

    __slots__ = ("_indicator", "_parts", "_told")

    def __init__(self, indicator: Indicator, told: Watch, parts: Mapping[str, int]) -> None:
        self._indicator, self._told, self._parts = indicator, told, parts

    def __getattr__(self, name: str) -> Any:
        self._told.asked |= self._parts[name]
        return getattr(self._indicator, name)


@lru_cache(maxsize=512)
def _parts_of_fields(number: int) -> dict[str, int]:
    """The part each field of this row belongs to."""
    shift = _WIDTH * number
    return {name: _GROUPS.get(name, _REST) << shift for name in Indicator.__struct_fields__}


class _WatchedRow(Row):
    """A row that tells."""

    __slots__ = ("_facts", "_form", "_kind", "_named", "_shown", "_told", "_valued")

    def __init__(self, form: "WatchedView", index: int, facts: RowFacts) -> None:
        parts = _parts_of_fields(index)
        self.index, self._form, self._facts, self._told = index, form, facts, form.told
        self._kind, self._named, self._valued = parts["category"], parts["name"], parts["target"]
        self._shown = _WatchedIndicator(facts[0], form.told, parts)

    @property
    def form(self) -> FormView:  # type: ignore[override]  # telling, not held
        return self._form

    @property
    def indicator(self) -> Indicator:  # type: ignore[override]  # telling, not held
        return cast("Indicator", self._shown)

    @property
    def category(self) -> Category | None:  # type: ignore[override]  # telling, not held
        self._told.asked |= self._kind
        return self._facts[0].category

    @property
    def name(self) -> str:  # type: ignore[override]  # telling, not held
        self._told.asked |= self._named
        return self._facts[1]

    @property
    def value(self) -> str:  # type: ignore[override]  # telling, not held
        self._told.asked |= self._valued
        return self._facts[2]

    @property
    def quantity(self) -> Quantity:  # type: ignore[override]  # telling, not held
        self._told.asked |= self._valued
        return self._facts[3]


class _WatchedForm:
    """The parts of a form, each telling that it is asked for."""

    __slots__ = ("_form", "_told")

    def __init__(self, form: Form, told: Watch) -> None:
        self._form, self._told = form, told

    def __getattr__(self, name: str) -> Any:
        self._told.asked |= _PARTS.get(name, FRAME)
        return getattr(self._form, name)


class WatchedView(FormView):
    """A form and its derived facts; `told.asked` grows by what is asked for.

    `all_rows` are the rows for whom nobody watches.
    """

    def __init__(self, form: Form, rows: Sequence[RowFacts]) -> None:
        self.told = Watch()
        super().__init__(cast("Form", _WatchedForm(form, self.told)))
        self.all_rows = tuple(_WatchedRow(self, at, facts) for at, facts in enumerate(rows))
        self._made_of: dict[Hashable, int] = {}

    @property
    def rows(self) -> tuple[Row, ...]:
        self.told.asked |= COUNT
        return self.all_rows

    def fact(self, name: Hashable, make: Callable[[], F]) -> F:
        told = self.told
        if name in self._made_of:
            told.asked |= self._made_of[name]
            return super().fact(name, make)
        before, told.asked = told.asked, 0
        try:
            found = super().fact(name, make)
            self._made_of[name] = told.asked
            return found
        finally:
            told.asked |= before


def _watched(name: str, work: Callable[[FormView], object]) -> property:
    return property(lambda view: view.fact(name, lambda: work(view)))


for _name, _fact in vars(FormView).items():
    if isinstance(_fact, cached_property) and _name != "rows":
        setattr(WatchedView, _name, _watched(_name, _fact.func))

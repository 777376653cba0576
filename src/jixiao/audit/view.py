"""What rules look at: a form with its derived facts, computed at the first use and never stored.

A rule never writes anything. What several rules need (folded texts, totals in 元, indicators by
category) is worked out once per form here.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from jixiao.audit.finding import Fix, Hit
from jixiao.form.entry import Entry
from jixiao.form.forms import Form
from jixiao.form.indicator import Category, Indicator
from jixiao.foundation.location import SourceRef
from jixiao.foundation.money import Money
from jixiao.foundation.quantity import Quantity, ValueKind
from jixiao.foundation.text import flowing, fold

F = TypeVar("F")
P = ParamSpec("P")


#: What is known of an indicator: itself, its folded name and value, and its quantity.
RowFacts = tuple[Indicator, str, str, Quantity]


class Row:
    """One indicator with its folded texts. `name` and `value` are for comparison, not display."""

    __slots__ = ("category", "form", "index", "indicator", "name", "quantity", "value")

    def __init__(
        self, form: "FormView", index: int, indicator: Indicator, facts: RowFacts | None = None
    ) -> None:
        self.form = form
        self.index = index
        self.indicator = indicator
        self.category: Category | None = indicator.category
        _, self.name, self.value, self.quantity = facts or row_facts(indicator)

    @property
    def raw_name(self) -> str:
        return flowing(self.indicator.name.raw.strip())

    @property
    def raw_value(self) -> str:
        return flowing(self.indicator.target.raw.strip())

    def hit(
        self,
        field: str,
        message: str,
        *,
        suggestion: str | None = None,
        evidence: Mapping[str, str] | None = None,
        fix: Fix | None = None,
    ) -> Hit:
        """A fault in one field of this row: `name`, `target`, `level2`, `weight`, `actual` …"""
        entry = getattr(self.indicator, field)
        return Hit(
            path=f"indicators[{self.index}].{field}",
            at=self.indicator.at if entry is None else entry.at,
            message=message,
            suggestion=suggestion,
            evidence=evidence or {},
            fix=fix,
        )


def row_facts(indicator: Indicator, known: RowFacts | None = None) -> RowFacts:
    """What is known of this indicator; `known` is that of the one before, mostly the same."""
    if known is not None and known[0] is indicator:
        return known
    quantity = indicator.target.value or Quantity(kind=ValueKind.UNREADABLE)
    return indicator, fold(indicator.name.raw), _value_of(indicator), quantity


def _value_of(indicator: Indicator) -> str:
    """The folded value; where an operator column only says 定性, the words beside it."""
    operator, cell = indicator.operator_cell, indicator.value_cell
    if operator is not None and cell is not None and fold(operator.raw) == "定性":
        return fold(cell.raw)
    return fold(indicator.target.raw)


class FormView:
    """One form and its derived facts. Amounts are `Money` in 元, None where not stated.

    `rows` is what is known of its rows, where somebody knows it already.
    """

    def __init__(self, form: Form, rows: Sequence[RowFacts] = ()) -> None:
        self.form = form
        self._known_rows = rows
        self._facts: dict[Hashable, Any] = {}

    def fact(self, name: Hashable, make: Callable[[], F]) -> F:
        """What is known of the form under this name, made at the first use."""
        if name in self._facts:
            return cast("F", self._facts[name])
        found = self._facts[name] = make()
        return found

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        known = self._known_rows
        if known:
            return tuple(Row(self, i, facts[0], facts) for i, facts in enumerate(known))
        return tuple(Row(self, i, item) for i, item in enumerate(self.form.indicators))

    @cached_property
    def by_category(self) -> dict[Category, tuple[Row, ...]]:
        found: dict[Category, list[Row]] = {}
        for row in self.rows:
            if row.category is not None:
                found.setdefault(row.category, []).append(row)
        return {category: tuple(rows) for category, rows in found.items()}

    def of(self, *categories: Category) -> tuple[Row, ...]:
        """The rows of these categories, in the order of the form."""
        if len(categories) == 1:
            return self.by_category.get(categories[0], ())
        return tuple(row for row in self.rows if row.category in categories)

    @cached_property
    def cost_rows(self) -> tuple[Row, ...]:
        """Cost indicators, wherever the tree puts them."""
        return self.of(Category.OUTPUT_COST, Category.COST_ECONOMIC)

    @cached_property
    def project(self) -> str:
        """Project name as written, or the unit's name on a department's form; "" if blank."""
        header = self.form.header
        if header.project_name is not None and header.project_name.raw.strip():
            return header.project_name.raw.strip()
        unit = header.implementing_unit or header.supervising_department
        return "" if unit is None else unit.raw.strip()

    @cached_property
    def goal(self) -> str:
        """The annual overall goal, folded for comparison; "" where blank or absent."""
        entry = self.form.narrative.goal
        return "" if entry is None else fold(entry.raw)

    @cached_property
    def goal_entry(self) -> Entry[str] | None:
        return self.form.narrative.goal

    @cached_property
    def total(self) -> Money | None:
        """Total annual funding (年度资金总额) in 元."""
        return self.money("total")

    def money(self, key: str) -> Money | None:
        """The funding line `key` (total, fiscal, carry_over, other) in 元."""
        funding = self.form.funding
        entry: Entry[Decimal] | None = None if funding is None else getattr(funding, key)
        if funding is None or entry is None or entry.value is None or funding.unit is None:
            return None
        return Money.of(entry.value, funding.unit)

    def place_of(self, entry: Entry[str] | None) -> SourceRef:
        """The place of a field, or of the form's title where the field does not stand."""
        if entry is not None:
            return entry.at
        form = self.form
        if form.title is not None:
            return form.title.at
        if form.header.project_name is not None:
            return form.header.project_name.at
        return form.indicators[0].at if form.indicators else SourceRef(quote="")

    def hit(
        self,
        path: str,
        at: SourceRef,
        message: str,
        *,
        suggestion: str | None = None,
        evidence: Mapping[str, str] | None = None,
        fix: Fix | None = None,
    ) -> Hit:
        """A fault of the form outside its indicator rows: `narrative.goal`, `funding.total` …"""
        return Hit(
            path=path,
            at=at,
            message=message,
            suggestion=suggestion,
            evidence=evidence or {},
            fix=fix,
        )


def once_per_form(
    work: Callable[Concatenate[FormView, P], F],
) -> Callable[Concatenate[FormView, P], F]:
    """A fact that several rules ask for: worked out once for a form, and kept with it."""

    @wraps(work)
    def known(view: FormView, /, *more: P.args, **named: P.kwargs) -> F:
        return view.fact((work, more, *named.items()), lambda: work(view, *more, **named))

    return known


def once_per_row(
    work: Callable[Concatenate[Row, P], F],
) -> Callable[Concatenate[Row, P], F]:
    """The same for a fact of one row."""

    @wraps(work)
    def known(row: Row, /, *more: P.args, **named: P.kwargs) -> F:
        name = (work, row.index, more, *named.items())
        return row.form.fact(name, lambda: work(row, *more, **named))

    return known


class Batch:
    """The forms audited together (a file or a folder), for rules that compare forms.

    `groups` are the positions of forms of one unit and one year: rules on copies and double
    claims compare within a group, because a fixed template may rightly recur elsewhere.
    """

    def __init__(self, forms: tuple[FormView, ...]) -> None:
        self.forms = forms

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        found: dict[tuple[str, int | None], list[int]] = {}
        for position, view in enumerate(self.forms):
            header = view.form.header
            party = header.supervising_department or header.implementing_unit
            name = "" if party is None or party.value is None else fold(party.value.name)
            found.setdefault((name, view.form.budget_year), []).append(position)
        return tuple(tuple(positions) for positions in found.values())

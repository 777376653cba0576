"""The cost arithmetic of a form: unit price × matched quantity, lumps, and what is left over.

A unit price meets the quantity that is counted in its own unit (元/次 with 次, 元/人·月 with 人 and
twelve months); where several quantities fit, the name decides, and where the name does not, every
pairing is tried and the form gets the benefit of the best one. Nothing here judges: the rules
say what a gap means.
"""

from decimal import Decimal
from itertools import islice, product

from msgspec import Struct

from jixiao.audit.support.cost_items import CostItem, core_name, cost_item
from jixiao.audit.support.counted import Count, counts_of
from jixiao.audit.support.pairing import Factor, candidates, same_thing
from jixiao.audit.view import FormView, once_per_form
from jixiao.foundation.text import fold
from jixiao.standards.lexicon import Lexicon
from jixiao.standards.profile import Profile

#: More pairings than these are not tried: a form with so many equal units explains nothing.
_MOST_PAIRINGS = 256
_AGREES = Decimal("0.01")


class Product(Struct, frozen=True, kw_only=True):
    """A unit price with the quantities it was multiplied with, and the amount in 元."""

    item: CostItem
    factors: tuple[Factor, ...]
    amount: Decimal


class Unmatched(Struct, frozen=True, kw_only=True):
    """A unit price without a quantity. `namesake` is counted in another unit."""

    item: CostItem
    word: str
    namesake: Count | None


class CostModel(Struct, frozen=True, kw_only=True):
    """All that is said about cost. `wholes` name the whole money, `parts` are other lumps."""

    total: Decimal | None
    rates: tuple[CostItem, ...]
    wholes: tuple[CostItem, ...]
    parts: tuple[CostItem, ...]
    counts: tuple[Count, ...]
    products: tuple[Product, ...]
    unmatched: tuple[Unmatched, ...]
    project_core: str

    @property
    def lumps(self) -> tuple[CostItem, ...]:
        return self.wholes + self.parts

    @property
    def built_up(self) -> Decimal:
        """What the unit prices and the separate lumps add up to."""
        return _added(self.products) + sum((item.amount for item in self.parts), Decimal(0))

    @property
    def uncosted(self) -> tuple[Count, ...]:
        """Counted outputs that no unit price speaks of."""
        used = {id(count.row) for each in self.products for f in each.factors for count in f.counts}
        used |= {id(each.namesake.row) for each in self.unmatched if each.namesake is not None}
        return tuple(c for c in self.counts if c.output and id(c.row) not in used)

    @property
    def sharing(self) -> tuple[Product, ...]:
        """Products that use a quantity another product uses too: 15 人 for two kinds of people."""
        used: dict[int, list[Product]] = {}
        for each in self.products:
            for count in (count for factor in each.factors for count in factor.counts):
                used.setdefault(id(count.row), []).append(each)
        shared = [each for group in used.values() if len(group) > 1 for each in group]
        return tuple(each for each in self.products if any(each is other for other in shared))

    @property
    def is_loose_ceiling(self) -> bool:
        """Every unit price is a ceiling, and the ceilings allow more than there is."""
        total = self.total or Decimal(0)
        return self.built_up > total and all(item.is_cap for item in self.rates)

    def covers_all(self, item: CostItem) -> bool:
        """The item names no thing of its own, or the very thing the project is named after."""
        return len(item.core) < 2 or same_thing(item.core, self.project_core)


@once_per_form
def cost_model(view: FormView, profile: Profile) -> CostModel:
    """Worked out once for a form, however many rules ask."""
    lexicon = profile.lexicon
    funding = view.form.funding
    unit = None if funding is None else funding.unit
    found = (cost_item(row, unit, lexicon) for row in view.cost_rows)
    items = tuple(item for item in found if item is not None)
    rates = tuple(item for item in items if item.per)
    counts = counts_of(view, profile) if rates else ()
    total = None if view.total is None else view.total.yuan
    lumps = tuple(item for item in items if not item.per)
    wholes = tuple(item for item in lumps if item.whole or (rates and _restates(item, total)))
    parts = tuple(item for item in lumps if not any(item is whole for whole in wholes))
    products, unmatched = _multiplied(rates, parts, counts, total, lexicon)
    return CostModel(
        total=total,
        rates=rates,
        wholes=wholes,
        parts=parts,
        counts=counts,
        products=products,
        unmatched=unmatched,
        project_core=core_name(fold(view.project), lexicon) if rates or parts else "",
    )


def _restates(item: CostItem, total: Decimal | None) -> bool:
    """Beside unit prices a lump as large as the total says the total once more."""
    return total is not None and any(abs(each - total) <= total * _AGREES for each in item.amounts)


def _multiplied(
    rates: tuple[CostItem, ...],
    parts: tuple[CostItem, ...],
    counts: tuple[Count, ...],
    total: Decimal | None,
    lexicon: Lexicon,
) -> tuple[tuple[Product, ...], tuple[Unmatched, ...]]:
    options: list[tuple[Product, ...]] = []
    unmatched: list[Unmatched] = []
    for item in rates:
        fitting, word, namesake = candidates(item, counts, lexicon)
        if fitting:
            options.append(tuple(_product(item, factors) for factors in fitting))
        else:
            unmatched.append(Unmatched(item=item, word=word, namesake=namesake))
    if not options:
        return (), tuple(unmatched)
    rest = (total or Decimal(0)) - sum((item.amount for item in parts), Decimal(0))
    best = _nearest(options, rest)
    if total is not None and abs(rest - _added(best)) > total * _AGREES:
        # Nothing agrees: report the pairing the names speak for, not the luckiest one.
        best = _nearest([_named(each) or each for each in options], rest)
    return best, tuple(unmatched)


def _nearest(options: list[tuple[Product, ...]], rest: Decimal) -> tuple[Product, ...]:
    pairings = islice(product(*options), _MOST_PAIRINGS)
    return min(pairings, key=lambda pairing: abs(rest - _added(pairing)))


def _named(option: tuple[Product, ...]) -> tuple[Product, ...]:
    return tuple(each for each in option if any(factor.named for factor in each.factors))


def _added(pairing: tuple[Product, ...]) -> Decimal:
    return sum((each.amount for each in pairing), Decimal(0))


def _product(item: CostItem, factors: tuple[Factor, ...]) -> Product:
    amount = item.amount
    for factor in factors:
        amount *= factor.number
    return Product(item=item, factors=factors, amount=amount)

"""Which quantities a unit price belongs to.

By unit first, then by name; brackets, width and the words every cost indicator carries do not
count. 人次 is not 次: a row of the same name counted in another unit is named as such and never
multiplied in silence.
"""

from decimal import Decimal
from fractions import Fraction
from itertools import product

from msgspec import Struct

from jixiao.audit.support.cost_items import CostItem, core_name
from jixiao.audit.support.counted import (
    ANY_THING,
    ANY_THING_ITSELF,
    OCCASIONS,
    Count,
    dimension_of_word,
)
from jixiao.foundation.units import exact_decimal
from jixiao.standards.lexicon import Lexicon

#: Likeness from which a name decides alone, and from which it is a hint among several.
_NEAR = 0.6
_HINT = 0.2
_PEOPLE_AND_TIMES = (("人", "次"), ("次", "人"))


class Factor(Struct, frozen=True, kw_only=True):
    """One multiplier: a number, how it is printed, and the rows it comes from (none for time).

    `named` says that of several rows in this unit the name speaks for this one.
    """

    number: Decimal
    printed: str
    counts: tuple[Count, ...] = ()
    named: bool = False


def same_thing(one: str, other: str) -> bool:
    """Two names speak of one thing: their ends meet, and half of their pairs of signs do."""
    if len(one) < 2 or len(other) < 2:
        return False
    return one[-2:] in other and other[-2:] in one and likeness(one, other) >= 0.4


def likeness(one: str, other: str) -> float:
    """Share of common neighbouring pairs of signs, held against the shorter name."""
    if one == other:
        return 1.0
    left = {one[i : i + 2] for i in range(len(one) - 1)}
    right = {other[i : i + 2] for i in range(len(other) - 1)}
    if not left or not right:
        return 0.0
    return len(left & right) / min(len(left), len(right))


def candidates(
    item: CostItem, counts: tuple[Count, ...], lexicon: Lexicon
) -> tuple[tuple[tuple[Factor, ...], ...], str, Count | None]:
    """Every way to multiply the item; if none, the word that found no quantity and why."""
    per = _joined(item.per, counts)
    choices: list[tuple[Factor, ...]] = []
    for word in per:
        fitting = _time_factors(word, counts, lexicon)
        if not fitting:
            namesake = _namesake(item, word, counts, lexicon)
            fitting = () if namesake is not None else _counted(item, word, counts, lexicon)
            if not fitting:
                return (), word, namesake
        choices.append(fitting)
    return tuple(product(*choices)), "", None


def _joined(per: tuple[str, ...], counts: tuple[Count, ...]) -> tuple[str, ...]:
    """元/人·次 means 元/人次 where the form counts 人次 and does not count both."""
    if per in _PEOPLE_AND_TIMES:
        dimensions = {count.dimension for count in counts}
        if "人次" in dimensions and not {"人", "次"} <= dimensions:
            return ("人次",)
    return per


def _time_factors(word: str, counts: tuple[Count, ...], lexicon: Lexicon) -> tuple[Factor, ...]:
    """The spans in a year; a form that states fewer months is taken at its word as well."""
    spans = lexicon.table("spans_of_a_year").get(word)
    if spans is None:
        return ()
    whole_year = Factor(number=Decimal(spans), printed=f"{spans} 个{word.removeprefix('个')}")
    if word in {"年", "年度", "学年"}:
        return (Factor(number=Decimal(1), printed="1 年"),)
    dimension, size = dimension_of_word(word)
    stated = [count for count in counts if count.dimension == dimension and count.exact <= 12]
    factors = [whole_year]
    for count in stated:
        number = exact_decimal(count.exact / size)
        if number is not None and number != whole_year.number:
            factors.append(Factor(number=number, printed=count.printed, counts=(count,)))
    return tuple(factors)


def _namesake(
    item: CostItem, word: str, counts: tuple[Count, ...], lexicon: Lexicon
) -> Count | None:
    """The quantity of the very same name, if only such are there in other units."""
    dimension, _ = dimension_of_word(word)
    if len(item.core) < 2:
        return None
    same = [c for c in counts if c.output and core_name(c.row.name, lexicon) == item.core]
    if not same or any(_fits(c, word, dimension) for c in same):
        return None
    return same[0]


def _counted(
    item: CostItem, word: str, counts: tuple[Count, ...], lexicon: Lexicon
) -> tuple[Factor, ...]:
    dimension, size = dimension_of_word(word)
    fitting = [count for count in counts if _fits(count, word, dimension)]
    if not fitting and dimension in OCCASIONS:
        fitting = [count for count in counts if count.dimension in OCCASIONS]
    scored = [(likeness(item.core, core_name(c.row.name, lexicon)), c) for c in fitting]
    best = max((score for score, _ in scored), default=0.0)
    nearest = [count for score, count in scored if score == best]
    if best >= _NEAR:
        fitting = nearest
    clear = best >= _HINT and len(nearest) == 1
    factors = [_factor((each,), size, word, named=clear and each in nearest) for each in fitting]
    if len(fitting) > 1:
        factors.append(_factor(tuple(fitting), size, word, named=False))
    return tuple(factor for factor in factors if factor is not None)


def _fits(count: Count, word: str, dimension: str) -> bool:
    if count.dimension == dimension:
        return True
    if dimension in ANY_THING and count.dimension in ANY_THING:
        return word in ANY_THING_ITSELF or word.removeprefix("个") in count.row.name + count.printed
    return False


def _factor(counts: tuple[Count, ...], size: Fraction, word: str, *, named: bool) -> Factor | None:
    number = exact_decimal(sum((count.exact for count in counts), Fraction(0)) / size)
    if number is None:
        return None
    printed = counts[0].printed if len(counts) == 1 else f"{number:,f} {word}"
    return Factor(number=number, printed=printed, counts=counts, named=named)

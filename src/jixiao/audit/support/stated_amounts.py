"""All amounts in 元 that the money block of a form states, for comparison with cost indicators.

A cost indicator may rightly repeat the money of the whole project over several years, or the
part one source pays: then it is no contradiction to the annual total.
"""

from decimal import Decimal

from jixiao.audit.view import FormView
from jixiao.foundation.money import Money


def stated_amounts(view: FormView) -> tuple[Decimal, ...]:
    """The total first, then every further line that states an amount above nothing."""
    funding = view.form.funding
    if funding is None or funding.unit is None:
        return ()
    unit = funding.unit
    entries = [funding.total, funding.fiscal]
    for line in funding.lines:
        entries += [line.amount, line.initial, line.adjusted]
    amounts = (entry.value for entry in entries if entry is not None and entry.value is not None)
    return tuple(dict.fromkeys(Money.of(each, unit).yuan for each in amounts if each > 0))


def close(one: Decimal, other: Decimal, tolerance: Decimal) -> bool:
    """Within `tolerance` as a share of the second."""
    return abs(one - other) <= abs(other) * tolerance

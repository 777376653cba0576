"""The one comparison behind two rules: unit prices times quantities against the total.

A gap of more than a tenth and a small one are different rules (severity belongs to a rule), and
both must come to the same arithmetic and the same excuses.
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Hit, Skip, not_applicable, not_enough_data
from jixiao.audit.support.cost_model import CostModel, cost_model
from jixiao.audit.support.cost_words import (
    arithmetic_evidence,
    built_up_words,
    difference_words,
    guesses,
    remainder_guess,
    unmatched_words,
)
from jixiao.audit.support.figures import yuan
from jixiao.audit.view import FormView
from jixiao.standards.profile import Profile


class Band(Struct, frozen=True):
    """Gaps a rule reports, as shares of the total: above `least`, up to `most` if there is one.

    Ceilings (≤) that allow more than there is contradict nothing as long as they are not far
    off: up to `loose` they belong to the milder rule.
    """

    least: Decimal
    most: Decimal | None
    loose: Decimal

    def holds(self, gap: Decimal, *, ceiling: bool) -> bool:
        if ceiling and gap <= self.loose:
            return self.most is not None and gap > self.least
        return gap > self.least and (self.most is None or gap <= self.most)


def unit_price_check(view: FormView, profile: Profile, band: Band) -> Iterator[Hit | Skip]:
    """Yield the finding if the gap between prices and total lies in the band."""
    model = cost_model(view, profile)
    if not model.rates:
        yield not_applicable("成本指标中没有写明单价或补助标准的")
        return
    total = model.total
    if total is None or total <= 0:
        yield not_enough_data("没有可用的年度资金总额，无法与单价测算核对")
        return
    excuse = _excuse(model, total, band.least)
    if excuse is not None:
        yield not_enough_data(excuse)
        return
    gap = abs(total - model.built_up) / total
    if band.holds(gap, ceiling=model.is_loose_ceiling):
        yield _hit(model, total)


def _excuse(model: CostModel, total: Decimal, above: Decimal) -> str | None:
    """Why a sum that falls short of the total proves nothing; None when it does."""
    if (shared := _shared_quantity(model, total, above)) is not None:
        return shared
    if model.built_up > total * (1 + above):
        return None
    if any(each.namesake is not None for each in model.unmatched):
        return None
    if model.unmatched:
        return "；".join(unmatched_words(each) for each in model.unmatched)
    if any(model.covers_all(each.item) for each in model.products):
        return None
    rest = model.uncosted
    if rest and model.built_up < total * (1 - above):
        names = "、".join(f"“{count.row.raw_name}”" for count in rest[:3])
        return f"{names}等产出没有对应的成本指标，单价测算不能代表全部资金"
    return None


def _shared_quantity(model: CostModel, total: Decimal, above: Decimal) -> str | None:
    """Several prices with one quantity: how it is divided among them is not stated."""
    sharing = model.sharing
    if not sharing:
        return None
    amounts = [each.amount for each in sharing]
    least = model.built_up - sum(amounts, Decimal(0)) + min(amounts)
    if not least * (1 - above) <= total <= model.built_up:
        return None
    names = "".join(f"“{each.item.row.raw_name}”" for each in sharing)
    return f"{names}共用一个数量，各占多少没有写明"


def _hit(model: CostModel, total: Decimal) -> Hit:
    """The finding stands at the price without a quantity, if there is one, else at the first."""
    rates = [each.item for each in model.unmatched] + [each.item for each in model.products]
    row = rates[0].row
    head = f"指标“{row.raw_name}”" if len(rates) + len(model.parts) == 1 else "各项成本指标"
    words = [f"{built_up_words(model)} ≠ 年度资金总额 {yuan(total)}"] if model.built_up else []
    words.append(difference_words(model.built_up, total))
    missing = [unmatched_words(each) for each in model.unmatched]
    evidence = arithmetic_evidence(model, total)
    if len(model.unmatched) == 1 and model.built_up < total:
        evidence |= remainder_guess(model, total)
    if len(rates) == 1 and model.products and model.built_up < total:
        tried = guesses(model.products[0].amount, total, ())
        evidence |= {f"试算{n}": text for n, text in enumerate(tried, start=1)}
    return row.hit(
        "target",
        f"{head}：{'；'.join(['，'.join(words), *missing])}",
        suggestion=_suggestion(model, total),
        evidence=evidence,
    )


def _suggestion(model: CostModel, total: Decimal) -> str:
    if model.unmatched:
        word = model.unmatched[0].word
        return (
            f"请补充以“{word}”计的数量指标，或把单价改成与数量相同的计量单位，"
            "使各项单价乘以数量之和等于资金总额。"
        )
    if model.built_up < total:
        rest = yuan(total - model.built_up)
        return f"请为其余 {rest}补充成本指标（写明单价和数量），或更正单价、数量或资金总额。"
    return "请核对单价、数量和资金总额：按现在的单价和数量测算，资金不够用。"

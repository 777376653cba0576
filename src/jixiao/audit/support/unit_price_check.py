"""The one comparison behind two rules: unit prices times quantities against the total.

A gap of more than a tenth and a small one are different rules (severity belongs to a rule), and
both must come to the same arithmetic and the same excuses.
"""

from collections.abc import Iterator
from decimal import Decimal

from jixiao.audit.finding import Hit, Skip, not_applicable, not_enough_data
from jixiao.audit.support.cost_model import CostModel, cost_model
from jixiao.audit.support.cost_words import (
    arithmetic_evidence,
    built_up_words,
    difference_words,
    guesses,
    unmatched_words,
)
from jixiao.audit.support.figures import yuan
from jixiao.audit.view import FormView
from jixiao.standards.profile import Profile


def unit_price_check(
    view: FormView, profile: Profile, *, above: Decimal, up_to: Decimal | None
) -> Iterator[Hit | Skip]:
    """Yield the finding if the gap, as a share of the total, lies in (above, up_to]."""
    model = cost_model(view, profile)
    if not model.rates:
        yield not_applicable("成本指标中没有写明单价或补助标准的")
        return
    total = model.total
    if total is None or total <= 0:
        yield not_enough_data("没有可用的年度资金总额，无法与单价测算核对")
        return
    excuse = _excuse(model, total, above)
    if excuse is not None:
        yield not_enough_data(excuse)
        return
    gap = abs(total - model.built_up) / total
    if gap > above and (up_to is None or gap <= up_to):
        yield _hit(model, total)


def _excuse(model: CostModel, total: Decimal, above: Decimal) -> str | None:
    """Why a sum that falls short of the total proves nothing; None when it does."""
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


def _hit(model: CostModel, total: Decimal) -> Hit:
    item = model.products[0].item if model.products else model.unmatched[0].item
    words = f"{built_up_words(model)} ≠ 年度资金总额 {yuan(total)}，"
    if not model.products and not model.parts:
        words = ""
    notes = [unmatched_words(each) for each in model.unmatched]
    message = "；".join([f"{words}{difference_words(model.built_up, total)}", *notes])
    evidence = arithmetic_evidence(model, total)
    if len(model.products) == 1 and not model.unmatched:
        single = model.products[0]
        tried = guesses(single.amount, total, ())
        evidence |= {f"试算{n}": text for n, text in enumerate(tried, start=1)}
    return item.row.hit(
        "target",
        f"指标“{item.row.raw_name}”：{message}",
        suggestion=_suggestion(model, total),
        evidence=evidence,
    )


def _suggestion(model: CostModel, total: Decimal) -> str:
    if model.unmatched:
        word = model.unmatched[0].word
        return f"请补充以“{word}”计的数量指标，或把单价改成与数量相同的计量单位，使各项单价乘以数量之和等于资金总额。"
    if model.built_up < total:
        rest = yuan(total - model.built_up)
        return f"请为其余 {rest}补充成本指标（写明单价和数量），或更正单价、数量或资金总额。"
    return "请核对单价、数量和资金总额：按现在的单价和数量测算，资金不够用。"

"""Cost arithmetic in words, as the findings print it: 3 万元/个 × 5 个 = 150,000 元."""

from decimal import Decimal

from jixiao.audit.support.cost_items import CostItem
from jixiao.audit.support.cost_model import CostModel, Product, Unmatched
from jixiao.audit.support.figures import grouped, plain, share, yuan

_MONTHS = Decimal(12)
_TEN_THOUSAND = Decimal(10000)
_MIXED_UP = "与总额正好相差一万倍，疑为“元”“万元”混用"


def multiplication(each: Product) -> str:
    """`3 万元/个 × 5 个 = 150,000 元`."""
    factors = "".join(f" × {factor.printed}" for factor in each.factors)
    return f"{each.item.printed}{factors} = {yuan(each.amount)}"


def built_up_words(model: CostModel) -> str:
    """All products and lumps, one after the other, with the sum where there are several."""
    several = len(model.products) + len(model.parts) > 1
    pieces = [_named(each.item, multiplication(each), named=several) for each in model.products]
    pieces += [_named(item, yuan(item.amount), named=several) for item in model.parts]
    words = "；".join(pieces)
    return f"{words}；合计 {yuan(model.built_up)}" if several else words


def _named(item: CostItem, words: str, *, named: bool) -> str:
    return f"“{item.row.raw_name}”{words}" if named else words


def difference_words(amount: Decimal, total: Decimal) -> str:
    """`相差 80,000 元（34.8%）`, in parts of the total."""
    gap = abs(total - amount)
    return f"相差 {yuan(gap)}（{share(gap, total)}）"


def unmatched_words(each: Unmatched) -> str:
    """Why a unit price could not be multiplied."""
    words = f"“{each.item.row.raw_name}”{each.item.printed} 没有以“{each.word}”计的数量"
    if each.namesake is None:
        return words
    return f"{words}（同名数量指标写的是 {each.namesake.printed}）"


def guesses(amount: Decimal, total: Decimal, counts: tuple[tuple[str, Decimal], ...]) -> list[str]:
    """What the amount would be by month, by head and by both: offered, never asserted."""
    if amount >= total:
        return [_MIXED_UP] if amount == total * _TEN_THOUSAND else []
    tried = [("按月计，× 12 个月", amount * _MONTHS)]
    for printed, number in counts:
        tried.append((f"按每{_unit(printed)}计，× {printed}", amount * number))
        tried.append(
            (f"按每{_unit(printed)}每月计，× {printed} × 12 个月", amount * number * _MONTHS)
        )
    words = [f"{how} = {yuan(result)}{_agrees(result, total)}" for how, result in tried]
    return [_MIXED_UP, *words] if amount * _TEN_THOUSAND == total else words


def _agrees(result: Decimal, total: Decimal) -> str:
    return "（与总额相符）" if result == total else ""


def _unit(printed: str) -> str:
    return printed.rpartition(" ")[2]


def remainder_guess(model: CostModel, total: Decimal) -> dict[str, str]:
    """How many of the unmatched thing the rest of the money would pay, and what is still left."""
    item = model.unmatched[0].item
    rest = total - model.built_up
    number = rest // item.amount if item.amount > 0 else Decimal(0)
    if number < 1 or len(item.per) > 1:
        return {}
    left = rest - number * item.amount
    words = f"余下的 {yuan(rest)}按 {item.printed} 折算约 {grouped(number)} {item.per[0]}"
    return {"试算": words if left == 0 else f"{words}，还差 {yuan(left)}"}


def arithmetic_evidence(model: CostModel, total: Decimal) -> dict[str, str]:
    """The numbers behind the sentence, as decimal strings."""
    evidence = {
        "年度资金总额（元）": plain(total),
        "按单价测算（元）": plain(model.built_up),
        "差额（元）": plain(total - model.built_up),
        "差额占总额": share(abs(total - model.built_up), total),
    }
    for number, each in enumerate(model.products, start=1):
        evidence[f"算式{number}"] = multiplication(each)
    for number, missing in enumerate(model.unmatched, start=1):
        evidence[f"未匹配{number}"] = unmatched_words(missing)
    return evidence

"""Cost arithmetic in words, as the findings print it: 3 万元/个 × 5 个 = 150,000 元."""

from decimal import Decimal

from jixiao.audit.support.cost_items import CostItem
from jixiao.audit.support.cost_model import CostModel, Product, Unmatched
from jixiao.audit.support.figures import plain, share, yuan

_MONTHS = Decimal(12)


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
    tried = [("按月计，× 12 个月", amount * _MONTHS)]
    for printed, number in counts:
        tried.append((f"按每{_unit(printed)}计，× {printed}", amount * number))
        tried.append(
            (f"按每{_unit(printed)}每月计，× {printed} × 12 个月", amount * number * _MONTHS)
        )
    words = [f"{how} = {yuan(result)}{_agrees(result, total)}" for how, result in tried]
    if amount and total / amount in {Decimal(10000), Decimal("0.0001")}:
        words.insert(0, "与总额正好相差一万倍，疑为“元”“万元”混用")
    return words


def _agrees(result: Decimal, total: Decimal) -> str:
    return "（与总额相符）" if result == total else ""


def _unit(printed: str) -> str:
    return printed.rpartition(" ")[2]


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

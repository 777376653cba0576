"""成本总额与年度资金总额不符。
Total cost differs from funding

检查内容
    把表示总额的成本指标（名称含“总额”“总成本”“项目成本”等，或就是本项目的费用）与年度资金总额比较，
    几项总额先相加再比较；各项费用之和超过总额的也提示。写了“元”“万元”的先换算。
    名称是总额、指标值却没有数额的，同样提示。
为什么
    成本指标说的是这笔钱一共花多少，应当与申请的资金一致。不一致时，要么指标漏项、写错单位，要么预算没有按指标测算。
怎样修改
    先看是不是把每月、每人的标准当成了总额：是的话写明单位，例如“每人每月缴存额 205 元/人·月”。
    确实是总额的，改成与资金总额一致的数，例如“项目总成本 ≤24600 元”。
不适用的情形
    百分比、节约额、结余率不是总额；只说其中一项费用的控制数、没写单位的“标准”不与总额比较；
    写有单价的按单价测算规则检查。
    与全周期资金、某一资金来源的金额一致的，也不算矛盾。
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_applicable, not_enough_data
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.cost_items import CostItem
from jixiao.audit.support.cost_model import CostModel, cost_model
from jixiao.audit.support.cost_words import guesses
from jixiao.audit.support.counted import counts_of
from jixiao.audit.support.figures import plain, share, yuan
from jixiao.audit.support.stated_amounts import close, stated_amounts
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import FormView, Row
from jixiao.foundation.quantity import ValueKind
from jixiao.standards.lexicon import Lexicon
from jixiao.standards.profile import Profile


class Params(Struct, frozen=True):
    """`tolerance`: difference, as a share of the total, taken for rounding."""

    tolerance: Decimal = Decimal("0.01")


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    lexicon = context.profile.lexicon
    if not form.cost_rows:
        yield not_applicable("本表没有成本指标")
        return
    model = cost_model(form, context.profile)
    if model.total is None or model.total <= 0:
        yield not_enough_data("没有可用的年度资金总额，无法与成本指标核对")
        return
    wrong = _wrong_items(model, stated_amounts(form), context.params.tolerance)
    if wrong and not wrong[0].whole and _is_bare_price(wrong[0], form, context):
        return
    if wrong:
        yield _hit(form, model.total, wrong, context.profile)
    elif not model.wholes:
        yield from _without_amount(form, model.total, lexicon)


def _wrong_items(
    model: CostModel, stated: tuple[Decimal, ...], tolerance: Decimal
) -> tuple[CostItem, ...]:
    """The lumps whose sum contradicts the total; empty if any reading agrees."""
    total = model.total or Decimal(0)
    for group in (model.wholes, model.parts, model.lumps):
        if any(close(amount, target, tolerance) for amount in _sums(group) for target in stated):
            return ()
    wholes = tuple(item for item in model.wholes if not _is_price(item, total))
    if wholes:
        return () if _agrees_alone(wholes, stated, tolerance) else wholes
    if model.rates or not model.parts:
        return ()
    if min(_sums(model.parts)) > total:
        return () if _agrees_alone(model.parts, (total,), tolerance) else model.parts
    only = model.parts[0]
    if len(model.parts) > 1 or _is_price(only, total):
        return ()
    return (only,) if model.covers_all(only) else ()


def _is_price(item: CostItem, total: Decimal) -> bool:
    """补助标准 500 元: a price whose unit was left out is no total, however far below it."""
    return item.priced and item.amounts[-1] < total


def _is_bare_price(item: CostItem, form: FormView, context: Context[Params]) -> bool:
    """慰问费 500 with 200 人 and a total of 100,000: a price, its unit the business of others."""
    total = form.total.yuan if form.total is not None else Decimal(0)
    numbers = [count.number for count in counts_of(form, context.profile)] + [Decimal(12)]
    return any(
        close(amount * number, total, context.params.tolerance)
        for amount in item.amounts
        for number in numbers
    )


def _sums(items: tuple[CostItem, ...]) -> tuple[Decimal, ...]:
    """The sum in 元, and once more with unstated units read as the table's unit."""
    if not items:
        return ()
    first = sum((item.amounts[0] for item in items), Decimal(0))
    second = sum((item.amounts[-1] for item in items), Decimal(0))
    tops = [item.top for item in items if item.top is not None]
    return tuple(dict.fromkeys((first, second, *tops)))


def _agrees_alone(
    items: tuple[CostItem, ...], stated: tuple[Decimal, ...], tolerance: Decimal
) -> bool:
    return any(
        close(amount, target, tolerance) or _inside(item, target)
        for item in items
        for amount in item.amounts
        for target in stated
    )


def _inside(item: CostItem, target: Decimal) -> bool:
    return item.top is not None and item.amount <= target <= item.top


def _hit(form: FormView, total: Decimal, wrong: tuple[CostItem, ...], profile: Profile) -> Hit:
    amount = sum((item.amount for item in wrong), Decimal(0))
    first = wrong[0]
    names = "、".join(f"“{item.row.raw_name}”" for item in wrong)
    stated = first.printed if len(wrong) == 1 else f"合计 {yuan(amount)}"
    counts = tuple((c.printed, c.number) for c in counts_of(form, profile) if c.dimension == "人")
    tried = guesses(amount, total, counts[:2])
    evidence = {
        "年度资金总额（元）": plain(total),
        "成本指标（元）": plain(amount),
        "差额（元）": plain(total - amount),
        "占总额": share(amount, total),
    } | {f"试算{number}": text for number, text in enumerate(tried, start=1)}
    agreeing = next((text for text in tried if "相符" in text or "一万倍" in text), None)
    return first.row.hit(
        "target",
        f"指标{names}为 {stated}，与年度资金总额 {yuan(total)}不符，"
        f"相差 {yuan(abs(total - amount))}，是总额的 {share(amount, total)}",
        suggestion=_suggestion(total, agreeing),
        evidence=evidence,
    )


def _suggestion(total: Decimal, agreeing: str | None) -> str:
    if agreeing is None:
        return f"请核对：指标值如为总额，应与 {yuan(total)}一致；如为单价或月标准，请写明计量单位（如“元/人·月”）。"
    return f"{agreeing}。如是这样，请把计量单位写进指标值；否则请改为 {yuan(total)}。"


def _without_amount(form: FormView, total: Decimal, lexicon: Lexicon) -> Iterator[Hit]:
    """The name promises a total, the value states none, though the table knows it."""
    pattern = containing(lexicon.words("stated_total_words"))
    for row in form.cost_rows:
        if _is_wordy(row) and pattern.search(row.name) and not row.name.endswith(("率", "比例")):
            yield row.hit(
                "target",
                f"指标“{row.raw_name}”的指标值“{row.raw_value}”没有写出数额，"
                f"而年度资金总额是 {yuan(total)}",
                suggestion=f"请写明数额，如“≤{yuan(total)}”，并尽量补充人均或单位成本。",
                evidence={"年度资金总额（元）": plain(total)},
            )
            return


def _is_wordy(row: Row) -> bool:
    return row.quantity.kind is ValueKind.QUALITATIVE and not any(c.isdigit() for c in row.value)


RULE = form_rule(
    code="COS001",
    severity=Severity.ERROR,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#13",),
    dimension="适当性",
    params=Params,
)

"""单位成本高于支出标准。
Unit cost above the spending standard

检查内容
    把成本指标中的单价（如“450 元/人·天”）与本地支出标准表中同类事项、同一计量单位的上限比较。
    标准表由本级财政部门提供，写在口径文件的参数里；没有提供时如实说明“没有支出标准，未核对”。
为什么
    指标值不得突破预算支出标准。单价超标准，要么不该这样花，要么标准用错了。
怎样修改
    把单价降到标准以内；确有文件允许突破的，在依据栏写明文件。例如培训费标准 400 元/人·天，
    成本指标写“培训综合定额 ≤400 元/人·天”。
不适用的情形
    只写总额的成本指标；标准表中没有的事项；计量单位不同、无法直接比较的。
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Hit, Severity, Skip, not_applicable, not_enough_data
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.cost_items import CostItem
from jixiao.audit.support.cost_model import cost_model
from jixiao.audit.support.figures import plain, yuan
from jixiao.audit.view import FormView


class SpendingStandard(Struct, frozen=True):
    """An upper limit in 元 for one unit (`per`: 人, 天) of what any of `words` names."""

    words: tuple[str, ...]
    limit: Decimal
    per: tuple[str, ...]
    source: str = ""


class Params(Struct, frozen=True):
    """`standards`: the spending standards in force at the place; empty where none are given."""

    standards: tuple[SpendingStandard, ...] = ()


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    model = cost_model(form, context.profile)
    if not model.rates:
        yield not_applicable("成本指标中没有写明单价或补助标准的")
        return
    if not context.params.standards:
        yield not_enough_data("没有提供支出标准表，单价未与标准核对")
        return
    known = False
    for item in model.rates:
        standard = _standard_for(item, context.params.standards)
        known = known or standard is not None
        if standard is not None and item.amount > standard.limit:
            yield _hit(item, standard)
    if not known:
        yield not_enough_data("支出标准表中没有同类事项、同一计量单位的标准")


def _standard_for(
    item: CostItem, standards: tuple[SpendingStandard, ...]
) -> SpendingStandard | None:
    """The strictest standard that names the thing and counts in the same unit."""
    fitting = [
        each
        for each in standards
        if set(each.per) == set(item.per) and any(word in item.row.name for word in each.words)
    ]
    return min(fitting, key=lambda each: each.limit, default=None)


def _hit(item: CostItem, standard: SpendingStandard) -> Hit:
    per = "·".join(standard.per)
    source = f"（{standard.source}）" if standard.source else ""
    return item.row.hit(
        "target",
        f"指标“{item.row.raw_name}”的单价 {item.printed} 高于支出标准 "
        f"{yuan(standard.limit)}/{per}{source}，超出 {yuan(item.amount - standard.limit)}",
        suggestion=f"请把单价降到 {yuan(standard.limit)}/{per}以内，或写明允许突破标准的文件。",
        evidence={
            "单价（元）": plain(item.amount),
            "支出标准（元）": plain(standard.limit),
            "计量单位": f"元/{per}",
        },
    )


RULE = form_rule(
    code="COS004",
    severity=Severity.ERROR,
    check=check,
    basis=("cn-mof-2021-101",),
    dimension="适当性",
    params=Params,
)

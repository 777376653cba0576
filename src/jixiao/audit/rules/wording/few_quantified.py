"""能够量化的指标太少。
Few quantified

检查内容
    全表有名称的指标中，值里有数字或者日期的不到六成（比例可以在口径中设置）。
为什么
    指标大多只有文字，年底自评只能凭印象打分，批复的目标就失去了约束。
怎样修改
    先把产出指标全部换成数字：做多少（个、次、人）、合格率多少、什么时候完成；
    再为效益指标找一两个统计得到的数，例如“受益户数≥120 户”“投诉较上年减少≥10 件”。
不适用的情形
    指标不足三行的不检查。某一行该不该是数字，由表述类和必填类规则逐行指出；本条每张表只报一次。
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from jixiao.audit.finding import Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.view import FormView, Row
from jixiao.foundation.quantity import ValueKind

_FEWEST_ROWS = 3
_TIMES = frozenset((ValueKind.DATE, ValueKind.PERIOD, ValueKind.FREQUENCY))
_SHOWN = 4


class Params(Struct, frozen=True):
    """`least_share` is the share of indicators that must state a number."""

    least_share: Decimal = Decimal("0.6")


def check(view: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    """Rows that say 不适用 are not counted on either side; blank ones count as not quantified."""
    rows = [
        row for row in view.rows if row.name and row.quantity.kind is not ValueKind.NOT_APPLICABLE
    ]
    if len(rows) < _FEWEST_ROWS:
        yield not_applicable(f"有名称的指标不足 {_FEWEST_ROWS} 行。")
        return
    worded = [row for row in rows if not _is_quantified(row)]
    count = len(rows) - len(worded)
    share = Decimal(count) / len(rows)
    if share >= context.params.least_share:
        return
    names = "、".join(f"“{row.raw_name}”" for row in worded[:_SHOWN])
    more = f"等 {len(worded)} 行" if len(worded) > _SHOWN else ""
    yield view.hit(
        "indicators",
        view.place_of(None),
        f"全表 {len(rows)} 行指标中只有 {count} 行的值有数字（{_percent(share)}），"
        f"不到 {_percent(context.params.least_share)}。",
        suggestion=f"请为{names}{more}填写能够统计的数或者日期；产出指标应当全部量化。",
        evidence={
            "rows": str(len(rows)),
            "quantified": str(count),
            "share": str(share.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP)),
            "least_share": str(context.params.least_share),
        },
    )


def _is_quantified(row: Row) -> bool:
    quantity = row.quantity
    if quantity.is_numeric or quantity.numbers or quantity.kind in _TIMES:
        return True
    return any(sign.isdigit() for sign in row.value)


def _percent(share: Decimal) -> str:
    return f"{(share * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)}%"


RULE = form_rule(
    code="QUA004",
    severity=Severity.WARNING,
    check=check,
    basis=("cn-mof-2015-88#13", "jixiao"),
    dimension="相关性",
    params=Params,
)

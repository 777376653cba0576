"""指标值不可能实现：比率超过 100%、数量是负数或者是 0。
Impossible value

检查内容
    覆盖率、合格率、及时率、满意度等比率超过 100% 或者小于 0；人数、次数等数量是负数；
    数量指标的目标值是 0。
为什么
    这些值要么不可能达到，要么什么都不做也能达到，不能作为目标。多数是多打、漏打了数字或者用错了单位。
怎样修改
    核对数字和单位：覆盖率、合格率最高填“＝100%”；数量填计划完成的数，例如“≥12 次”。
    想说明不发生某类事件的，把指标改为“安全事故起数 ＝0 起”，放到质量或者社会效益指标里。
不适用的情形
    增长率、完成率、利用率、执行率可以超过 100%，不检查；事故、投诉等越少越好的指标可以是 0；
    变化幅度（例如“≥-2.5%”）可以是负数。
"""

from collections.abc import Iterator
from decimal import Decimal

from jixiao.audit.finding import Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.measure_direction import is_unwanted
from jixiao.audit.support.rate_names import bare_name
from jixiao.audit.support.word_patterns import ending_in
from jixiao.audit.view import Row
from jixiao.form.indicator import Category
from jixiao.foundation.quantity import Comparator, Quantity, ValueKind
from jixiao.foundation.units import dimension_of
from jixiao.standards.lexicon import Lexicon

_FULL = Decimal(100)
_CHANGES = ("增", "减", "降", "变化", "变动", "差", "节约", "浮动", "温")
_DIFFERENCES = ("变化", "变动", "增减", "净增", "差", "降", "温", "同比", "环比")
_EVENT_UNITS = frozenset(("起", "例", "宗", "案"))
_COUNTS = frozenset((ValueKind.QUANTITY, ValueKind.FREQUENCY))
_CEILINGS = frozenset((Comparator.AT_MOST, Comparator.LESS_THAN))


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Shares are measured against the whole, counts against zero."""
    quantity = row.quantity
    if quantity.number is None:
        return
    if quantity.kind in (ValueKind.PERCENT, ValueKind.RANGE) and quantity.unit == "%":
        fault = _impossible_share(row, quantity, context.profile.lexicon)
    elif quantity.kind in _COUNTS and quantity.number <= 0:
        fault = _impossible_count(row, quantity, context.profile.lexicon)
    else:
        return
    if fault is not None:
        yield row.hit(
            "target",
            f"指标“{row.raw_name}”的指标值“{row.raw_value}”{fault}。",
            suggestion="请核对数字和单位，改成按计划能够完成、完成后能够核对的值。",
            evidence={"number": str(quantity.number)},
        )


def _impossible_share(row: Row, quantity: Quantity, lexicon: Lexicon) -> str | None:
    low, high = quantity.number, quantity.number_high
    most = low if high is None else high
    if low is None or most is None:
        return None
    too_high = most > _FULL or (low == _FULL and quantity.comparator is Comparator.MORE_THAN)
    too_low = low < 0 or (low == 0 and high is None and quantity.comparator not in _CEILINGS)
    if not (too_high or too_low) or quantity.comparator in _CEILINGS:
        return None
    bare = bare_name(row.name)
    whole = ending_in(lexicon.words("bounded_rates")).search(bare)
    if whole is None or ending_in(lexicon.words("unbounded_rates")).search(bare):
        return None
    if any(word in bare for word in _CHANGES) or _is_negated(bare, whole.start()):
        return None
    if too_high:
        return f"超出了可能的范围：{whole[0]}最高是 100%"
    return f"没有意义：{whole[0]}的目标应当大于 0"


def _impossible_count(row: Row, quantity: Quantity, lexicon: Lexicon) -> str | None:
    if quantity.doubtful or dimension_of(quantity.unit) == "money":
        return None
    if quantity.number is not None and quantity.number < 0:
        if any(word in row.name for word in _DIFFERENCES):
            return None
        counted = dimension_of(quantity.unit) not in (None, "temperature", "percentage point")
        return "是负数，数量不能小于 0" if counted else None
    aims_at_zero = quantity.comparator in _CEILINGS or quantity.unit in _EVENT_UNITS
    if row.category is not Category.OUTPUT_QUANTITY or aims_at_zero:
        return None
    return None if is_unwanted(row.name, lexicon) else "为 0：数量指标的目标值为 0，等于没有目标"


def _is_negated(name: str, end: int) -> bool:
    return end > 0 and name[end - 1] in "不未非欠"


RULE = row_rule(
    code="VAL005",
    severity=Severity.ERROR,
    check=check,
    basis=("cn-mof-2015-88#13",),
    dimension="相关性",
    params=NoParams,
)

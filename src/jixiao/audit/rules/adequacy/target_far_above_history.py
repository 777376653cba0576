"""指标值比上年实际高出很多。
Target far above history

检查内容
    口径文件提供上年（或近三年平均）实际完成值时，比较本年目标与历史值，超过三成的提示说明理由。
为什么
    目标过高多半完不成，也可能是口径变了或写错了数。目标值应参照历史标准确定。
怎样修改
    在依据中写明任务增加的原因；口径有变化的，改用可比的数。例如“新增 2 个社区，培训由 10 次增至 15 次”。
不适用的情形
    没有历史数据；计量单位不同；越小越好的反向指标。
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_enough_data
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.figures import plain, share
from jixiao.audit.view import FormView, Row
from jixiao.foundation.quantity import Comparator
from jixiao.foundation.text import fold
from jixiao.foundation.units import convert

_CEILINGS = frozenset((Comparator.AT_MOST, Comparator.LESS_THAN))


class Actual(Struct, frozen=True):
    """What was reached before, with its unit."""

    number: Decimal
    unit: str | None = None


class Params(Struct, frozen=True):
    """`history`: by project name, then by indicator name; `share`: rise that needs no words."""

    history: Mapping[str, Mapping[str, Actual]] = {}
    share: Decimal = Decimal("0.30")


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    project = fold(form.project)
    tables = (rows for name, rows in context.params.history.items() if fold(name) == project)
    history = next(tables, None)
    if history is None:
        yield not_enough_data("没有提供该项目的历史完成值")
        return
    known = {fold(name): actual for name, actual in history.items()}
    for row in form.rows:
        actual = known.get(row.name)
        if actual is not None and row.quantity.comparator not in _CEILINGS:
            yield from _compare(row, actual, context.params.share)


def _compare(row: Row, actual: Actual, most: Decimal) -> Iterator[Hit]:
    number, unit = row.quantity.number, row.quantity.unit
    if number is None or actual.number <= 0:
        return
    if unit is not None and actual.unit is not None:
        same = convert(number, unit, actual.unit)
        if same is None:
            return
        number = same
    if number > actual.number * (1 + most):
        rise = share(number - actual.number, actual.number)
        yield row.hit(
            "target",
            f"指标“{row.raw_name}”的目标“{row.raw_value}”比历史完成值 "
            f"{plain(actual.number)} {actual.unit or ''}".rstrip()
            + f"高 {rise}",
            suggestion="请写明任务增加的原因和依据，或核对是否写错、口径是否可比。",
            evidence={"目标值": plain(number), "历史完成值": plain(actual.number), "高出": rise},
        )


RULE = form_rule(
    code="ADQ004",
    severity=Severity.WARNING,
    certainty=Certainty.POSSIBLE,
    check=check,
    basis=("cn-mof-2015-88#11",),
    dimension="适当性",
    params=Params,
)

"""同样的产出，两个项目的单位成本相差三倍以上。
Uneven unit cost

检查内容
    一是同一单位各项目中名称、计量单位相同的单价（例如“网格员培训 1000 元/次”与“300 元/次”）；
    二是名称相近、指标大部分相同的两个项目，用项目总额除以同一产出的数量得到的单位成本。相差超过三倍的提示。
为什么
    同样的事花钱相差悬殊，说明数量或者金额至少有一处不实，审核“资金与任务匹配”时会被质疑。
怎样修改
    核对数量和金额；确有原因的（路程、标准、内容不同），在名称或者测算依据里写明，例如“外地培训 1000 元/次”。
不适用的情形
    “经费补助标准”一类没有写明对象的名称；单价相差不到三倍的；实施单位不同的；没有数量或者没有总额的。
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Certainty, Severity
from jixiao.audit.rule import At, BatchContext, batch_rule
from jixiao.audit.support.cost_items import CostItem, cost_item
from jixiao.audit.support.figures import plain, yuan
from jixiao.audit.support.plain_clauses import plain as plain_text
from jixiao.audit.support.sister_forms import lonely, project_key, sisters
from jixiao.audit.support.twin_projects import twin_projects, unit_of_form
from jixiao.audit.view import Batch, FormView, Row
from jixiao.form.indicator import Category
from jixiao.standards.profile import Profile

_TENTH = Decimal("0.1")
_SHORTEST = 3

Priced = tuple[Decimal, int, Row]


class Params(Struct, frozen=True):
    """How many `times` dearer is too much; `fewest_names` makes two projects twins."""

    times: Decimal = Decimal(3)
    fewest_names: int = 3


def check(batch: Batch, context: BatchContext[Params]) -> Iterator[At]:
    """Stated prices first, then prices worked out for twins; reported at the dearer project."""
    yield from lonely(batch)
    times = context.params.times
    told: set[tuple[int, int]] = set()
    for prices in (*_stated(batch, context.profile), *_worked_out(batch, context)):
        cheapest = min(prices, key=lambda price: (price[0], price[1]))
        for price in prices:
            if price[0] > times * cheapest[0] and (price[1], price[2].index) not in told:
                told.add((price[1], price[2].index))
                yield _reported(batch, price, cheapest)


def _stated(batch: Batch, profile: Profile) -> Iterator[list[Priced]]:
    """Prices of one named thing in different projects of a unit."""
    for group in sisters(batch):
        found: dict[tuple[str, ...], dict[str, Priced]] = {}
        for position in group:
            view = batch.forms[position]
            for row in view.cost_rows:
                item = cost_item(row, None, profile.lexicon)
                if item is not None and _is_particular(item):
                    key = (unit_of_form(view), plain_text(item.core), *item.per)
                    price = (item.amount, position, row)
                    found.setdefault(key, {}).setdefault(project_key(view), price)
        yield from (list(prices.values()) for prices in found.values() if len(prices) > 1)


def _is_particular(item: CostItem) -> bool:
    """A price of one of something, and the name says of what."""
    return bool(item.per) and len(item.core) >= _SHORTEST and item.amount > 0


def _worked_out(batch: Batch, context: BatchContext[Params]) -> Iterator[list[Priced]]:
    """For twins: the whole money over the number of each output both count in one unit."""
    for pair in twin_projects(batch, context.profile, context.params.fewest_names):
        one, other = batch.forms[pair.one], batch.forms[pair.other]
        for row in one.of(Category.OUTPUT_QUANTITY):
            for same in other.of(Category.OUTPUT_QUANTITY):
                if row.name == same.name and row.quantity.unit == same.quantity.unit:
                    first, second = _each(one, row), _each(other, same)
                    if first is not None and second is not None:
                        yield [(first, pair.one, row), (second, pair.other, same)]


def _each(view: FormView, row: Row) -> Decimal | None:
    number, total = row.quantity.number, view.total
    if number is None or total is None or number <= 0 or total.yuan <= 0:
        return None
    return total.yuan / number


def _reported(batch: Batch, dear: Priced, cheap: Priced) -> At:
    view, other = batch.forms[dear[1]], batch.forms[cheap[1]].project
    row, times = dear[2], (dear[0] / cheap[0]).quantize(_TENTH)
    if row.category is Category.OUTPUT_QUANTITY and view.total is not None:
        said = f"按项目总额 {yuan(view.total.yuan)}、数量 {row.raw_value}计算，约合 {yuan(dear[0])}"
    else:
        said = f"为 {yuan(dear[0])}"
    hit = row.hit(
        "target",
        f"“{row.raw_name}”每单位成本{said}，项目“{other}”约为 {yuan(cheap[0])}，相差 {plain(times)} 倍。",
        suggestion="请核对两个项目的数量和金额；确有原因的，请在名称或者测算依据里写明。",
        evidence={
            "unit_cost": plain(dear[0].quantize(_TENTH)),
            "other_unit_cost": plain(cheap[0].quantize(_TENTH)),
            "times": plain(times),
            "project": other,
        },
    )
    return At(form=dear[1], what=hit)


RULE = batch_rule(
    code="XPR004",
    severity=Severity.WARNING,
    certainty=Certainty.POSSIBLE,
    check=check,
    basis=("cn-mof-2015-88#13", "cn-mof-2015-88#22"),
    dimension="适当性",
    params=Params,
)

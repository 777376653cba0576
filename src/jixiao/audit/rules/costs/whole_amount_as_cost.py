"""唯一的成本指标只是照抄资金总额。
Whole amount repeated as the only cost indicator

检查内容
    全表只有一个成本指标，而且指标值就等于年度资金总额；名称写着“标准”“单价”却填总额的，说得更明白。
为什么
    照抄总额说明不了花得贵不贵，起不到控制成本的作用，年底也必然“完成”。成本指标应当写单位成本或分项控制数。
怎样修改
    把总额拆成单价和数量，或按用途分项。例如聘用 2 人、总额 60,000 元的，写“临聘人员年人均经费 ≤30,000 元/人”；
    清扫保洁项目可写“垃圾清运单价 ≤120 元/吨”“工具购置费 ≤2 万元”。
不适用的情形
    还有其他成本指标的；写成单价（带“/人”“/次”等）的；金额与总额不一致的由“成本总额与资金总额不符”检查。
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Hit, Severity, Skip, not_applicable, not_enough_data
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.cost_items import CostItem
from jixiao.audit.support.cost_model import CostModel, cost_model
from jixiao.audit.support.counted import Count, counts_of
from jixiao.audit.support.figures import grouped, plain, yuan
from jixiao.audit.support.stated_amounts import close
from jixiao.audit.view import FormView


class Params(Struct, frozen=True):
    """`tolerance`: difference, as a share of the total, that still counts as the same."""

    tolerance: Decimal = Decimal("0.01")


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    filled = [row for row in form.cost_rows if row.value]
    if not filled:
        yield not_applicable("本表没有填写成本指标")
        return
    model = cost_model(form, context.profile)
    if model.total is None or model.total <= 0:
        yield not_enough_data("没有可用的年度资金总额，无法与成本指标核对")
        return
    if len(filled) > 1 or len(model.lumps) != 1:
        return
    only = model.lumps[0]
    if any(close(each, model.total, context.params.tolerance) for each in only.amounts):
        yield _hit(only, model, counts_of(form, context.profile))


def _hit(item: CostItem, model: CostModel, counts: tuple[Count, ...]) -> Hit:
    total = model.total or Decimal(0)
    what = (
        "名为标准（单价），填的却是全部资金" if item.priced else "只是照抄资金总额，看不出单位成本"
    )
    evidence = {"年度资金总额（元）": plain(total), "成本指标": item.row.raw_value}
    outputs = [count for count in counts if count.output]
    proposal = "请改写为单位成本，或按用途分项写控制数。"
    if len(outputs) == 1 and outputs[0].number > 1 and "/" not in outputs[0].printed:
        each = outputs[0].share_of(total)
        unit = outputs[0].printed.rpartition(" ")[2]
        price = f"{grouped(each)} 元/{unit}"
        evidence["单位成本试算"] = f"{yuan(total)} ÷ {outputs[0].printed} = {price}"
        proposal = (
            f"可拆成单位成本：{yuan(total)} ÷ {outputs[0].printed} = {price}，写作“≤{price}”。"
        )
    return item.row.hit(
        "target",
        f"成本指标“{item.row.raw_name}”的指标值“{item.row.raw_value}”"
        f"等于年度资金总额 {yuan(total)}，{what}",
        suggestion=proposal,
        evidence=evidence,
    )


RULE = form_rule(
    code="COS002",
    severity=Severity.WARNING,
    check=check,
    basis=("cn-mof-2021-101",),
    dimension="适当性",
    params=Params,
)

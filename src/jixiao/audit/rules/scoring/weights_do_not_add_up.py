"""指标权重合计不对。
Weights do not add up

检查内容
    表上有权重（分值）的，各指标权重之和是否等于规定的总数（100，或留出预算执行率 10 分后的 90）；
    口径文件规定了各一级指标分值的，再看各一级指标是否相符。权重写成小数或百分数的先换算。
为什么
    权重批复后一般不再调整，合计不对，年底自评就算不出准确的得分。
怎样修改
    按重要程度重新分配，使合计等于规定数。例如产出 50 分、效益 30 分、满意度 10 分，合计 90 分。
不适用的情形
    表上没有权重栏；权重栏全部空白且本地没有规定总数的，不能判断，在检查清单中说明。
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Hit, Severity, Skip, not_applicable, not_enough_data
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.figures import plain
from jixiao.audit.support.weights import WeightedRow, level_sums, weighted_rows
from jixiao.audit.view import FormView
from jixiao.standards.profile import Profile


class Params(Struct, frozen=True):
    """`totals`: accepted sums where the profile names none; `tolerance` in points."""

    totals: tuple[Decimal, ...] = (Decimal(100), Decimal(90))
    tolerance: Decimal = Decimal("0.01")


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    if all(row.indicator.weight is None for row in form.rows):
        yield not_applicable("本表没有权重栏")
        return
    rows = weighted_rows(form)
    if not rows:
        yield from _all_blank(form, context.profile)
        return
    totals = _accepted(context.profile, context.params)
    added = sum((each.points for each in rows), Decimal(0))
    if not any(abs(added - total) <= context.params.tolerance for total in totals):
        yield _total_hit(rows, added, totals)
        return
    yield from _levels(form, rows, added, context)


def _accepted(profile: Profile, params: Params) -> tuple[Decimal, ...]:
    if profile.weight_total is None:
        return params.totals
    return (Decimal(profile.weight_total),)


def _all_blank(form: FormView, profile: Profile) -> Iterator[Hit | Skip]:
    if profile.weight_total is None:
        yield not_enough_data("权重栏全部空白，本地也没有规定权重合计")
        return
    row = next(row for row in form.rows if row.indicator.weight is not None)
    yield row.hit(
        "weight",
        f"权重栏全部空白，各项指标没有权重，合计应为 {profile.weight_total}",
        suggestion="请按重要程度填写每项指标的权重。",
    )


def _total_hit(rows: tuple[WeightedRow, ...], added: Decimal, totals: tuple[Decimal, ...]) -> Hit:
    wanted = " 或 ".join(plain(total) for total in totals)
    blank = sum(1 for row in rows[0].row.form.rows if row.indicator.weight is not None) - len(rows)
    note = f"，另有 {blank} 项没有填写" if blank else ""
    return rows[0].row.hit(
        "weight",
        f"{len(rows)} 项指标的权重合计为 {plain(added)}{note}，应为 {wanted}",
        suggestion=f"请重新分配权重，使合计等于 {wanted}。",
        evidence={"权重合计": plain(added), "应为": wanted, "未填项数": str(blank)},
    )


def _levels(
    form: FormView, rows: tuple[WeightedRow, ...], added: Decimal, context: Context[Params]
) -> Iterator[Hit]:
    """Level-1 sums, only where the profile's own figures are on the same scale."""
    fixed = {key: Decimal(value) for key, value in context.profile.weights.items()}
    sums = level_sums(rows)
    present = {key: value for key, value in fixed.items() if key in sums}
    if not present or sum(present.values()) != added:
        return
    wrong = [key for key, value in present.items() if sums[key] != value]
    if not wrong:
        return
    words = "，".join(
        f"{_label(form, key)}合计 {plain(sums[key])}（应为 {plain(present[key])}）" for key in wrong
    )
    first = next(each.row for each in rows if each.level == wrong[0])
    yield first.hit(
        "weight",
        f"一级指标的权重与规定不符：{words}",
        suggestion="请按规定的分值在一级指标之间重新分配；有特殊情况的，写明理由。",
        evidence={f"{_label(form, key)}": plain(sums[key]) for key in wrong},
    )


def _label(form: FormView, key: str) -> str:
    for row in form.rows:
        level1 = row.indicator.level1
        if row.category is not None and row.category.startswith(f"{key}.") and level1 is not None:
            return f"“{(level1.value or level1.raw).strip()}”"
    return f"“{key}”"


RULE = form_rule(
    code="SCO001",
    severity=Severity.ERROR,
    check=check,
    basis=("cn-mof-2021-101", "cn-mof-2020-10#13"),
    dimension="完整性",
    params=Params,
)

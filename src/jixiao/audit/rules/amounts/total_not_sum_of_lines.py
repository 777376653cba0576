"""年度资金总额不等于各项资金之和。
Total is not the sum of its lines

检查内容
    年度资金总额与财政拨款、上年结转、其他资金等各行之和比较，容许半个计量单位以内的四舍五入误差。
    上年结转等在有的表里并列、在有的表里包含在财政拨款中，两种算法有一种相符即可。
为什么
    总额和分项对不上，审核时不知道该按哪个数批复，公开以后也会被质疑。
怎样修改
    核对预算，改正总额或分项。例如财政拨款 4,902,018 元、其他资金 0 元，年度资金总额应为 4,902,018 元。
不适用的情形
    表上没有总额、分项全部空白，或有数字无法辨认的，不能计算，在检查清单中说明。
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.finding import Hit, Severity, Skip, not_applicable, not_enough_data, unreadable
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.figures import grouped, plain
from jixiao.audit.support.fund_lines import FundLine, fund_lines, possible_sums
from jixiao.audit.view import FormView
from jixiao.foundation.text import is_blank


class Params(Struct, frozen=True):
    """`tolerance`: in the unit of the form; finer where the figures are printed finer."""

    tolerance: Decimal = Decimal("0.5")


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    funding = form.form.funding
    if funding is None:
        yield not_applicable("本表没有资金栏")
        return
    if funding.total is None or is_blank(funding.total.raw):
        yield not_enough_data("表上没有填写年度资金总额")
        return
    lines = fund_lines(form)
    sources = tuple(line for line in lines if line.key != "total")
    if any(_is_garbled(line) for line in lines) or funding.total.value is None:
        yield unreadable("资金栏中有不能识别的数字")
        return
    if all(line.entry.value is None for line in sources):
        yield not_enough_data("各项资金来源全部空白，无法与总额核对")
        return
    total = funding.total.value
    allowed = _tolerance(lines, context.params.tolerance)
    sums = tuple(possible_sums(lines))
    if not any(abs(each - total) <= allowed for each in sums):
        yield _hit(form, total, sources, sums[0], funding.unit or "")


def _is_garbled(line: FundLine) -> bool:
    return line.entry.value is None and any(sign.isdigit() for sign in line.entry.raw)


def _tolerance(lines: tuple[FundLine, ...], most: Decimal) -> Decimal:
    """Half of the last printed place of every figure, and never more than `most`."""
    allowed = Decimal(0)
    for line in lines:
        if line.entry.value is not None:
            exponent = line.entry.value.as_tuple().exponent
            places = exponent if isinstance(exponent, int) and exponent < 0 else 0
            allowed += Decimal("0.5").scaleb(places)
    return min(most, allowed)


def _hit(
    form: FormView, total: Decimal, sources: tuple[FundLine, ...], added: Decimal, unit: str
) -> Hit:
    filled = [line for line in sources if line.entry.value is not None]
    terms = " + ".join(f"{line.label} {grouped(line.entry.value or Decimal(0))}" for line in filled)
    funding = form.form.funding
    assert funding is not None
    assert funding.total is not None
    evidence = {line.label: plain(line.entry.value or Decimal(0)) for line in filled}
    return form.hit(
        "funding.total",
        funding.total.at,
        f"年度资金总额 {grouped(total)} {unit}，而各项资金之和为 {terms} = {grouped(added)} {unit}，"
        f"相差 {grouped(abs(total - added))} {unit}".replace("  ", " ").strip(),
        suggestion="请核对预算批复数，改正总额或有误的分项，使二者一致。",
        evidence={
            "年度资金总额": plain(total),
            "各项之和": plain(added),
            "差额": plain(total - added),
            **evidence,
        },
    )


RULE = form_rule(
    code="AMT001",
    severity=Severity.ERROR,
    check=check,
    basis=("practice-integrated-system",),
    dimension="完整性",
    params=Params,
)

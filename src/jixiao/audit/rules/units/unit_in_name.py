"""单位写在指标名称里，指标值只有数字。
Unit in name

检查内容
    三级指标名称末尾的括号里写了单位，指标值里没有单位，例如“落实社区工作者公积金（元）”填“6000”，
    “促进创业人数（人）”填“3000”。
为什么
    指标值会单独汇总、公开和导入系统，离开了名称就看不出单位，容易把元和万元、人和人次混在一起。
怎样修改
    把单位移到指标值：名称写“落实社区工作者公积金”，值写“6000 元”；单位单独成列的，填到那一列。
不适用的情形
    值里已经写了单位的不检查；括号里是说明文字的（例如“含党报党刊”）不检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Edit, Fix, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.target_cell import unit_cell, value_cell
from jixiao.audit.support.unit_in_name import unit_in_name
from jixiao.audit.view import Row

_BRACKETS = "（("


def check(row: Row, _context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """A bare number beside a name that ends in a bracketed unit."""
    quantity = row.quantity
    if quantity.number is None or quantity.unit is not None or quantity.rest:
        return
    unit = unit_in_name(row.name)
    if unit is None:
        return
    yield row.hit(
        "target",
        f"指标“{row.raw_name}”的单位“{unit}”写在名称里，指标值“{row.raw_value}”没有单位。",
        suggestion=f"请把单位移到指标值，写成“{_with_unit(row.raw_value, unit)}”。",
        evidence={"number": str(quantity.number), "unit": unit},
        fix=_proposal(row, unit),
    )


def _with_unit(value: str, unit: str) -> str:
    return f"{value}{unit}" if unit in "%‰" else f"{value} {unit}"


def _proposal(row: Row, unit: str) -> Fix:
    name = row.indicator.name
    start = max(name.raw.rfind(bracket) for bracket in _BRACKETS)
    renamed = Edit(at=name.at, old=name.raw, new=name.raw[:start].rstrip())
    column = unit_cell(row)
    if column is None:
        cell = value_cell(row)
        moved = Edit(at=cell.at, old=cell.raw, new=_with_unit(cell.raw.strip(), unit))
    else:
        moved = Edit(at=column.at, old=column.raw, new=unit)
    return Fix(safe=False, title="把单位移到指标值", edits=(renamed, moved))


RULE = row_rule(
    code="UNT003",
    severity=Severity.WARNING,
    check=check,
    basis=("practice-integrated-system",),
    dimension="完整性",
    params=NoParams,
)

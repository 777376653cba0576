"""金额只写到“万”，没有写“元”。
Incomplete money unit

检查内容
    成本指标或者名称涉及经费、补助、资金的指标，金额以“万”“亿”结尾，没有写“元”，例如“4.5万”“130万”“3万/个”。
为什么
    “万”只是数量级，不是货币单位。绩效目标表要公开，也要和预算资金核对，单位必须完整。
怎样修改
    写全单位，例如“4.5 万元”“130 万元”“3 万元/个”。
不适用的情形
    计数的“万”（例如“服务群众 5 万人次”）不是金额，不检查；数量指标只写“5万”的，由“没有计量单位”检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Edit, Fix, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.money_rows import is_money_row
from jixiao.audit.support.target_cell import unit_cell, value_cell
from jixiao.audit.view import Row

_INCOMPLETE = frozenset(("万", "亿", "百万", "千万", "十万"))


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """The order of magnitude stands there, the currency does not."""
    quantity = row.quantity
    if quantity.number is None or quantity.unit not in _INCOMPLETE:
        return
    if not is_money_row(row, context.profile.lexicon):
        return
    whole = f"{quantity.unit}元"
    yield row.hit(
        "target",
        f"指标“{row.raw_name}”的指标值“{row.raw_value}”只写了“{quantity.unit}”，没有写“元”。",
        suggestion=f"请写全金额单位，例如“{quantity.number} {whole}”。",
        evidence={"number": str(quantity.number), "unit": quantity.unit},
        fix=_proposal(row, quantity.unit, whole),
    )


def _proposal(row: Row, short: str, whole: str) -> Fix | None:
    cell = unit_cell(row) or value_cell(row)
    if cell.raw.count(short) != 1 or whole in cell.raw:
        return None
    edit = Edit(at=cell.at, old=cell.raw, new=cell.raw.replace(short, whole))
    return Fix(safe=False, title=f"“{short}”写全为“{whole}”", edits=(edit,))


RULE = row_rule(
    code="UNT002",
    severity=Severity.WARNING,
    check=check,
    basis=("practice-integrated-system",),
    dimension="完整性",
    params=NoParams,
)

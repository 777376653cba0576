"""指标值只有数字，没有计量单位。
Number without unit

检查内容
    指标值是一个数字，后面没有单位，表中也没有在计量单位一列填写单位，例如“培训人次 ≥200”“满意度 95”。
为什么
    同一个数字，单位不同差别很大：“6000”可以是 6000 元，也可以是 6000 万元；“95”可以是 95%，
    也可以是 95 分。没有单位就无法核对，也无法和资金对应。
怎样修改
    在数字后面写上单位，例如“200 人次”“95%”“6000 元”；单位单独成列的，填写那一列。
不适用的情形
    单位写在名称括号里的，由“单位写在指标名称里”检查；金额只写“万”的，由“金额单位不完整”检查；
    “0”在哪个单位都是 0，不检查；指数、系数、排名、等级等本来没有单位的，不检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Edit, Fix, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.money_rows import is_money_row
from jixiao.audit.support.rate_names import bare_name, rate_ending
from jixiao.audit.support.target_cell import unit_cell, value_cell
from jixiao.audit.support.unit_in_name import unit_in_name
from jixiao.audit.support.word_patterns import ending_in
from jixiao.audit.view import Row
from jixiao.form.indicator import Category
from jixiao.foundation.quantity import ValueKind
from jixiao.standards.lexicon import Lexicon

_BARE = frozenset((ValueKind.QUANTITY, ValueKind.RANGE, ValueKind.MONEY))
_MULTIPLIERS = frozenset(("万", "千", "百", "亿", "十万", "百万", "千万"))
_COUNTED = {
    "人次": "人次", "人数": "人", "次数": "次", "户数": "户", "天数": "天", "件数": "件", "份数": "份", "个数": "个",
    "场次": "场次", "场数": "场", "批次": "批次", "台数": "台", "亩数": "亩", "公里数": "公里", "户": "户", "学员数": "人",
}  # fmt: skip


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """A plain number and nothing around it that could be its unit."""
    quantity = row.quantity
    if quantity.number is None or quantity.kind not in _BARE or quantity.rest:
        return
    if quantity.number == 0:
        return  # zero is zero in every unit
    if quantity.unit is not None and quantity.unit not in _MULTIPLIERS:
        return
    lexicon = context.profile.lexicon
    if _needs_none(row, lexicon):
        return
    unit = _likely_unit(row, lexicon)
    shown = f"{row.raw_value}{unit or '（单位）'}"
    yield row.hit(
        "target",
        f"指标“{row.raw_name}”的指标值“{row.raw_value}”没有计量单位。",
        suggestion=f"请补上单位，例如“{shown}”。" if unit else "请在数字后面补上计量单位。",
        evidence={"number": str(quantity.number)},
        fix=_proposal(row, unit),
    )


def _needs_none(row: Row, lexicon: Lexicon) -> bool:
    if unit_in_name(row.name) is not None:
        return True
    if row.quantity.unit is not None and is_money_row(row, lexicon):
        return True
    return ending_in(lexicon.words("unitless_names")).search(bare_name(row.name)) is not None


def _likely_unit(row: Row, lexicon: Lexicon) -> str | None:
    """The unit the name speaks of, as a proposal only."""
    bare = bare_name(row.name)
    for ending, unit in _COUNTED.items():
        if bare.endswith(ending):
            return unit
    if row.category is Category.SATISFACTION_RECIPIENT or rate_ending(row.name, lexicon):
        return "%"
    return None


def _proposal(row: Row, unit: str | None) -> Fix | None:
    if unit is None:
        return None
    column = unit_cell(row)
    if column is None:
        cell = value_cell(row)
        edit = Edit(at=cell.at, old=cell.raw, new=f"{cell.raw.strip()}{unit}")
    else:
        edit = Edit(at=column.at, old=column.raw, new=unit)
    return Fix(safe=False, title=f"补写单位“{unit}”", edits=(edit,))


RULE = row_rule(
    code="UNT001",
    severity=Severity.ERROR,
    check=check,
    basis=("cn-mof-2015-88#13", "practice-integrated-system"),
    dimension="完整性",
    params=NoParams,
)

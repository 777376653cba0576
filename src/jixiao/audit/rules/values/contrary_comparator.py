"""比较符号的方向和指标的意思相反。
Contrary comparator

检查内容
    越高越好的指标（满意度、合格率、覆盖率等）写了“≤”“<”；越低越好的指标（投诉、事故、违规、差错，
    以及成本控制数）写了“≥”“>”；表中注明正向或反向的，看符号和注明的方向是否一致。
为什么
    “满意度 ≤90%”意味着群众越不满意越算完成，“成本 ≥10 万元”意味着花得越多越好，和本意正好相反。
怎样修改
    把符号调过来：满意度写“≥90%”，投诉写“≤3 件”，成本写“≤10 万元”。
不适用的情形
    “投诉办结率”“事故处置及时率”是办理情况，越高越好；补助标准、工资待遇、成本节约率可以写“≥”；
    区间、没有符号的值不检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Edit, Fix, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.measure_direction import is_unwanted, is_wanted
from jixiao.audit.support.target_cell import operator_cell
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import Row
from jixiao.form.indicator import Category
from jixiao.foundation.comparators import DIRECTION_DOWN, DIRECTION_UP
from jixiao.foundation.quantity import Comparator, ValueKind
from jixiao.foundation.text import fold
from jixiao.standards.lexicon import Lexicon

_OPPOSITE = {
    Comparator.AT_LEAST: "≤",
    Comparator.MORE_THAN: "<",
    Comparator.AT_MOST: "≥",
    Comparator.LESS_THAN: ">",
}
_COSTS = frozenset((Category.OUTPUT_COST, Category.COST_ECONOMIC))


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Compare the side the sign bounds with the side the measure should be bounded on."""
    quantity = row.quantity
    comparator = quantity.comparator
    if comparator is None or quantity.number is None or quantity.number_high is not None:
        return
    if comparator in DIRECTION_UP:
        reason = _why_no_floor(row, context.profile.lexicon)
    elif comparator in DIRECTION_DOWN:
        reason = _why_no_ceiling(row, context.profile.lexicon)
    else:
        return
    if reason is None:
        return
    opposite = _OPPOSITE[comparator]
    yield row.hit(
        "target",
        f"指标“{row.raw_name}”{reason}，指标值“{row.raw_value}”却用了“{comparator}”，方向相反。",
        suggestion=f"请核对本意，一般应当改用“{opposite}”。",
        evidence={"comparator": str(comparator), "expected": opposite},
        fix=_proposal(row, opposite),
    )


def _why_no_floor(row: Row, lexicon: Lexicon) -> str | None:
    if _stated(row) == "反向":
        return "注明是反向指标，越低越好"
    if is_unwanted(row.name, lexicon):
        return "越少越好"
    if row.category not in _COSTS or row.quantity.kind is not ValueKind.MONEY:
        return None
    if _stated(row) or containing(lexicon.words("floor_money_names")).search(row.name):
        return None
    return "是成本指标，应当控制上限"


def _why_no_ceiling(row: Row, lexicon: Lexicon) -> str | None:
    if _stated(row) == "正向":
        return "注明是正向指标，越高越好"
    if is_wanted(row.name, lexicon):
        return "越高越好"
    return None


def _stated(row: Row) -> str:
    """正向 or 反向 where the table has a column for it."""
    direction = row.indicator.direction
    return "" if direction is None else fold(direction.raw)[:2]


def _proposal(row: Row, opposite: str) -> Fix | None:
    """Only a sign is swapped; words of comparison need a person."""
    if len(row.quantity.glyphs) != 1:
        return None
    sign = row.quantity.glyphs[0]
    cell = operator_cell(row)
    if cell.raw.count(sign) != 1 or sign.isalpha():
        return None
    edit = Edit(at=cell.at, old=cell.raw, new=cell.raw.replace(sign, opposite))
    return Fix(safe=False, title=f"比较符号改为“{opposite}”", edits=(edit,))


RULE = row_rule(
    code="VAL006",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("practice-integrated-system",),
    dimension="相关性",
    params=NoParams,
)

"""指标值没有填写，或者只写了单位、只写了比较符号。
Blank value

检查内容
    三级指标有名称，指标值却是空的；或者只有“吨”“%”这样的单位，只有“≥”“不低于”这样的符号，
    只有“XX”“待定”这样的占位文字，没有写出具体的值。
为什么
    没有指标值就无法监控，年终也无法自评打分，审核时按缺项处理。
怎样修改
    按计划、上年实际或者行业标准填写具体的值，数量指标要有数字和单位，例如“≥1200 吨”“5 个”“≥95%”。
    这一行如果是多余的，请把整行删去。
不适用的情形
    写“0”的不算空；写“不适用”“/”的是说明此项不需要，不由本条检查；
    因分页被拆成两行的指标由“一个指标被拆成两行”检查；没有名称也没有值的空行不检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.template_names import names_an_indicator
from jixiao.audit.support.torn_rows import is_torn
from jixiao.audit.view import Row
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import ValueKind
from jixiao.foundation.units import unit_of

_LONGEST = 12
_GAP = pattern(r"^(?:[xX×*_?…□○]{1,6}|\.{2,}|\(\))+")
_SIGNS_ONLY = pattern(r"^[≥≤≈><=]+$")
_ROUND = "()"
_UNIT_ENDINGS = tuple("元次米里克吨时天日人个户件份亩升月顷分%‰²³")
_ANSWERS = frozenset(("每月", "按月", "按时", "及时", "当月", "当日", "当天", "个人"))


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Ask only short values: whoever wrote a sentence wrote a value."""
    if row.quantity.number is not None or len(row.value) > _LONGEST:
        return
    fault = _fault(row, context.profile.lexicon.words("unfilled_values"))
    if fault is None or not names_an_indicator(row.name) or is_torn(row):
        return
    yield row.hit(
        "target",
        f"指标“{row.raw_name}”的指标值{fault}",
        suggestion="请按计划数、上年实际或行业标准填写具体的值和单位；这一行多余的，请整行删去。",
    )


def _fault(row: Row, unfilled: frozenset[str]) -> str | None:
    value, quantity = row.value, row.quantity
    if not value:
        return "没有填写。"
    if quantity.kind is ValueKind.NOT_APPLICABLE:
        return None
    shown = f"“{row.raw_value}”"
    if _SIGNS_ONLY.match(value) or "".join(quantity.glyphs) == value:
        return f"{shown}只有比较符号，没有写出具体的值。"
    bare = value.lstrip("≥≤≈><=")
    filled = _GAP.sub("", bare)
    if filled != bare and (not filled or unit_of(filled.strip(_ROUND)) is not None):
        return f"{shown}是还没有填写的占位文字。"
    if bare in unfilled:
        return f"{shown}不是具体的值。"
    if quantity.is_unit_only and _is_plain_unit(bare):
        return f"{shown}只有单位，没有写出数字。"
    return None


def _is_plain_unit(text: str) -> bool:
    """吨 and 平方米 are units only; 中心 and 年度 are also an answer in words."""
    unit = text.strip(_ROUND)
    return len(unit) == 1 or (unit.endswith(_UNIT_ENDINGS) and unit not in _ANSWERS)


RULE = row_rule(
    code="VAL001",
    severity=Severity.ERROR,
    check=check,
    basis=("cn-mof-2015-88#13",),
    dimension="相关性",
    params=NoParams,
)

"""必须填数字的指标，填的是文字。
Words for number

检查内容
    表中注明“必填硬性指标”的，或者本地区规定必须量化的二级指标（例如数量指标、成本指标），
    指标值里没有数字，例如“按需购买”“按实际情况确定”。
为什么
    数量和成本是判断资金够不够、花得值不值的依据，必须能够计数。写成文字就无法监控，也无法自评打分。
怎样修改
    填写预计的数和单位，例如“购买清扫工具 ≥120 件”“发放人数 ＝56 人”“≤60000 元”；
    暂时定不下来的，按上年实际或者测算数填写，以后按程序调整。
不适用的情形
    没有填写的由“指标值没有填写”检查；名称是“率”“比例”“度”的，由“比率指标的值不是数字”检查；
    没有规定必须量化的类别不检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.category_names import category_name
from jixiao.audit.support.rate_names import rate_ending
from jixiao.audit.view import Row
from jixiao.form.indicator import Category
from jixiao.foundation.pattern import pattern

_EXAMPLES = {
    Category.OUTPUT_QUANTITY: "“≥120 件”“5 个”",
    Category.OUTPUT_COST: "“≤60000 元”“500 元/人”",
    Category.COST_ECONOMIC: "“≤60000 元”“500 元/人”",
}
_SIGNS_ONLY = pattern(r"^[≥≤≈><=x×*_…?.%]+$")


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """The form's own mark counts as much as the profile's demand."""
    hard = row.indicator.required_numeric or row.category in context.profile.required_numeric
    if not hard or not row.name or not _has_no_number(row):
        return
    lexicon = context.profile.lexicon
    if row.value in lexicon.words("unfilled_values") or rate_ending(row.name, lexicon):
        return
    level = "必填硬性指标" if row.category is None else category_name(row.category)
    example = _EXAMPLES.get(row.category, "“≥95%”") if row.category is not None else "“≥95%”"
    yield row.hit(
        "target",
        f"{level}“{row.raw_name}”必须填写数字，现在填的是“{row.raw_value}”。",
        suggestion=f"请填写预计的数和单位，例如{example}。",
    )


def _has_no_number(row: Row) -> bool:
    """Not one figure in the cell; a bare unit or a blank is another rule's business."""
    quantity = row.quantity
    if not row.value or quantity.number is not None or quantity.numbers or quantity.is_unit_only:
        return False
    return not any(sign.isdigit() for sign in row.value) and not _SIGNS_ONLY.match(row.value)


RULE = row_rule(
    code="MND003",
    severity=Severity.ERROR,
    check=check,
    basis=("cn-mof-2015-88#13",),
    dimension="相关性",
    params=NoParams,
)

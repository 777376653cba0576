"""经济效益指标没有金额或者数量。
Economic effect without number

检查内容
    列在“经济效益”下的指标，指标值既没有金额，也没有任何数量。
为什么
    经济效益就是增收、节支、带动就业这类算得出来的效果，只用文字说明，年底无法判断是否实现，
    也无法与投入的资金相比。
怎样修改
    写出能够统计的数，例如“带动农户人均增收≥800 元”“节约采购成本≥5 万元”；
    本项目没有经济效益的，写“不适用”并说明理由，不要勉强填写。
不适用的情形
    空着的、写“不适用”的不检查；“明显”“显著提升”“提高”一类的笼统说法由表述类规则检查；
    名称是“率”的由“比率指标的值不是数字”检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.rate_names import rate_ending
from jixiao.audit.support.vague_value import vagueness
from jixiao.audit.support.wordy_value import is_wordy
from jixiao.audit.view import Row
from jixiao.form.indicator import Category
from jixiao.foundation.text import says_none


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    """Words only, and no other rule has a better name for the fault."""
    if row.category is not Category.BENEFIT_ECONOMIC or not is_wordy(row):
        return
    if row.quantity.numbers or row.quantity.is_unit_only or says_none(row.value):
        return
    if rate_ending(row.name, context.profile.lexicon) or vagueness(row, context.profile):
        return
    yield row.hit(
        "target",
        f"经济效益指标“{row.raw_name}”的值“{row.raw_value}”没有金额，也没有数量。",
        suggestion="请写出能够统计的数，例如“人均增收≥X 元”“节约成本≥X 万元”“带动就业≥X 人”；"
        "没有经济效益的，写“不适用”并说明理由。",
    )


RULE = row_rule(
    code="CAT001",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2021-101", "cn-mof-2015-88#13"),
    dimension="相关性",
    params=NoParams,
)

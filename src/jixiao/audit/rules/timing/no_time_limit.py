"""时效指标没有写出时间。
No time limit

检查内容
    时效指标的指标值应有日期、期限、频次或比率。只写“及时”“按时供应”“按规定时间”“全年”等的，予以提示。
为什么
    没有时间就无法判断是否按时，年底自评也拿不出依据。
怎样修改
    写明什么时候完成、多长时间内完成或按时完成的比率。例如“2022 年 12 月 10 日前发放到位”“≤3 个工作日”
    “每月 15 日前”“及时率 ≥95%”。
不适用的情形
    指标值空白、只有计量单位的，由必填规则提示；名称是“率”而没有数的，由指标值规则提示；
    名称里已写明日期的不再提示。名称和指标值都只是一段时间的，由“用时间段当指标”提示。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.support.rate_names import rate_ending
from jixiao.audit.support.time_limits import limits_time
from jixiao.audit.view import Row
from jixiao.form.indicator import Category
from jixiao.foundation.quantity import ValueKind

_SAYS_NOTHING = frozenset((ValueKind.BLANK, ValueKind.NOT_APPLICABLE))


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    if row.category is not Category.OUTPUT_TIMELINESS or row.quantity.is_numeric:
        return
    lexicon = context.profile.lexicon
    if row.quantity.kind in _SAYS_NOTHING or row.quantity.unit is not None:
        return
    if any(sign.isdigit() for sign in row.value):
        return
    endless = row.value in lexicon.words("endless_words")
    if not endless and (row.quantity.latest is not None or limits_time(row.value, lexicon)):
        return
    if limits_time(_without_frequency(row.name), lexicon) or rate_ending(row.name, lexicon):
        return
    yield row.hit(
        "target",
        f"时效指标“{row.raw_name}”的指标值“{row.raw_value}”没有写出日期、期限、频次或比率",
        suggestion="请写明完成的日期或期限，如“每月 15 日前”“12 月 10 日前完成”，或改用“及时率 ≥95%”。",
    )


def _without_frequency(name: str) -> str:
    """`一日三餐按时供应` tells what is served, not when; the meal is no limit."""
    return name.replace("一日三餐", "").replace("全年", "")


RULE = row_rule(
    code="TIM001",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2021-101", "cn-mof-2015-88#13"),
    dimension="相关性",
    params=NoParams,
)

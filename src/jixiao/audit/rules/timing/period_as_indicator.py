"""用时间段当时效指标。
Period as an indicator

检查内容
    时效指标的名称只是一段时间（如“2022 年全年”），指标值又只是它的长度（如“12 个月”）。
为什么
    一年本来就是十二个月，这样的指标不做任何事也能完成，考核不出工作是否及时。
怎样修改
    写出要按时完成的事和时限。例如把“2022 年全年 12 个月”改为“环境卫生整治完成时间：2022 年 11 月底前”
    或“垃圾日产日清及时率 ≥95%”。
不适用的情形
    名称写明了事项的期限是真实的期限，如“办公用房租赁期 12 个月”“服务期限 1 年”。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, row_rule
from jixiao.audit.view import Row
from jixiao.form.indicator import Category
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import ValueKind

_ONLY_A_PERIOD = pattern(
    r"^(?:(?:(?:19|20)\d\d年?度?)|本年度?|当年度?)?(?:全年度?|整年|年度内?|年内|\d{1,2}个?月|"
    r"\d{1,2}月(?:份)?(?:\d{1,2}日)?(?:-|~|至|到)(?:(?:19|20)\d\d年)?\d{1,2}月(?:份)?(?:\d{1,2}日)?)?(?:期间|时间)?$"
)
_LENGTHS = frozenset((ValueKind.PERIOD, ValueKind.DATE, ValueKind.RANGE))
_WORDS = frozenset(("全年", "全年度", "1年", "一年", "整年", "年度", "12个月"))


def check(row: Row, context: Context[NoParams]) -> Iterator[Hit | Skip]:  # noqa: ARG001  every rule takes a context
    if row.category is not Category.OUTPUT_TIMELINESS or len(row.name) < 2:
        return
    if not _ONLY_A_PERIOD.match(row.name):
        return
    if row.quantity.kind in _LENGTHS or row.value in _WORDS:
        yield row.hit(
            "name",
            f"时效指标名称“{row.raw_name}”只是一段时间，指标值“{row.raw_value}”只是它的长度，"
            "没有要按时完成的事",
            suggestion="请写明事项和时限，如“（事项）完成时间：11 月底前”，或改用“及时率 ≥95%”。",
        )


RULE = row_rule(
    code="TIM002",
    severity=Severity.WARNING,
    check=check,
    basis=("cn-mof-2015-88#13",),
    dimension="相关性",
    params=NoParams,
)

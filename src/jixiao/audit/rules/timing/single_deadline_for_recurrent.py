"""按月支付的事项只写了年底一个时限。
Single deadline for a recurrent payment

检查内容
    工资、社会保险、公积金、生活补助等按月发放或缴纳的事项，时效指标只写年底前完成。
为什么
    每月都要按时的事只看年底，前十一个月拖欠也算“完成”。
怎样修改
    写出每月的时限，例如“每月 15 日前缴存到位”，或“按月缴存及时率 100%”。
不适用的情形
    一次性发放的补贴、奖金；同表另有按月、按季时限的。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import FormView, Row
from jixiao.form.indicator import Category
from jixiao.foundation.quantity import Comparator
from jixiao.foundation.text import fold
from jixiao.standards.lexicon import Lexicon

_RHYTHMS = ("每月", "按月", "每季", "按季", "逐月", "月底前", "次月", "当月", "及时率", "按时率")


def check(form: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    rows = form.of(Category.OUTPUT_TIMELINESS)
    if not rows or any(word in row.name + row.value for row in rows for word in _RHYTHMS):
        return
    for row in rows:
        if _is_year_end(row) and _is_monthly(row, fold(form.project), context.profile.lexicon):
            yield row.hit(
                "target",
                f"时效指标“{row.raw_name}”是按月支付的事项，只写了年底一个时限“{row.raw_value}”",
                suggestion="请写明每月的时限，如“每月 15 日前”，或改用“按月发放（缴存）及时率 100%”。",
            )


def _is_year_end(row: Row) -> bool:
    quantity = row.quantity
    return (
        quantity.latest is not None
        and quantity.latest[5:7] == "12"
        and quantity.comparator in {Comparator.AT_MOST, None}
        and (quantity.earliest is None or quantity.earliest[5:7] == "12")
    )


def _is_monthly(row: Row, project: str, lexicon: Lexicon) -> bool:
    """The row names such a payment, or pays out in a project named after one."""
    payment = containing(lexicon.words("monthly_payments"))
    if payment.search(row.name):
        return True
    paying = containing(lexicon.words("paying_words"))
    return payment.search(project) is not None and paying.search(row.name) is not None


RULE = form_rule(
    code="TIM003",
    severity=Severity.INFO,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2021-101", "cn-mof-2015-88#13"),
    dimension="相关性",
    params=NoParams,
)

"""项目期填“99 年”一类的数，表示没有终点。
Open-ended project period

检查内容
    项目期达到或超过 99 年。
为什么
    这是一些系统里的填报习惯，表示长期执行，不是真实期限。人员、公用经费这样填是惯例；
    其他项目应当有起止时间，到期评估后再决定是否继续。
怎样修改
    人员、公用经费可以保留；其他项目改为实际期限，例如“1 年”“2022—2024 年”。
不适用的情形
    写明起止日期或实际年数的。
"""

from collections.abc import Iterator

from msgspec import Struct

from jixiao.audit.finding import Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, form_rule
from jixiao.audit.support.project_span import project_span
from jixiao.audit.view import FormView


class Params(Struct, frozen=True):
    """`years`: from this number of years on a period means "no end"."""

    years: int = 99


def check(form: FormView, context: Context[Params]) -> Iterator[Hit | Skip]:
    entry = form.form.header.project_period
    if entry is None or not entry.raw.strip():
        yield not_applicable("本表没有填写项目期")
        return
    years = project_span(form).years
    if years is not None and years >= context.params.years:
        yield form.hit(
            "header.project_period",
            entry.at,
            f"项目期“{entry.raw.strip()}”不是真实期限，只表示长期执行",
            suggestion="人员、公用经费可以保留；其他项目请填写实际的起止年份。",
            evidence={"项目期（年）": str(years)},
        )


RULE = form_rule(
    code="TIM005",
    severity=Severity.INFO,
    check=check,
    basis=("jixiao",),
    dimension="完整性",
    params=Params,
)

"""项目属性与项目期不一致。
Attribute contradicts the project period

检查内容
    “经常性”“延续性”项目的项目期只填 1 年；“一次性”“一年期”项目的项目期超过 1 年。
为什么
    属性决定预算怎样滚动安排。经常性项目写成一年，下年就没有依据；一次性项目写成多年，年年占用资金。
怎样修改
    二者改成一致：常年要做的填实际年限或本地规定的长期写法；只做一次的改为“一次性项目”。
    例如“经常性项目，项目期 3 年（2022—2024 年）”。
不适用的情形
    项目期写的是起止日期，而且就是本预算年度的（只是当年计划的起止时间）；没有填属性或项目期的。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_applicable
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.project_span import ProjectSpan, project_span
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import FormView
from jixiao.foundation.text import fold


def check(form: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    entry = form.form.header.project_attribute
    span = project_span(form)
    if entry is None or span.entry is None or not entry.raw.strip():
        yield not_applicable("本表没有同时填写项目属性和项目期")
        return
    lexicon = context.profile.lexicon
    attribute = fold(entry.raw)
    recurrent = containing(lexicon.words("recurrent_attributes")).search(attribute)
    once = containing(lexicon.words("one_off_attributes")).search(attribute)
    if recurrent and once:
        return
    written = span.entry.raw.strip()
    if recurrent and span.years == 1:
        yield _hit(form, span, f"项目属性是“{entry.raw.strip()}”，项目期却只有“{written}”")
    elif once and _is_long(span):
        yield _hit(form, span, f"项目属性是“{entry.raw.strip()}”，项目期却是“{written}”，超过一年")


def _is_long(span: ProjectSpan) -> bool:
    if span.years is not None:
        return span.years > 1
    if span.first is None or span.last is None:
        return False
    return (span.last - span.first).days > 366


def _hit(form: FormView, span: ProjectSpan, message: str) -> Hit:
    return form.hit(
        span.path,
        form.place_of(span.entry),
        message,
        suggestion="请按实际情况把属性和项目期改成一致：常年执行的填实际年限，只做一次的改为一次性项目。",
    )


RULE = form_rule(
    code="CLS003",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("practice-filling-notes",),
    dimension="完整性",
    params=NoParams,
)

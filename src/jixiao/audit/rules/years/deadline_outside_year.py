"""完成时限或项目期限落在本年度之外。
Deadline outside the year

检查内容
    时效指标写的完成日期，是否晚于本年度末、早于本年度初，或在项目起止日期之外；项目的截止日期是否早于本年度。
为什么
    年度目标只考核当年的事。时限超出本年度，年底无法判断是否按时完成；时限早于本年度，多半是沿用旧表。
怎样修改
    改成本年度内的日期，例如“2022 年 11 月 30 日前”。确是跨年度项目的，把项目期限写完整，并另设本年度应达到的进度。
不适用的情形
    项目起止日期已包含该时限的跨年度项目；学年（如 2022—2023 学年）；没有写明年份的日期。
    年份早于本年度的，由“年份与本表年度不一致”提示。
"""

from collections.abc import Iterator
from datetime import date

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_enough_data
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.project_span import ProjectSpan, project_span
from jixiao.audit.view import FormView, Row
from jixiao.form.indicator import Category


def check(form: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:  # noqa: ARG001  every rule takes a context
    year = form.form.budget_year
    if year is None:
        yield not_enough_data("没有读出本表的年度")
        return
    span = project_span(form)
    if span.last is not None and span.last.year < year and span.entry is not None:
        yield form.hit(
            span.path,
            span.entry.at,
            f"项目期限“{span.entry.raw.strip()}”到 {span.last:%Y-%m-%d} 已经结束，而本表是 {year} 年度",
            suggestion="请核对项目期限；项目已经结束的，不应再申报本年度绩效目标。",
            evidence={"截止日期": span.last.isoformat(), "本表年度": str(year)},
        )
    for row in form.of(Category.OUTPUT_TIMELINESS):
        latest = row.quantity.latest
        if latest is not None and "学年" not in row.value + row.name:
            yield from _late(row, date.fromisoformat(latest), year, span)


def _late(row: Row, latest: date, year: int, span: ProjectSpan) -> Iterator[Hit]:
    if span.last is not None and span.last.year >= year and latest > span.last:
        bound, what = span.last, f"晚于项目截止日期 {span.last:%Y-%m-%d}"
    elif latest.year > year and not span.covers_year(latest.year):
        bound, what = date(year, 12, 31), f"晚于本年度（{year} 年）末"
    else:
        return
    yield row.hit(
        "target",
        f"时效指标“{row.raw_name}”的时限“{row.raw_value}”{what}",
        suggestion=f"请改为 {bound:%Y-%m-%d} 以前的日期；跨年度项目请写明项目期限和本年度应达到的进度。",
        evidence={"时限": latest.isoformat(), "不晚于": bound.isoformat()},
    )


RULE = form_rule(
    code="YR002",
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#22",),
    dimension="可行性",
    params=NoParams,
)

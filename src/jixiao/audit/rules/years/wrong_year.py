"""指标或目标中写的年份与本表年度不一致。
Wrong year

检查内容
    查看指标名称、指标值和年度总体目标中表示“什么时候做”的年份（如“2020 年全年”“2020 年底前”“2020 年计划开展”），
    与本表年度不一致的提示。
为什么
    多半是沿用旧表没有改年份。年份错了，指标就无法考核，也说明目标没有按当年情况重新测算。
怎样修改
    改为本年度，并检查同一行的数量是否也是旧数。例如 2022 年度的表，“2020 年全年”应改为“2022 年全年”。
不适用的情形
    文件编号〔2021〕101号、“2021—2023 年”等起止年份、“2004 年撤县设镇”“自 2018 年以来”等背景、“较 2021 年增长”等比较、
    项目名称中本来就有的年份、项目期限包含的年份，都不算错误。完成时限晚于本年度的，由时限规则检查。
"""

from collections.abc import Iterator

from jixiao.audit.finding import Certainty, Hit, Severity, Skip, not_enough_data
from jixiao.audit.rule import Context, NoParams, form_rule
from jixiao.audit.support.project_span import ProjectSpan, project_span
from jixiao.audit.support.stated_years import StatedYear, other_years
from jixiao.audit.view import FormView, Row
from jixiao.form.indicator import Category


def check(form: FormView, context: Context[NoParams]) -> Iterator[Hit | Skip]:
    year = form.form.budget_year
    if year is None:
        yield not_enough_data("没有读出本表的年度")
        return
    lexicon = context.profile.lexicon
    span: ProjectSpan | None = None
    for row in form.rows:
        for field, text in (("name", row.name), ("target", row.value)):
            wrong = list(other_years(text, year, lexicon)) if "年" in text else []
            if wrong:
                span = span or project_span(form)
                if not _is_known(form, span, wrong[0]) and not _is_late(row, field, wrong[0], year):
                    yield _row_hit(row, field, wrong[0], year)
    entry = form.goal_entry
    if entry is None:
        return
    for found in other_years(form.goal, year, lexicon, prose=True):
        if not _is_known(form, span or project_span(form), found):
            yield form.hit(
                "narrative.goal",
                entry.at,
                f"年度总体目标中写的是“{found.words}”，而本表是 {year} 年度",
                suggestion=f"如是沿用旧表，请改为 {year} 年，并核对目标内容是否为本年度的任务。",
                evidence={"写的年份": str(found.year), "本表年度": str(year)},
            )
            return


def _is_known(form: FormView, span: ProjectSpan, found: StatedYear) -> bool:
    """The project itself is of that year, or runs through it."""
    return str(found.year) in form.project or span.covers_year(found.year)


def _is_late(row: Row, field: str, found: StatedYear, year: int) -> bool:
    """A deadline after the year of the form is the business of another rule."""
    return field == "target" and row.category is Category.OUTPUT_TIMELINESS and found.year > year


def _row_hit(row: Row, field: str, found: StatedYear, year: int) -> Hit:
    what = "名称" if field == "name" else "指标值"
    shown = row.raw_name if field == "name" else row.raw_value
    owner = "" if field == "name" else f"“{row.raw_name}”的"
    return row.hit(
        field,
        f"指标{owner}{what}“{shown}”写的是 {found.year} 年，而本表是 {year} 年度",
        suggestion=f"如是沿用旧表，请改为 {year} 年，并核对这一行的数值是否为本年度的任务。",
        evidence={"写的年份": str(found.year), "本表年度": str(year)},
    )


RULE = form_rule(
    code="YR001",
    severity=Severity.ERROR,
    certainty=Certainty.LIKELY,
    check=check,
    basis=("cn-mof-2015-88#22",),
    dimension="完整性",
    params=NoParams,
)

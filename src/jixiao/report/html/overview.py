"""The top of the page: verdict, counts, the forms at a glance, and the faults found most often."""

from jixiao.audit.finding import Severity
from jixiao.foundation.errors import UnknownCode
from jixiao.report.bundle import AuditedForm, ReportBundle
from jixiao.report.findings import (
    SEVERITIES,
    day_words,
    faults_by_rule,
    in_ranges,
    rule_title,
    severity_counts,
)
from jixiao.report.html.listing import listing, section
from jixiao.report.html.markup import Html, anchor, element
from jixiao.report.places import file_name, form_name, money_words, total_words
from jixiao.standards.inheritance import load_profile

_GRAVE = frozenset({Severity.ERROR, Severity.WARNING})
_MOST = 15


def overview(bundle: ReportBundle) -> Html:
    """Everything a director reads who reads one page."""
    return element(
        "header",
        element("h1", bundle.title),
        element("p", _what(bundle), class_="what"),
        element("p", _verdict(bundle), class_=f"verdict {_tone(bundle)}"),
        _counts(bundle),
        class_="top",
    )


def _what(bundle: ReportBundle) -> str:
    files = [file_name(result.file) for result in bundle.reading]
    named = f"{files[0]} 等 {len(files)} 个文件" if len(files) > 1 else "".join(files)
    parts = [named] if named else []
    if bundle.report.profile:
        parts.append(f"口径：{profile_title(bundle.report.profile)}")
    parts.append(f"适用日期：{day_words(bundle.report.as_of)}")
    return " · ".join(parts)


def profile_title(profile: str) -> str:
    """The profile as officials know it; ids that are no longer known as they are."""
    try:
        return load_profile(profile).title
    except UnknownCode:
        return profile


def _tone(bundle: ReportBundle) -> str:
    counts = dict(severity_counts(bundle.report.findings))
    return next((one.value for one in Severity if counts[one]), "clean")


def _verdict(bundle: ReportBundle) -> str:
    if not bundle.forms:
        return "没有读到绩效目标表，未作校核。"
    counts = dict(severity_counts(bundle.report.findings))
    size = f"共校核 {len(bundle.forms)} 张表、{bundle.indicators} 条指标："
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    bad = sum(any(f.severity is Severity.ERROR for f in one.findings) for one in bundle.forms)
    if errors:
        return f"{size}{bad} 张表有错误，共 {errors} 处，应改正后再报送；另有警告 {warnings} 处。"
    if warnings:
        return f"{size}没有错误；有警告 {warnings} 处，请逐条核对。"
    if any(counts.values()):
        return f"{size}没有错误和警告，只有建议和提示。"
    return f"{size}没有发现问题。"


def _counts(bundle: ReportBundle) -> Html:
    boxes = [
        element(
            "li",
            element("strong", count),
            SEVERITIES[severity],
            element("small", _MEANING[severity]),
            class_=severity.value,
        )
        for severity, count in severity_counts(bundle.report.findings)
    ]
    return element("ul", *boxes, class_="counts", aria_label="各级别问题数")


_MEANING = {
    Severity.ERROR: "报送前必须改正",
    Severity.WARNING: "应当改正或说明",
    Severity.ADVICE: "可以写得更好",
    Severity.INFO: "供了解，不影响报送",
}


def table_of_forms(bundle: ReportBundle) -> Html:
    """The forms at a glance, each with a link."""
    if not bundle.forms:
        return Html("")
    heads = ("序号", "项目", "年度", "资金总额", "指标", *SEVERITIES.values())
    body = [_form_row(audited) for audited in bundle.forms]
    return section("表格一览", "forms", listing(heads, body, "glance", _sums(bundle)))


def _form_row(audited: AuditedForm) -> Html:
    form = audited.form
    year = "" if form.budget_year is None else form.budget_year
    link = element("a", form_name(form), href=f"#{anchor('form', str(audited.number))}")
    counts = [
        element("td", count or "—", class_=f"figure {severity.value}" if count else "figure none")
        for severity, count in severity_counts(audited.findings)
    ]
    return element(
        "tr",
        element("td", audited.number, class_="figure"),
        element("th", link, scope="row"),
        element("td", year, class_="figure"),
        element("td", money_words(form), class_="figure"),
        element("td", len(form.indicators), class_="figure"),
        *counts,
    )


def _sums(bundle: ReportBundle) -> Html:
    """The last line: all forms together. Money only where every form states it in one unit."""
    counts = severity_counts(bundle.report.findings)
    return element(
        "tr",
        element("td"),
        element("th", "合计", scope="row"),
        element("td"),
        element("td", total_words([one.form for one in bundle.forms]), class_="figure"),
        element("td", bundle.indicators, class_="figure"),
        *(element("td", count, class_="figure") for _, count in counts),
    )


def frequent_faults(bundle: ReportBundle) -> Html:
    """What most needs mending: the gravest and most frequent faults, and in which forms."""
    faults = [one for one in faults_by_rule(bundle) if one.severity in _GRAVE][:_MOST]
    if not faults:
        return Html("")
    body = [
        element(
            "tr",
            element("td", SEVERITIES[one.severity], class_=f"severity {one.severity.value}"),
            element(
                "td", element("a", one.code, href=f"#{anchor('rule', one.code)}", class_="code")
            ),
            element("th", rule_title(one.code), scope="row"),
            element("td", one.count, class_="figure"),
            element("td", in_ranges(one.forms), class_="where"),
        )
        for one in faults
    ]
    heads = ("级别", "规则", "检查内容", "处数", "所在的表")
    more = element("p", "全部问题的归类见", element("a", "规则说明", href="#rules"), "。")
    return section("主要问题", "faults", listing(heads, body, "faults"), more)

"""What was not checked and why, what was compared between forms, and how the reading went."""

from collections import Counter

from jixiao.audit.finding import Finding, Outcome
from jixiao.intake.result import Status
from jixiao.report.bundle import ReportBundle
from jixiao.report.findings import (
    OUTCOMES,
    UNDONE,
    compares_forms,
    day_words,
    in_ranges,
    rule_title,
)
from jixiao.report.html.form_section import note_body, note_head
from jixiao.report.html.listing import listing, section
from jixiao.report.html.markup import Html, anchor, element
from jixiao.report.html.overview import profile_title
from jixiao.report.places import form_name, place_words

_STATUS = {Status.COMPLETE: "完整读取", Status.PARTIAL: "部分读取", Status.FAILED: "未能读取"}


def comparisons(bundle: ReportBundle) -> Html:
    """Findings of rules that set forms beside one another, by rule."""
    lines = [
        element(
            "tr",
            element("td", element("a", code, href=f"#{anchor('rule', code)}", class_="code")),
            element("td", _form_link(number, name)),
            element("td", finding.message),
        )
        for code, number, name, finding in _compared(bundle)
    ]
    if not lines:
        return Html("")
    table = listing(("规则", "表", "问题"), lines, "compared")
    return section("表与表之间的问题", "between", table)


def _compared(bundle: ReportBundle) -> list[tuple[str, int, str, Finding]]:
    found = [
        (finding.code, audited.number, form_name(audited.form), finding)
        for audited in bundle.forms
        for finding in audited.findings
        if compares_forms(finding.code)
    ]
    return sorted(found, key=lambda item: (item[0], item[1]))


def _form_link(number: int, name: str) -> Html:
    return element("a", f"{number}. {name}", href=f"#{anchor('form', str(number))}")


def other_findings(bundle: ReportBundle) -> Html:
    """Findings about no form that was read, and accepted ones with who answers for them."""
    items = [
        element("li", note_head(finding), *note_body(finding), class_=finding.severity.value)
        for finding in bundle.loose_findings
    ]
    loose = element("ol", *items, class_="notes wide") if items else Html("")
    accepted = [
        element(
            "tr",
            element("td", one.finding.code, class_="code"),
            element("td", one.finding.project),
            element("td", one.finding.message),
            element("td", one.waiver.reason),
            element("td", one.waiver.person),
            element("td", one.waiver.until.isoformat(), class_="figure"),
        )
        for one in bundle.report.suppressed
    ]
    heads = ("规则", "项目", "问题", "豁免理由", "责任人", "有效期至")
    table = listing(heads, accepted, "accepted") if accepted else Html("")
    parts = [section("其他问题", "others", loose)] if items else []
    parts += [section("已豁免的问题", "accepted", table)] if accepted else []
    return Html("".join(parts))


def ledger(bundle: ReportBundle) -> Html:
    """The ledger: how all duties ended, and every one that was not done with its reason."""
    duties = bundle.report.duties
    if not duties:
        return Html("")
    counts = Counter(duty.outcome for duty in duties)
    words = " · ".join(f"{OUTCOMES[one]} {counts[one]}" for one in Outcome if counts[one])
    summary = element("p", f"规则逐表核对，共 {len(duties)} 项：{words}。", class_="tally")
    undone = _grouped(bundle, UNDONE)
    parts = [summary]
    if undone:
        parts.append(listing(("规则", "检查内容", "原因", "所在的表"), undone, "undone"))
    else:
        parts.append(element("p", "应当检查的项目都已检查。"))
    excused = _grouped(bundle, (Outcome.NOT_APPLICABLE,))
    if excused:
        parts.append(element("h3", "不适用的项目"))
        parts.append(listing(("规则", "检查内容", "原因", "所在的表"), excused, "undone"))
    return section("未检查事项", "undone", *parts)


def _grouped(bundle: ReportBundle, outcomes: tuple[Outcome, ...]) -> list[Html]:
    numbers = {(one.form.file, one.form.index): one.number for one in bundle.forms}
    groups: dict[tuple[str, str], list[int]] = {}
    for duty in bundle.report.duties:
        if duty.outcome in outcomes:
            where = groups.setdefault((duty.code, duty.reason), [])
            where.append(numbers.get((duty.file, duty.form), duty.form + 1))
    return [
        element(
            "tr",
            element("td", code, class_="code"),
            element("td", rule_title(code)),
            element("td", reason),
            element("td", in_ranges(where), class_="where"),
        )
        for (code, reason), where in sorted(groups.items())
    ]


def reading(bundle: ReportBundle) -> Html:
    """Troubles of reading, and what was put right."""
    problems = [
        element(
            "tr",
            element("td", problem.code, class_="code"),
            element("td", problem.file),
            element("td", "" if problem.source is None else place_words(problem.source)),
            element("td", problem.message),
        )
        for problem in bundle.problems
    ]
    repairs = [
        element(
            "tr",
            element("td", file),
            element("td", place_words(repair.at)),
            element("td", repair.message),
        )
        for file, repair in bundle.repairs
    ]
    parts = []
    if problems:
        parts.append(listing(("编号", "文件", "位置", "问题"), problems, "problems"))
    if repairs:
        parts.append(element("h3", "读取时的修复"))
        parts.append(listing(("文件", "位置", "修复"), repairs, "repairs"))
    return section("读取情况", "reading", *parts) if parts else Html("")


def how(bundle: ReportBundle) -> Html:
    """Version, profiles and why, day, files: what another person needs to get the same result."""
    report = bundle.report
    reasons = Counter((one.profile, one.reason) for one in report.profiles)
    profiles = [
        f"{profile_title(profile)}（{profile}）：{reason}，{count} 张表"
        for (profile, reason), count in reasons.items()
    ]
    files = [
        f"{one.file}（{_STATUS[one.status]}，{len(one.forms)} 张表）" for one in bundle.reading
    ]
    lines = [
        ("程序", f"jixiao {report.engine_version}"),
        ("口径", "\n".join(profiles) or "—"),
        ("适用日期", day_words(report.as_of)),
        ("文件", "\n".join(files) or "—"),
    ]
    terms = [item for name, text in lines for item in (element("dt", name), element("dd", text))]
    note = (
        "标有“未核实”的依据，程序尚未与文件原文核对，仅供参考。"
        "本报告供审核人员参考，最终意见由审核人员作出。"
    )
    return section("本报告怎样得出", "how", element("dl", *terms), element("p", note))

"""The list of findings as a table, for the spreadsheets: the same columns in all of them."""

from collections.abc import Iterator

from jixiao.audit.finding import Finding
from jixiao.form.forms import Form
from jixiao.report.bundle import ReportBundle
from jixiao.report.findings import CERTAINTIES, SEVERITIES, arithmetic, basis_words
from jixiao.report.places import field_words, form_name, place_words

COLUMNS = (
    "序号",
    "级别",
    "项目",
    "位置",
    "原文",
    "问题",
    "修改建议",
    "相关数据",
    "规则",
    "把握程度",
    "自动改正",
    "依据",
    "文件",
    "文件内位置",
)


def rows(bundle: ReportBundle) -> Iterator[tuple[str, ...]]:
    """One row for each finding, in the order of the audit."""
    number = 0
    for audited in bundle.forms:
        for finding in audited.findings:
            number += 1
            yield _row(number, finding, audited.form)
    for finding in bundle.loose_findings:
        number += 1
        yield _row(number, finding, None)


def _row(number: int, finding: Finding, form: Form | None) -> tuple[str, ...]:
    fix = finding.fix
    return (
        str(number),
        SEVERITIES[finding.severity],
        finding.project if form is None else form_name(form),
        field_words(finding.path),
        finding.quote.strip(),
        finding.message,
        finding.suggestion or "",
        "；".join(f"{name}：{value}" for name, value in arithmetic(finding)),
        finding.code,
        CERTAINTIES[finding.certainty],
        "" if fix is None else "可自动改正" if fix.safe else "确认后可改正",
        "\n".join(basis_words(finding.basis)),
        finding.file,
        place_words(finding.source),
    )

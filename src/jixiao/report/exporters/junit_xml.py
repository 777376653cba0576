"""JUnit XML, for build servers: a form is a suite, a rule on it is a case."""

from collections.abc import Sequence
from typing import BinaryIO
from xml.etree.ElementTree import Element, SubElement, tostring

from jixiao.audit.finding import Duty, Finding, Outcome
from jixiao.report.bundle import Exporter, ReportBundle
from jixiao.report.cells import printable
from jixiao.report.findings import OUTCOMES, SEVERITIES, rule_title
from jixiao.report.places import field_words, form_name, place_words


def write(bundle: ReportBundle, stream: BinaryIO) -> None:
    root = Element("testsuites", name=bundle.title)
    duties: dict[tuple[str, int], list[Duty]] = {}
    for duty in bundle.report.duties:
        duties.setdefault((duty.file, duty.form), []).append(duty)
    for audited in bundle.forms:
        form = audited.form
        name = f"{form_name(form)}（{form.file} 第 {form.index + 1} 张表）"
        _suite(root, name, duties.pop((form.file, form.index), []), audited.findings)
    # Forms that were audited without their reading still have their lines.
    for (file, index), left in duties.items():
        found = [one for one in bundle.loose_findings if (one.file, one.form) == (file, index)]
        _suite(root, f"{file} 第 {index + 1} 张表", left, found)
    _reading(root, bundle)
    for total in ("tests", "failures", "errors", "skipped"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    stream.write(tostring(root, encoding="utf-8", xml_declaration=True))
    stream.write(b"\n")


def _suite(root: Element, name: str, duties: Sequence[Duty], findings: Sequence[Finding]) -> None:
    suite = SubElement(root, "testsuite", name=printable(name))
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    for duty in duties:
        _case(suite, duty, by_code.get(duty.code, []))
    _count(suite)


def _case(suite: Element, duty: Duty, findings: Sequence[Finding]) -> None:
    name = printable(f"{duty.code} {rule_title(duty.code)}".strip())
    case = SubElement(suite, "testcase", name=name, classname=printable(duty.file))
    if duty.outcome is Outcome.CRASHED:
        SubElement(case, "error", message=printable(duty.reason))
    elif findings:
        gravest = SEVERITIES[findings[0].severity]
        failure = SubElement(case, "failure", message=printable(findings[0].message), type=gravest)
        failure.text = printable("\n".join(map(_words, findings)))
    elif duty.outcome is not Outcome.PASS:
        reason = (
            f"{OUTCOMES[duty.outcome]}：{duty.reason}" if duty.reason else OUTCOMES[duty.outcome]
        )
        SubElement(case, "skipped", message=printable(reason))


def _words(finding: Finding) -> str:
    place = "，".join(filter(None, (field_words(finding.path), place_words(finding.source))))
    advice = f" {finding.suggestion}" if finding.suggestion else ""
    return f"[{SEVERITIES[finding.severity]}] {place}：{finding.message}{advice}"


def _reading(root: Element, bundle: ReportBundle) -> None:
    """What could not be read is an error of its own suite."""
    if not bundle.problems:
        return
    suite = SubElement(root, "testsuite", name="读取文件")
    for problem in bundle.problems:
        case = SubElement(suite, "testcase", name=problem.code, classname=printable(problem.file))
        SubElement(case, "error", message=printable(problem.message))
    _count(suite)


def _count(suite: Element) -> None:
    suite.set("tests", str(len(suite)))
    for total, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(total, str(sum(case.find(tag) is not None for case in suite)))


EXPORTER = Exporter(
    code="junit", label="JUnit 报告", media_type="application/xml", suffix=".xml", write=write
)

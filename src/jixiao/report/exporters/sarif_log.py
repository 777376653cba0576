"""SARIF 2.1.0, for code-review platforms and editors that show results of checks."""

from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import quote

import msgspec

from jixiao.audit.baseline import fingerprint
from jixiao.audit.finding import Certainty, Finding, Severity
from jixiao.audit.report import Suppressed
from jixiao.audit.rule import Rule
from jixiao.intake.problem import Problem
from jixiao.intake.result import Status
from jixiao.report.bundle import Exporter, ReportBundle
from jixiao.report.findings import basis_words, known_rule, rule_page, rule_title
from jixiao.report.places import field_words, place_words

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.ADVICE: "note",
    Severity.INFO: "note",
}
_PRECISION = {
    Certainty.SURE: "very-high",
    Certainty.LIKELY: "high",
    Certainty.POSSIBLE: "medium",
}


def write(bundle: ReportBundle, stream: BinaryIO) -> None:
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(bundle)]}
    stream.write(msgspec.json.format(msgspec.json.encode(log), indent=1))
    stream.write(b"\n")


def _run(bundle: ReportBundle) -> dict[str, Any]:
    report = bundle.report
    accepted = [one.finding for one in report.suppressed]
    codes = sorted({finding.code for finding in (*report.findings, *accepted)})
    numbers = {code: number for number, code in enumerate(codes)}
    return {
        "tool": {
            "driver": {
                "name": "jixiao",
                "version": report.engine_version,
                "language": "zh-CN",
                "rules": [_rule(code) for code in codes],
            }
        },
        "invocations": [
            {
                "executionSuccessful": _any_read(bundle),
                "toolExecutionNotifications": list(map(_notification, bundle.problems)),
            }
        ],
        "artifacts": [
            {"location": {"uri": _uri(result.file)}, "mimeType": result.media_type}
            for result in bundle.reading
        ],
        "results": [
            *(_result(finding, numbers) for finding in report.findings),
            *(_accepted(one, numbers) for one in report.suppressed),
        ],
        "columnKind": "unicodeCodePoints",
        "properties": {"profile": report.profile, "asOf": report.as_of.isoformat()},
    }


def _any_read(bundle: ReportBundle) -> bool:
    return not bundle.reading or any(one.status is not Status.FAILED for one in bundle.reading)


def _rule(code: str) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": rule_title(code) or code},
        "help": {"text": rule_page(code) or code},
    }
    rule = known_rule(code)
    if rule is not None:
        shown["name"] = rule.name
        shown["defaultConfiguration"] = {"level": _LEVELS[rule.severity]}
    if isinstance(rule, Rule):
        shown["properties"] = {
            "tags": [rule.dimension, rule.family],
            "precision": _PRECISION[rule.certainty],
        }
    return shown


def _result(finding: Finding, numbers: dict[str, int]) -> dict[str, Any]:
    advice = f"\n{finding.suggestion}" if finding.suggestion else ""
    return {
        "ruleId": finding.code,
        "ruleIndex": numbers[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}{advice}"},
        "locations": [_location(finding)],
        "partialFingerprints": {"jixiaoContent/v1": fingerprint(finding)},
        "properties": {
            "severity": finding.severity.value,
            "certainty": finding.certainty.value,
            "form": finding.form,
            "place": place_words(finding.source),
            "evidence": dict(finding.evidence),
            "basis": basis_words(finding.basis),
        },
    }


def _accepted(one: Suppressed, numbers: dict[str, int]) -> dict[str, Any]:
    waiver = one.waiver
    excuse = f"{waiver.reason}（{waiver.person}，至 {waiver.until.isoformat()}）"
    suppression = {"kind": "external", "status": "accepted", "justification": excuse}
    return {**_result(one.finding, numbers), "suppressions": [suppression]}


def _location(finding: Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
    line = finding.source.line
    if line is not None and line >= 1:
        physical["region"] = {"startLine": line, "snippet": {"text": finding.quote}}
    logical = {
        "name": field_words(finding.path),
        "fullyQualifiedName": f"forms[{finding.form}].{finding.path}".rstrip("."),
        "kind": "member",
    }
    return {
        "physicalLocation": physical,
        "logicalLocations": [logical],
        "message": {"text": finding.project or field_words(finding.path)},
    }


def _notification(problem: Problem) -> dict[str, Any]:
    return {
        "descriptor": {"id": problem.code},
        "level": "warning",
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(problem.file)}}}],
    }


def _uri(file: str) -> str:
    """A relative reference for a relative path, a file URI for an absolute one."""
    path = PurePosixPath(file.replace("\\", "/"))
    drive = path.parts[0].endswith(":") if path.parts else False
    head = "file:///" if drive else "file://" if path.is_absolute() else ""
    encoded = quote(str(path), safe="/:" if head else "/", errors="surrogateescape")
    return f"{head}{encoded}"


EXPORTER = Exporter(
    code="sarif",
    label="SARIF 2.1.0",
    media_type="application/sarif+json",
    suffix=".sarif",
    write=write,
)

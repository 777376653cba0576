"""Workflow commands that GitHub shows beside the changed lines of a pull request."""

from collections.abc import Iterator
from typing import BinaryIO

from jixiao.audit.finding import Finding, Severity
from jixiao.report.bundle import Exporter, ReportBundle
from jixiao.report.places import field_words

_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.ADVICE: "notice",
    Severity.INFO: "notice",
}


def write(bundle: ReportBundle, stream: BinaryIO) -> None:
    text = "".join(f"{line}\n" for line in _lines(bundle))
    stream.write(text.encode("utf-8", errors="replace"))


def _lines(bundle: ReportBundle) -> Iterator[str]:
    for finding in bundle.report.findings:
        yield _line(finding)
    for problem in bundle.problems:
        yield (
            f"::warning file={_property(problem.file)},title={_property(problem.code)}"
            f"::{_data(problem.message)}"
        )


def _line(finding: Finding) -> str:
    place = [f"file={_property(finding.file)}"]
    if finding.source.line is not None:
        place.append(f"line={finding.source.line}")
    place.append(f"title={_property(f'{finding.code} {field_words(finding.path)}')}")
    words = f"{finding.project}：{finding.message}" if finding.project else finding.message
    if finding.suggestion:
        words = f"{words}\n{finding.suggestion}"
    return f"::{_LEVELS[finding.severity]} {','.join(place)}::{_data(words)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


EXPORTER = Exporter(
    code="github",
    label="GitHub 注释",
    media_type="text/plain; charset=utf-8",
    suffix=".txt",
    write=write,
)

"""What an exporter may see, and what an exporter declares.

An exporter reads nothing but its bundle: no files, no environment, no clock. Adding an output
format means adding one file to `exporters`.
"""

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import BinaryIO

from msgspec import Struct

from jixiao.audit.finding import Finding, Outcome
from jixiao.audit.report import AuditReport
from jixiao.form.forms import Form
from jixiao.foundation.registry import Registry
from jixiao.intake.document import Repair
from jixiao.intake.problem import Problem
from jixiao.intake.result import IntakeResult

_CHECKED = frozenset({Outcome.PASS, Outcome.FINDING, Outcome.SUPPRESSED})


class AuditedForm(Struct, frozen=True, kw_only=True):
    """One form with what was found in it. `number` counts from 1 over all documents.

    `checked` is how many rules could be applied to it: nothing found by no rule is no praise.
    """

    number: int
    form: Form
    findings: tuple[Finding, ...]
    checked: int


class ReportBundle(Struct, frozen=True, kw_only=True, dict=True):
    """The results of reading, what the audit said of them, and how to show it.

    `color` and `width` concern terminals only.
    """

    reading: tuple[IntakeResult, ...]
    report: AuditReport
    color: bool = False
    width: int = 80
    title: str = "绩效目标校核报告"

    @cached_property
    def forms(self) -> tuple[AuditedForm, ...]:
        """All forms in reading order. Of a form read twice, the first one has the findings."""
        found = self._findings_by_form
        forms = [form for result in self.reading for form in result.forms]
        checked = Counter(
            (duty.file, duty.form) for duty in self.report.duties if duty.outcome in _CHECKED
        )
        seen: set[tuple[str, int]] = set()
        audited = []
        for number, form in enumerate(forms, start=1):
            key = (form.file, form.index)
            findings = () if key in seen else tuple(found.get(key, ()))
            seen.add(key)
            audited.append(
                AuditedForm(number=number, form=form, findings=findings, checked=checked[key])
            )
        return tuple(audited)

    @cached_property
    def loose_findings(self) -> tuple[Finding, ...]:
        """Findings about no form of the reading, such as a suppression that has expired."""
        known = {(form.file, form.index) for result in self.reading for form in result.forms}
        return tuple(
            finding
            for finding in self.report.findings
            if (finding.file, finding.form) not in known or _about_a_suppression(finding)
        )

    @cached_property
    def _findings_by_form(self) -> dict[tuple[str, int], list[Finding]]:
        found: dict[tuple[str, int], list[Finding]] = {}
        for finding in self.report.findings:
            if not _about_a_suppression(finding):
                found.setdefault((finding.file, finding.form), []).append(finding)
        return found

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for result in self.reading for problem in result.problems)

    @property
    def repairs(self) -> tuple[tuple[str, Repair], ...]:
        """What was put right while reading, each with its file."""
        return tuple((result.file, repair) for result in self.reading for repair in result.repairs)

    @property
    def indicators(self) -> int:
        return sum(len(audited.form.indicators) for audited in self.forms)


def _about_a_suppression(finding: Finding) -> bool:
    """Such a finding stands in the list of suppressions, not in a form."""
    return finding.path.startswith("suppress[")


class Exporter(Struct, frozen=True, kw_only=True):
    """One output format. `label` is what an official reads, `suffix` begins with a dot."""

    code: str
    label: str
    media_type: str
    suffix: str
    write: Callable[[ReportBundle, BinaryIO], None]


EXPORTERS: Registry[Exporter] = Registry("jixiao.report.exporters", "EXPORTER", "输出格式")

"""The public shape of an audit: schema `jixiao.audit/1`.

Outside programs rely on these names. Keys may be added; none is ever renamed without a new schema
number. Numbers in evidence are strings, null is what is not known.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from jixiao.audit.baseline import fingerprint
from jixiao.audit.finding import Duty, Edit, Finding, Fix
from jixiao.audit.report import Suppressed
from jixiao.foundation.location import SourceRef
from jixiao.intake.result import IntakeResult
from jixiao.report.bundle import ReportBundle
from jixiao.report.findings import citations
from jixiao.report.records import DocumentRecord, ProblemRecord, RepairRecord, read_record

SCHEMA = "jixiao.audit/1"


class BasisRecord(Struct, frozen=True, kw_only=True):
    """What a finding rests on. Only what was read in the text itself is `verified`."""

    id: str
    title: str
    article: str | None
    verified: bool


class EditRecord(Struct, frozen=True, kw_only=True):
    """Replace `old`, the whole text of the cell at `source`, by `new`."""

    source: SourceRef
    old: str
    new: str


class CorrectionRecord(Struct, frozen=True, kw_only=True):
    """A proposed correction."""

    title: str
    edits: tuple[EditRecord, ...]


class FindingRecord(Struct, frozen=True, kw_only=True):
    """One fault at one place; `form` is the index of the form in its file."""

    code: str
    name: str
    severity: str
    certainty: str
    message: str
    suggestion: str | None
    fix: str | None
    file: str
    form: int
    project: str
    path: str
    quote: str
    source: SourceRef
    evidence: Mapping[str, str]
    basis: tuple[BasisRecord, ...]
    preview: bool
    fingerprint: str
    correction: CorrectionRecord | None = None


class OutcomeRecord(Struct, frozen=True, kw_only=True):
    """What became of one rule on one form."""

    code: str
    form: int
    outcome: str
    reason: str
    file: str


class SuppressedRecord(Struct, frozen=True, kw_only=True):
    """A finding somebody answers for."""

    finding: FindingRecord
    reason: str
    person: str
    until: date


class ProfileRecord(Struct, frozen=True, kw_only=True):
    """Which profile was applied to one form, and why."""

    file: str
    form: int
    profile: str
    reason: str


class SummaryRecord(Struct, frozen=True, kw_only=True):
    """Counts; severities and outcomes that did not occur are 0."""

    forms: int
    indicators: int
    by_severity: dict[str, int]
    by_code: dict[str, int]
    by_outcome: dict[str, int]


class AuditRecord(Struct, frozen=True, kw_only=True):
    """The document `jixiao audit --format json` prints."""

    schema: str
    profile: str
    engine_version: str
    as_of: date
    documents: tuple[DocumentRecord, ...]
    profiles: tuple[ProfileRecord, ...]
    findings: tuple[FindingRecord, ...]
    suppressed: tuple[SuppressedRecord, ...]
    outcomes: tuple[OutcomeRecord, ...]
    summary: SummaryRecord
    problems: tuple[ProblemRecord, ...]
    repairs: tuple[RepairRecord, ...]


def audit_record(bundle: ReportBundle) -> AuditRecord:
    """The public record of an audit."""
    report = bundle.report
    bare = read_record(tuple(_without_forms(bundle)))
    return AuditRecord(
        schema=SCHEMA,
        profile=report.profile,
        engine_version=report.engine_version,
        as_of=report.as_of,
        documents=bare.documents,
        profiles=tuple(
            ProfileRecord(file=one.file, form=one.form, profile=one.profile, reason=one.reason)
            for one in report.profiles
        ),
        findings=tuple(map(finding_record, report.findings)),
        suppressed=tuple(map(_suppressed, report.suppressed)),
        outcomes=tuple(map(_outcome, report.duties)),
        summary=summary_record(bundle),
        problems=bare.problems,
        repairs=bare.repairs,
    )


def _without_forms(bundle: ReportBundle) -> list[IntakeResult]:
    return [replace(result, forms=()) for result in bundle.reading]


def summary_record(bundle: ReportBundle) -> SummaryRecord:
    report = bundle.report
    return SummaryRecord(
        forms=report.forms,
        indicators=bundle.indicators,
        by_severity=report.by_severity(),
        by_code=report.by_code(),
        by_outcome=report.by_outcome(),
    )


def finding_record(finding: Finding) -> FindingRecord:
    fix = finding.fix
    return FindingRecord(
        code=finding.code,
        name=finding.name,
        severity=finding.severity.value,
        certainty=finding.certainty.value,
        message=finding.message,
        suggestion=finding.suggestion,
        fix=None if fix is None else "safe" if fix.safe else "unsafe",
        file=finding.file,
        form=finding.form,
        project=finding.project,
        path=finding.path,
        quote=finding.quote,
        source=finding.source,
        evidence=finding.evidence,
        basis=_basis(finding.basis),
        preview=finding.preview,
        fingerprint=fingerprint(finding),
        correction=None if fix is None else _correction(fix),
    )


@lru_cache(maxsize=512)
def _basis(references: tuple[str, ...]) -> tuple[BasisRecord, ...]:
    return tuple(
        BasisRecord(id=one.id, title=one.title, article=one.article, verified=one.verified)
        for one in citations(references)
    )


def _correction(fix: Fix) -> CorrectionRecord:
    return CorrectionRecord(title=fix.title, edits=tuple(map(_edit, fix.edits)))


def _edit(edit: Edit) -> EditRecord:
    return EditRecord(source=edit.at, old=edit.old, new=edit.new)


def _suppressed(one: Suppressed) -> SuppressedRecord:
    return SuppressedRecord(
        finding=finding_record(one.finding),
        reason=one.waiver.reason,
        person=one.waiver.person,
        until=one.waiver.until,
    )


def _outcome(duty: Duty) -> OutcomeRecord:
    return OutcomeRecord(
        code=duty.code,
        form=duty.form,
        outcome=duty.outcome.value,
        reason=duty.reason,
        file=duty.file,
    )

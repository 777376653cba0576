"""The result of an audit: findings, the ledger of duties, and under what they were made."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from operator import itemgetter

from msgspec import Struct

from jixiao.audit.finding import Certainty, Duty, Finding, Outcome, Severity
from jixiao.audit.waiver import Waiver

HARM = {Severity.ERROR: 8, Severity.WARNING: 4, Severity.ADVICE: 2, Severity.INFO: 1}
_SURENESS = {Certainty.SURE: 10, Certainty.LIKELY: 7, Certainty.POSSIBLE: 4}


class Applicable(Struct, frozen=True, kw_only=True):
    """Which profile was applied to one form, and why that one."""

    file: str
    form: int
    profile: str
    reason: str


class Suppressed(Struct, frozen=True, kw_only=True):
    """A finding somebody answers for; it stays visible and does not count."""

    finding: Finding
    waiver: Waiver


class AuditReport(Struct, frozen=True, kw_only=True):
    """`profile` is the one applied to most forms; `profiles` says it form by form.

    `duties` has exactly one line for each rule and form.
    """

    findings: tuple[Finding, ...]
    duties: tuple[Duty, ...]
    profile: str
    profiles: tuple[Applicable, ...]
    engine_version: str
    as_of: date
    suppressed: tuple[Suppressed, ...] = ()

    @property
    def forms(self) -> int:
        return len(self.profiles)

    def by_severity(self) -> dict[str, int]:
        """How many findings of each severity, the gravest first; severities without any are 0."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity.value: counted[severity] for severity in Severity}

    def by_code(self) -> dict[str, int]:
        """How many findings of each rule, in the order of the codes."""
        return dict(sorted(Counter(finding.code for finding in self.findings).items()))

    def by_outcome(self) -> dict[str, int]:
        """How the duties ended; the sum is the number of duties."""
        counted = Counter(duty.outcome for duty in self.duties)
        return {outcome.value: counted[outcome] for outcome in Outcome}

    def at_or_above(self, level: Severity) -> tuple[Finding, ...]:
        """The findings that do at least this harm. Preview rules never block."""
        return tuple(
            finding
            for finding in self.findings
            if HARM[finding.severity] >= HARM[level] and not finding.preview
        )


def rank(finding: Finding) -> int:
    """Harm times certainty: the larger, the earlier a person should look at it."""
    return HARM[finding.severity] * _SURENESS[finding.certainty]


#: Where a finding stands among others; the first of it is the number of its form.
Place = tuple[int, int, int, int, int, int, str, str, str]


def in_order(found: Iterable[tuple[Place, Finding]]) -> list[Finding]:
    """Findings as people read them."""
    return [finding for _, finding in sorted(found, key=itemgetter(0))]


def place_of(position: int, finding: Finding) -> Place:
    """By form, harm, place in the document, and code."""
    at = finding.source
    return (
        position,
        -rank(finding),
        at.page or 0,
        at.table or 0,
        at.row or at.line or 0,
        at.column or 0,
        finding.code,
        finding.path,
        finding.message,
    )

"""Findings somebody answers for: which are accepted today, and what then remains open."""

from collections.abc import Iterable
from datetime import date

from jixiao.audit.finding import Finding
from jixiao.web.filings.models import Filing, Suppression

Accepted = frozenset[tuple[str, str]]


def accepted(filing: Filing, today: date) -> Accepted:
    """Rule and path of what is accepted; an empty path means the rule in the whole form."""
    found = Suppression.objects.filter(filing=filing, until__gte=today)
    return frozenset(found.values_list("code", "path"))


def is_open(finding: Finding, accepted_: Accepted) -> bool:
    """Whether nobody answers for this finding."""
    return not accepted_ or not {(finding.code, finding.path), (finding.code, "")} & accepted_


def open_findings(findings: Iterable[Finding], accepted_: Accepted) -> tuple[Finding, ...]:
    """What remains to be dealt with."""
    return tuple(finding for finding in findings if is_open(finding, accepted_))

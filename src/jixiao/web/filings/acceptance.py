"""Findings somebody answers for: which are accepted today, and what then remains open."""

from collections.abc import Iterable
from datetime import date

from jixiao.audit.finding import Finding
from jixiao.web.filings.models import Filing, Suppression
from jixiao.web.filings.objects import Objects

Accepted = frozenset[tuple[str, str]]
_SUPPRESSIONS = Objects(
    Suppression,
    lambda pk, day: Suppression.objects.filter(filing=pk, until__gte=day).order_by("pk"),
    *(2_000_000_011, date(2001, 1, 1)),
    related=("by",),
).planned_once()


def accepted(filing: Filing, today: date) -> Accepted:
    """Rule and path of what is accepted; an empty path means the rule in the whole form."""
    return places_of(suppressions_of(filing, today))


def suppressions_of(filing: Filing, today: date) -> tuple[Suppression, ...]:
    """What is accepted today, with who answers for it."""
    return tuple(_SUPPRESSIONS.ask(filing.pk, today))


def places_of(suppressions: Iterable[Suppression]) -> Accepted:
    """Rule and path of each."""
    return frozenset((one.code, one.path) for one in suppressions)


def is_open(finding: Finding, accepted_: Accepted) -> bool:
    """Whether nobody answers for this finding."""
    return not accepted_ or not {(finding.code, finding.path), (finding.code, "")} & accepted_


def open_findings(findings: Iterable[Finding], accepted_: Accepted) -> tuple[Finding, ...]:
    """What remains to be dealt with."""
    return tuple(finding for finding in findings if is_open(finding, accepted_))

"""Keeping what is counted in advance; called by every service that changes a filing.

The caller has written its event before: the lock of the agency's chain is held, so that two
who save at once do not both count what they alone see.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from jixiao.audit.finding import Finding
from jixiao.form.codec import decode
from jixiao.lifecycle.journey import DRAFT
from jixiao.web.filings.acceptance import accepted, open_findings
from jixiao.web.filings.content import audited
from jixiao.web.filings.models import DayCount, Filing, FindingCount, Revision, Tally

_GROUPS = ("state", "is_handed_in", "round", "category")


def keep_findings(filing: Filing, findings: Iterable[Finding]) -> None:
    """The counts of a filing's open findings, written where they differ."""
    wanted = dict(Counter((one.code, one.severity.value) for one in findings))
    rows = FindingCount.objects.filter(filing=filing)
    known = {
        (code, severity): (pk, count)
        for pk, code, severity, count in rows.values_list("pk", "code", "severity", "count")
    }
    if {key: count for key, (_, count) in known.items()} == wanted:
        return
    gone = [pk for key, (pk, count) in known.items() if wanted.get(key) != count]
    FindingCount.objects.filter(pk__in=gone).delete()
    FindingCount.objects.bulk_create(
        FindingCount(
            filing=filing,
            agency_path=filing.agency_path,
            budget_year=filing.budget_year,
            code=code,
            severity=severity,
            count=count,
        )
        for (code, severity), count in wanted.items()
        if (code, severity) not in known or known[code, severity][1] != count
    )


def keep_tally(agency_id: int, budget_year: int) -> None:
    """The sums of an agency's filings of a year, made anew: there are few of them."""
    Tally.objects.filter(agency=agency_id, budget_year=budget_year).delete()
    rows = (
        Filing.objects.filter(agency=agency_id, budget_year=budget_year)
        .order_by()
        .annotate(is_handed_in=~Q(state=DRAFT, number=1))
        .values("agency_path", *_GROUPS)
        .annotate(
            filings=Count("pk"),
            with_errors=Count("pk", filter=Q(errors__gt=0)),
            total=Sum("total"),
            indicators=Sum("indicator_count"),
            errors_=Sum("errors"),
            warnings_=Sum("warnings"),
        )
    )
    Tally.objects.bulk_create(
        Tally(
            agency_id=agency_id,
            budget_year=budget_year,
            errors=row.pop("errors_"),
            warnings=row.pop("warnings_"),
            **row,
        )
        for row in rows
    )


def count_day(filing: Filing, code: str, at: datetime) -> None:
    """One more of this on the day of `at`, in the zone of the system."""
    day = timezone.localdate(at)
    named = {
        "agency_id": filing.agency_id,
        "budget_year": filing.budget_year,
        "day": day,
        "code": code,
    }
    if not DayCount.objects.filter(**named).update(count=F("count") + 1):
        DayCount.objects.create(**named, agency_path=filing.agency_path, count=1)


def recount(today: date) -> int:
    """Findings and sums of all filings made anew; how many filings there are."""
    known = 0
    for filing in Filing.objects.order_by("pk").iterator(chunk_size=500):
        with transaction.atomic():
            text = Revision.objects.values_list("form", flat=True).get(
                filing=filing, number=filing.number
            )
            report = audited(decode(text), profile=filing.profile, as_of=today)
            keep_findings(filing, open_findings(report.findings, accepted(filing, today)))
        known += 1
    Tally.objects.all().delete()
    for agency_id, year in (
        Filing.objects.order_by().values_list("agency_id", "budget_year").distinct()
    ):
        with transaction.atomic():
            keep_tally(agency_id, year)
    return known

"""Keeping what is counted in advance; called by every service that changes a filing.

The caller has written its event before: the lock of the agency's chain is held, so that two
who save at once do not both count what they alone see.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from jixiao.audit.finding import Finding
from jixiao.form.codec import decode
from jixiao.lifecycle.journey import DRAFT
from jixiao.web.filings.acceptance import accepted, open_findings
from jixiao.web.filings.content import audited
from jixiao.web.filings.models import DayCount, Filing, FindingCount, Revision, Tally
from jixiao.web.filings.spoken import add_spoken, recount_spoken
from jixiao.web.filings.subtotals import add_changes, differences, sum_anew
from jixiao.web.statements import Read, delete, insert, update

_GROUPS = ("agency_path", "state", "is_handed_in", "round", "category")
_SUMS = ("filings", "with_errors", "total", "indicators", "errors", "warnings", "priced")


def _counts(filing: int) -> "QuerySet[FindingCount, tuple[int, str, str, int]]":
    rows = FindingCount.objects.filter(filing=filing)
    return rows.values_list("pk", "code", "severity", "count")


def _tallies(agency: int, year: int) -> "QuerySet[Tally, tuple[Any, ...]]":
    rows = Tally.objects.filter(agency=agency, budget_year=year)
    return rows.values_list("pk", *_GROUPS, *_SUMS)


def _summed(agency: int, year: int) -> "QuerySet[Filing, tuple[Any, ...]]":
    groups = (
        Filing.objects.filter(agency=agency, budget_year=year)
        .order_by()
        .annotate(is_handed_in=~Q(state=DRAFT, number=1))
        .values(*_GROUPS)
    )
    summed = groups.annotate(
        filings=Count("pk"),
        with_errors=Count("pk", filter=Q(errors__gt=0)),
        total_=Sum("total"),
        indicators=Sum("indicator_count"),
        errors_=Sum("errors"),
        warnings_=Sum("warnings"),
        priced=Count("total"),
    )
    names = ("filings", "with_errors", "total_", "indicators", "errors_", "warnings_", "priced")
    rows: QuerySet[Filing, tuple[Any, ...]] = summed.values_list(*_GROUPS, *names)
    return rows


Sums = Mapping[tuple[Any, ...], tuple[Any, ...]]
_COUNTS, _TALLIES = Read(_counts, 1).planned_once(), Read(_tallies, 1, 2).planned_once()
_SUMMED = Read(_summed, 1, 2).planned_once()


def keep_findings(filing: Filing, findings: Iterable[Finding]) -> None:
    """The counts of a filing's open findings, written where they differ."""
    wanted = dict(Counter((one.code, one.severity.value) for one in findings))
    known = list(_COUNTS.rows(filing.pk))
    add_spoken(filing, {(code, severity): count for _, code, severity, count in known}, wanted)
    for pk, code, severity, count in known:
        now = wanted.pop((code, severity), 0)
        if not now:
            delete(FindingCount, {"pk": pk})
        elif now != count:
            update(FindingCount, {"pk": pk}, {"count": now})
    for (code, severity), count in wanted.items():
        new = {"code": code, "severity": severity, "count": count}
        place = {"agency_path": filing.agency_path, "budget_year": filing.budget_year}
        insert(FindingCount, {"filing_id": filing.pk, **place, **new})


def keep_tally(agency_id: int, budget_year: int) -> None:
    """The sums of an agency's filings of a year, made anew and written where they differ.

    What differs is also told to every place above (`subtotals`).
    """
    for path, changes in _written(agency_id, budget_year):
        add_changes(path, budget_year, changes)


def _written(agency_id: int, budget_year: int) -> list[tuple[str, Sums]]:
    """What became more or less at the paths of an agency, after its own sums are written."""
    size = len(_GROUPS)
    now = {row[:size]: row[size:] for row in _SUMMED.rows(agency_id, budget_year)}
    wanted, before = dict(now), {}
    for pk, *row in _TALLIES.rows(agency_id, budget_year):
        group, old = tuple(row[:size]), tuple(row[size:])
        sums = wanted.pop(group, None)
        if sums == old:
            del now[group]
            continue
        before[group] = old
        if sums is None:
            delete(Tally, {"pk": pk})
        else:
            update(Tally, {"pk": pk}, dict(zip(_SUMS, sums, strict=True)))
    for group, sums in wanted.items():
        values = zip((*_GROUPS, *_SUMS), (*group, *sums), strict=True)
        insert(Tally, {"agency_id": agency_id, "budget_year": budget_year, **dict(values)})
    paths = {group[0] for group in (*now, *before)}
    return [(path, differences(_at(path, now), _at(path, before))) for path in paths]


def _at(path: str, sums: Sums) -> Sums:
    """The sums of this place alone, by what they have in common besides it."""
    return {group[1:]: each for group, each in sums.items() if group[0] == path}


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
    recount_sums()
    return known


def hold_writers() -> None:
    """Whoever changes a filing waits until this transaction ends."""
    if connection.vendor == "postgresql":  # SQLite has one writer anyway
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(Filing._meta.db_table)
            cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")


@transaction.atomic
def recount_sums() -> None:
    """All sums made anew, of agencies and of places; whoever changes a filing waits meanwhile."""
    hold_writers()
    recount_spoken()
    Tally.objects.all().delete()
    pairs = Filing.objects.order_by().values_list("agency_id", "budget_year").distinct()
    for agency_id, year in list(pairs):
        _written(agency_id, year)
    sum_anew()

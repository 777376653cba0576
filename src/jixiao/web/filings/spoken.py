"""Keeping how often rules speak in the forms of an agency: what changed is added, in one statement.

The board asks this for a whole county, where the counts of every filing by itself are half a
million rows. Whoever writes holds the lock of the agency's chain, as for all that is counted.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Q, QuerySet, Sum, Value, When

from jixiao.lifecycle.journey import DRAFT
from jixiao.web.filings.counted import FindingCount, FindingSum
from jixiao.web.filings.models import Filing
from jixiao.web.statements import Read

#: Code and severity of what a filing is told, and how often.
Counts = Mapping[tuple[str, str], int]
#: Whatever was said: the filings that are told anything at all.
ANYTHING = ("", "")
_COLUMNS = (
    *("agency_id", "agency_path", "budget_year", "is_handed_in"),
    *("code", "severity", "filings", "count"),
)
_KEY = ("agency_id", "budget_year", "is_handed_in", "code", "severity")


def is_handed_in(filing: Filing) -> bool:
    """Whether others than its writers have ever seen it."""
    return not (filing.state == DRAFT and filing.number == 1)


def add_spoken(filing: Filing, before: Counts, now: Counts) -> None:
    """A filing that was told this is told that."""
    _add(filing, _differences(before, now, is_handed_in(filing)))


def move_spoken(filing: Filing, *, was_handed_in: bool) -> None:
    """After a step: what a filing is told counts where it stands now."""
    if is_handed_in(filing) is was_handed_in:
        return
    told = {(code, severity): count for code, severity, count in _TOLD.rows(filing.pk)}
    left = _differences(told, {}, was_handed_in)
    _add(filing, [*left, *_differences({}, told, not was_handed_in)])


def recount_spoken() -> None:
    """All of it made anew from the counts of single filings."""
    FindingSum.objects.all().delete()
    kind = ("filing__agency", "agency_path", "budget_year", "handed_in")
    found = FindingCount.objects.order_by().annotate(
        handed_in=Case(When(filing__state=DRAFT, filing__number=1, then=False), default=Value(True))
    )
    told = found.values_list(*kind, "code", "severity").annotate(Count("pk"), Sum("count"))
    any_of = found.values_list(*kind).annotate(Count("filing", distinct=True))
    rows = [*told.iterator(), *((*row[:-1], *ANYTHING, row[-1], 0) for row in any_of.iterator())]
    FindingSum.objects.bulk_create(
        (FindingSum(**dict(zip(_COLUMNS, row, strict=True))) for row in rows), batch_size=500
    )


def _told(filing: int) -> "QuerySet[FindingCount, tuple[str, str, int]]":
    return FindingCount.objects.filter(filing=filing).values_list("code", "severity", "count")


_TOLD = Read(_told, 1)


def _differences(before: Counts, now: Counts, handed_in: bool) -> Iterable[tuple[Any, ...]]:
    """Group by group: how many filings more or less, and how often more or less."""
    for group in {**before, **now}:
        count = now.get(group, 0) - before.get(group, 0)
        if count:
            yield (handed_in, *group, (group in now) - (group in before), count)
    if bool(before) is not bool(now):
        yield (handed_in, *ANYTHING, 1 if now else -1, 0)


def _add(filing: Filing, changes: Iterable[tuple[Any, ...]]) -> None:
    place = (filing.agency_id, filing.agency_path, filing.budget_year)
    rows = [(*place, *change) for change in changes]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_sql(len(rows), connection.vendor), [one for row in rows for one in row])


@cache
def _sql(count: int, _vendor: str) -> str:
    quoted = connection.ops.quote_name
    table = quoted(FindingSum._meta.db_table)
    marks = ", ".join([f"({', '.join(['%s'] * len(_COLUMNS))})"] * count)
    more = ", ".join(
        f"{quoted(name)} = {table}.{quoted(name)} + excluded.{quoted(name)}"
        for name in ("filings", "count")
    )
    names, key = ", ".join(map(quoted, _COLUMNS)), ", ".join(map(quoted, _KEY))
    added = f"INSERT INTO {table} ({names}) VALUES {marks}"  # noqa: S608  names only
    return f"{added} ON CONFLICT ({key}) DO UPDATE SET {more}"


def told_to(found: "QuerySet[FindingSum]", field: str) -> "QuerySet[FindingSum, tuple[Any, ...]]":
    """By code or by place: filings, errors, warnings, everything; where anything is said at all."""
    is_any = Q(code=ANYTHING[0])
    counted = is_any if field == "agency_path" else ~is_any
    sums = {
        "told": Sum("filings", filter=counted, default=0),
        "errors": Sum("count", filter=Q(severity="error"), default=0),
        "warnings": Sum("count", filter=Q(severity="warning"), default=0),
        "every": Sum("count", default=0),
    }
    grouped = found.order_by().values(field).annotate(**sums).filter(every__gt=0)
    rows: QuerySet[FindingSum, tuple[Any, ...]] = grouped.values_list(field, *sums)
    return rows

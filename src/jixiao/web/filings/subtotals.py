"""Keeping the sums of every place of the tree: a write adds rows, now and then they are folded.

Adding to one row of the whole county would make every writer wait for the one before; summing the
rows of all agencies takes the longer the more there are. So what a write changed is added as rows
of its own, and whoever asks sums these as well. Every `_FOLDED_EVERY` rows they are folded into
one row for each place and kind; two who fold at once take different changes.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice
from typing import Any

from django.db import connection

from jixiao.web.agencies.models import STEP
from jixiao.web.filings.counted import Subtotal, Tally
from jixiao.web.filings.placed import plus

GROUPS = ("state", "is_handed_in", "round", "category")
SUMS = ("filings", "with_errors", "total", "indicators", "errors", "warnings", "priced")
_KIND = ("place_path", "budget_year", *GROUPS)
_COLUMNS = (*_KIND, *SUMS)
_FOLDED_EVERY = 96
_BATCH = 2000

Group = tuple[Any, ...]
Amounts = tuple[Any, ...]


def add_changes(path: str, year: int, changes: Mapping[Group, Amounts]) -> None:
    """What became more or less at this agency, added for it and for every place above."""
    places = [path[:end] for end in range(STEP, len(path) + 1, STEP)]
    rows = [
        (place, year, *group, *amounts)
        for group, amounts in changes.items()
        if any(amounts)
        for place in places
    ]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(_insert_sql(len(rows), connection.vendor), _sent(rows))
        last = cursor.fetchall()[-1][0]
    if last % _FOLDED_EVERY < len(rows):
        fold()


def sum_anew() -> None:
    """The sums of all places from those of all agencies; what was kept before is gone."""
    known: dict[tuple[Any, ...], Amounts] = {}
    columns = ("agency_path", "budget_year", *GROUPS, *SUMS)
    size = len(columns) - len(SUMS)
    for path, *row in Tally.objects.values_list(*columns).iterator():
        amounts = tuple(amount or 0 for amount in row[size - 1 :])
        for end in range(STEP, len(path) + 1, STEP):
            kind = (path[:end], *row[: size - 1])
            old = known.get(kind)
            known[kind] = amounts if old is None else plus(old, amounts)
    Subtotal.objects.all().delete()
    rows = (
        Subtotal(is_change=False, **dict(zip(_COLUMNS, (*kind, *amounts), strict=True)))
        for kind, amounts in sorted(known.items())
    )
    while batch := list(islice(rows, _BATCH)):
        Subtotal.objects.bulk_create(batch)


def fold() -> int:
    """Put the changes there are into the sums they belong to; how many there were."""
    waiting = Subtotal.objects.filter(is_change=True).order_by("pk")
    changes = list(waiting.select_for_update(skip_locked=True).values_list("pk", *_COLUMNS))
    known: dict[tuple[Any, ...], Amounts] = {}
    size = len(_KIND)
    for _, *row in changes:
        kind, amounts = tuple(row[:size]), tuple(row[size:])
        known[kind] = plus(known[kind], amounts) if kind in known else amounts
    # In one order, so that two who fold never wait for each other in a circle.
    for kind in sorted(known):
        _fold_one(dict(zip(_KIND, kind, strict=True)), known[kind])
    Subtotal.objects.filter(pk__in=[pk for pk, *_ in changes]).delete()
    return len(changes)


def _fold_one(kind: Mapping[str, Any], amounts: Amounts) -> None:
    if not any(amounts):
        return
    found = Subtotal.objects.filter(is_change=False, **kind).order_by("pk")
    row = found.select_for_update().values_list("pk", *SUMS).first()
    if row is None:
        Subtotal.objects.create(is_change=False, **kind, **dict(zip(SUMS, amounts, strict=True)))
        return
    pk, *known = row
    sums = [old + more for old, more in zip(known, amounts, strict=True)]
    this = Subtotal.objects.filter(pk=pk)
    if any(sums):
        this.update(**dict(zip(SUMS, sums, strict=True)))
    else:
        this.delete()


def differences(
    now: Mapping[Group, Amounts], before: Mapping[Group, Amounts]
) -> dict[Group, Amounts]:
    """What became more or less in each group; a total nobody states adds nothing."""
    nothing = (0,) * len(SUMS)
    return {
        group: tuple(
            (new or 0) - (old or 0)
            for new, old in zip(now.get(group, nothing), before.get(group, nothing), strict=True)
        )
        for group in {**before, **now}
    }


def _sent(rows: Iterable[tuple[Any, ...]]) -> list[Any]:
    prepare = _prepared()
    return [
        change(value, connection)
        for row in rows
        for change, value in zip(prepare, row, strict=True)
    ]


@cache
def _prepared() -> tuple[Any, ...]:
    fields = {one.name: one for one in Subtotal._meta.concrete_fields}
    return tuple(fields[name].get_db_prep_save for name in _COLUMNS)


@cache
def _insert_sql(count: int, _vendor: str) -> str:
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(name) for name in ("is_change", *_COLUMNS))
    marks = ", ".join([f"(TRUE, {', '.join(['%s'] * len(_COLUMNS))})"] * count)
    table = quoted(Subtotal._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES {marks} RETURNING id"  # noqa: S608  names only

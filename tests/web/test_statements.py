"""Statements made once say what the ORM would say, on both databases."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Membership
from jixiao.web.filings.models import DayCount, Filing, Revision
from jixiao.web.statements import Read, insert, update

NOW = datetime(2026, 11, 22, 2, 0, 0, 123456, tzinfo=UTC)


def test_a_value_that_is_nowhere_in_the_statement_is_a_fault(db: None) -> None:
    forgetful = Read(lambda number, day: User.objects.filter(pk=number).values_list("pk"), 1, NOW)
    with pytest.raises(AssertionError):
        forgetful.first(1, NOW)


def test_a_constant_that_looks_like_an_example_stays_what_it_is(
    a_filing: Callable[..., Filing],
) -> None:
    filing = a_filing()
    first = Read(lambda pk: Filing.objects.filter(pk=pk, number=1).values_list("pk"), 1)
    assert first.first(filing.pk) == (filing.pk,)
    Filing.objects.filter(pk=filing.pk).update(number=filing.pk + 1)
    assert first.first(filing.pk) is None


def test_rows_are_read_as_their_fields_understand_them(
    a_filing: Callable[..., Filing],
) -> None:
    filing = a_filing()
    columns = ("pk", "project_key", "total", "updated_at", "due_on", "is_key")
    asked = Read(
        lambda pk, since: Filing.objects.filter(pk=pk, updated_at__gte=since).values_list(*columns),
        *(1, datetime(2000, 1, 1, tzinfo=UTC)),
    )
    long_ago = NOW - timedelta(days=9999)
    for _ in range(2):
        expected = Filing.objects.filter(pk=filing.pk).values_list(*columns)
        assert list(asked.rows(filing.pk, long_ago)) == list(expected)
        Filing.objects.filter(pk=filing.pk).update(total=None, is_key=True, due_on=NOW.date())
    assert asked.first(filing.pk, timezone.now() + timedelta(days=9999)) is None
    assert asked.first(filing.pk + 1, long_ago) is None


def test_values_go_to_their_own_places(county: dict[str, object]) -> None:
    def held(user: int, day: date) -> "QuerySet[Membership, tuple[int]]":
        within = Membership.objects.filter(starts_on__lte=day, user=user)
        return within.filter(Q(ends_on=None) | Q(ends_on__gte=day)).values_list("pk")

    asked, day = Read(held, 1, date(2000, 1, 1)), date(2026, 11, 22)
    for user in User.objects.all():
        assert sorted(asked.rows(user.pk, day)) == sorted(held(user.pk, day))
    assert any(asked.first(user.pk, day) for user in User.objects.all())
    assert asked.first(User.objects.get(username="taole").pk, date(1999, 1, 1)) is None


def test_an_update_writes_what_it_names_where_everything_asked_holds(
    a_filing: Callable[..., Filing],
) -> None:
    filing = a_filing()
    values = {"total": Decimal("12.30"), "updated_at": NOW, "project_name": "新的名称"}
    assert update(Filing, {"pk": filing.pk, "lock_version": 99}, values) == 0
    assert Filing.objects.get(pk=filing.pk).project_name == filing.project_name
    found = {"id": filing.pk, "lock_version": filing.lock_version, "state": "draft"}
    assert update(Filing, found, values) == 1
    now = Filing.objects.get(pk=filing.pk)
    assert (now.total, now.updated_at, now.project_name) == tuple(values.values())
    assert now.project_key == filing.project_key
    author = User.objects.get(username="zhuguan")
    assert update(Revision, {"filing_id": filing.pk, "number": 1}, {"author_id": author.pk}) == 1
    assert Revision.objects.get(filing=filing).author == author


def test_a_new_row_has_its_key(a_filing: Callable[..., Filing]) -> None:
    filing = a_filing()
    values = {
        "agency_id": filing.agency_id,
        "agency_path": filing.agency_path,
        "budget_year": 2022,
        "day": date(2026, 11, 21),
        "code": "filing.tested",
        "count": 3,
    }
    key = insert(DayCount, values)
    assert DayCount.objects.filter(**values).get().pk == key
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(DayCount, values)

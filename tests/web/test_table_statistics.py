"""SQLite is told to take stock of its tables; then a common value is not looked up by its index."""

import pytest
from django.db import connection

from jixiao.web.filings.models import Filing
from jixiao.web.filings.statistics import look_at_tables


def test_nothing_is_asked_of_a_database_that_looks_by_itself(
    db: None, django_assert_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "vendor", "postgresql")
    with django_assert_num_queries(0):  # type: ignore[operator]
        look_at_tables()


def test_the_planner_knows_how_common_a_year_is(a_filing) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL looks by itself")
    a_filing(4)
    one = Filing.objects.get()
    Filing.objects.bulk_create(
        Filing(
            agency=one.agency, agency_path=one.agency_path, project_name=f"项目{number}",
            budget_year=2027, stage=one.stage, state="approved", layout="", number=1,
            total=number, created_by=one.created_by, updated_at=one.updated_at,
        )
        for number in range(400)
    )  # fmt: skip
    look_at_tables()
    year = Filing.objects.filter(budget_year=2027, total__isnull=False)
    plan = year.order_by("-total", "-pk").values("pk")[:51].explain()
    assert "filings_by_total" in plan, plan

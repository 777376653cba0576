"""The county of the benchmark of lists: 30 departments with 10 units each, and its filings.

Every column is drawn apart from the others (seeded), so that no two of them go together by
accident: sums, filters and orders meet as many kinds of rows as a county has. The first `NEAR`
filings belong to the department and the unit whose people are asked about, so that their pages
are full in a small database too.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from jixiao.lifecycle.journey import journey_of
from jixiao.lifecycle.roles import AgencyKind, RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.services import add_agency, grant
from jixiao.web.filings.content import bigrams
from jixiao.web.filings.counting import recount_sums
from jixiao.web.filings.models import Filing, FindingCount

RARE, OFTEN, EVERYWHERE = "水库", "道路", "项目"
DEPARTMENTS, UNITS, YEARS = 30, 10, range(2024, 2028)
#: Filings of the unit asked about (drafts sent back, then waiting); with those of its department.
UNIT, NEAR = 60, 200
_STATES = [state.code for state in journey_of().stage.states]
#: Most of what a county has kept for years is done.
_WEIGHTS = [12 if code == "issued" else 4 if code == "approved" else 1 for code in _STATES]
_CATEGORIES = ("基本民生", "机构运转", "专项业务", "基本建设", "")
_BATCH = 2000


def fill(size: int) -> None:
    """The county, its people and this many filings, with all that is counted in advance."""
    units = _agencies()
    made = 0
    batch: list[Filing] = []
    user = User.objects.get(username="jixiao")
    for row in _filings(size, units, user):
        batch.append(row)
        if len(batch) == _BATCH or made + len(batch) == size:
            made += len(_kept(batch))
            batch.clear()
    recount_sums()


def settle() -> None:
    """What either database does by itself after a while: statistics, pages known to be visible."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _kept(batch: list[Filing]) -> list[Filing]:
    made = Filing.objects.bulk_create(batch)
    FindingCount.objects.bulk_create(
        FindingCount(
            filing=one, agency_path=one.agency_path, budget_year=one.budget_year,
            code=f"JX{one.pk % 40:03}", severity="error", count=one.errors,
        )
        for one in made if one.errors
    )  # fmt: skip
    return made


def _agencies() -> list[Agency]:
    with transaction.atomic():
        county = add_agency(code="c", name="某县", kind=AgencyKind.COUNTY, parent=None)
        departments = [
            add_agency(code=f"{at:03}", name=f"第{at}局", kind=AgencyKind.DEPARTMENT, parent=county)
            for at in range(DEPARTMENTS)
        ]
        units = [
            add_agency(
                code=f"{one.code}{at:03}",
                name=f"{one.name}{at}站",
                kind=AgencyKind.UNIT,
                parent=one,
            )
            for one in departments
            for at in range(UNITS)
        ]
        for name, role, place in (
            ("jixiao", RoleCode.PERFORMANCE_DIVISION, county),
            ("dept", RoleCode.DEPARTMENT_REVIEWER, departments[0]),
            ("unit", RoleCode.PREPARER, units[0]),
        ):
            user = User.objects.create_user(username=name, full_name=name, password=None)
            grant(user=user, agency=place, role=role, starts_on=date(2021, 1, 1))
    return units


def _filings(size: int, units: list[Agency], user: User) -> Iterator[Filing]:
    chance, now, today = Random(20270101), timezone.now(), timezone.localdate()
    for number in range(size):
        unit, state = chance.choice(units), chance.choices(_STATES, _WEIGHTS)[0]
        if number < NEAR:
            unit = units[0] if number < 2 * UNIT else units[number % UNITS]
            state = "draft" if number < UNIT else "with_department"
        name = f"第{chance.randrange(997)}号{chance.choice((OFTEN, '设备', '培训'))}{EVERYWHERE}"
        rest = f"{RARE if number < 40 else '完成率'} 服务对象满意度 按期完成"
        yield Filing(
            agency=unit, agency_path=unit.path, project_name=name, stage="target_setting",
            budget_year=chance.choice(YEARS), state=state, layout="", number=2,
            round=chance.choice(("一上", "二上")), category=chance.choice(_CATEGORIES),
            total=None if chance.random() < 0.02 else Decimal(chance.randrange(9973) * 100),
            indicator_count=chance.randrange(5, 25), is_key=chance.random() < 0.1,
            errors=chance.randrange(1, 5) if chance.random() < 0.2 else 0,
            warnings=chance.randrange(3), grade=chance.choice(("", "", "优", "良", "中", "差")),
            due_on=today + timedelta(days=chance.randrange(-20, 40)) if chance.random() < 0.5 else None,
            created_by=user, updated_at=now - timedelta(seconds=chance.randrange(4 * 31_000_000)),
            words=bigrams(f"{name} {rest}"),
        )  # fmt: skip

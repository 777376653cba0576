"""One table of words narrows pages, exports, totals and the API alike."""

from decimal import Decimal

import pytest
from django.utils import timezone

from jixiao.web.api.schemas.filings import Filters
from jixiao.web.filings.content import bigrams
from jixiao.web.filings.counting import keep_tally
from jixiao.web.filings.models import Filing
from jixiao.web.filings.narrowing import COLUMNS, NARROWING, narrowed
from jixiao.web.filings.summing import by_category, by_department, by_state, sums_of
from tests.web.api import Program
from tests.web.conftest import NOW, TODAY

#: Every word with values that find something, and some that find nothing.
ASKED = {
    "year": ("2027", "1999", "²"),
    "state": ("with_department", "nowhere"),
    "round": ("一上", "二下"),
    "category": ("民生类", "别的"),
    "agency": ("055001", "055"),
    "under": ("055", "055001", "999"),
    "grade": ("优", "none"),
    "trouble": ("errors", "warnings", "none"),
    "key": ("1",),
    "overdue": ("1",),
    "waiting": ("1",),
    "returned": ("1", "no"),
    "updated_since": (
        NOW.isoformat(),
        "2099-01-01T00:00:00+00:00",
        "0712-01-09T15:35:51.1-21:16",  # further from Greenwich than any place, or any database
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+12:00",
    ),
    "q": ("垃圾", "没有这个词"),
}


@pytest.fixture
def season(county, person):
    """Filings of two units that differ in everything that can be asked for."""
    user = person("taole").user
    for at in (county["055001"], county["055002"]):
        Filing.objects.bulk_create(
            Filing(
                agency=at, agency_path=at.path, project_name=f"项目{number}", number=1,
                budget_year=2027 - number % 2, stage="target_setting", layout="",
                state="with_department" if number % 3 else "with_unit_head",
                round="一上" if number % 2 else "一下", category="民生类" if number % 4 else "",
                grade="优" if number % 5 == 0 else "", total=Decimal(number), errors=number % 3,
                warnings=number % 2, indicator_count=number, is_key=number % 4 == 0,
                due_on=TODAY.replace(year=2000 + 99 * (number % 2)), created_by=user,
                updated_at=NOW, words=bigrams("垃圾清运" if number % 3 == 0 else "道路"),
            )
            for number in range(12)
        )  # fmt: skip
        for year in (2026, 2027):
            keep_tally(at.pk, year)


def cases():
    return [{name: text} for name, texts in ASKED.items() for text in texts] + [
        {"under": "055", "trouble": "errors", "q": "垃圾"},
        {"year": "2027", "waiting": "1", "grade": "none"},
    ]


def test_pages_and_programs_know_the_same_words():
    assert set(Filters.model_fields) == set(NARROWING) == set(ASKED)


@pytest.mark.parametrize("asked", cases(), ids=str)
class TestEveryWord:
    def test_totals_and_groups_are_of_what_is_listed(self, season, person, asked):
        who = person("zhuguan")
        found = list(narrowed(who, asked))
        for groups in (
            [one.sums for one in by_department(who, asked)],
            [one.sums for one in by_category(who, asked)],
            list(by_state(who, asked).values()),
            [sums_of(who, asked, narrowed(who, asked), whole=True)],
        ):
            assert sum(one.filings for one in groups) == len(found)
            assert sum(one.errors for one in groups) == sum(one.errors for one in found)
            assert sum(one.warnings for one in groups) == sum(one.warnings for one in found)
            assert sum(one.indicators for one in groups) == sum(
                one.indicator_count for one in found
            )
            assert sum(one.total or 0 for one in groups) == sum(one.total or 0 for one in found)

    def test_the_totals_page_says_so(self, season, person, signed_in, asked):
        count = narrowed(person("zhuguan"), asked).count()
        page = signed_in("zhuguan").get("/filings/totals", asked)
        assert page.context["sums"].filings == count
        assert sum(one.sums.filings for one in page.context["departments"]) == count

    def test_the_program_gets_the_same(self, season, person, asked):
        if asked.get("year") == "²":
            Program("zhuguan").get("/filings", status=422, **asked)
            return
        found = {one.pk for one in narrowed(person("zhuguan"), asked)}
        program = Program("zhuguan")
        listed = program.get("/filings", limit=200, **asked)["items"]
        assert {one["id"] for one in listed} == found
        totals = program.get("/filings/totals", **asked)
        assert totals["count"] == len(found)
        for part in ("by_department", "by_category"):
            assert sum(one["count"] for one in totals[part]) == len(found)


def test_a_link_of_the_totals_keeps_every_condition(season, signed_in):
    page = signed_in("zhuguan").get("/filings/totals", {"trouble": "errors", "year": "2027"})
    assert "/filings?year=2027&amp;trouble=errors&amp;under=055" in page.content.decode()


@pytest.mark.parametrize(
    "order", [*COLUMNS, *(f"-{name}" for name in COLUMNS), "newest", "changed"]
)
def test_every_order_is_walked_whole_while_rows_arrive(season, person, signed_in, order):
    """Pages of programs and of people stand in the same order; new rows double or hide nothing."""
    program, user = Program("zhuguan"), person("taole").user
    before = list(Filing.objects.values_list("pk", flat=True))
    template = Filing.objects.first()
    seen, cursor = [], None
    while True:
        more = {} if cursor is None else {"cursor": cursor}
        got = program.get("/filings", limit=5, order=order, **more)
        seen += [one["id"] for one in got["items"]]
        Filing.objects.create(
            agency=template.agency, agency_path=template.agency_path, project_name="项目5",
            number=1, budget_year=2027, stage=template.stage, state="with_department",
            layout="", total=Decimal(5), errors=1, created_by=user, updated_at=timezone.now(),
        )  # fmt: skip
        cursor = got["next"]
        if cursor is None or len(seen) > 100:
            break
    assert len(seen) == len(set(seen))
    assert set(before) <= set(seen)
    page = signed_in("zhuguan").get("/filings", {"order": order})
    listed = program.get("/filings", limit=50, order=order)["items"]
    assert [one.pk for one in page.context["page"].rows] == [one["id"] for one in listed]

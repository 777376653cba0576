"""Lists: search by pairs of characters, pages by key, sums, saved views, bounded work."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jixiao.web.filings import search
from jixiao.web.filings.content import bigrams
from jixiao.web.filings.counting import keep_tally, recount
from jixiao.web.filings.models import DayCount, Filing, FindingCount, SavedView, Tally
from jixiao.web.filings.narrowing import COLUMNS, narrowed
from jixiao.web.filings.selectors import containing, visible_to
from jixiao.web.filings.summing import by_category, by_department, sums_of
from jixiao.web.filings.waiting import waiting_counts
from jixiao.web.filings.walking import lines, walk
from jixiao.web.workflow.filing import save_draft
from jixiao.web.workflow.models import Event
from tests.web.conftest import NOW, TODAY
from tests.web.test_journey import JOURNEY, accept_everything, step

#: Queries of a page, whatever the number of rows.
LIST_QUERIES, SEARCH_QUERIES = 7, 10


@pytest.fixture
def many(county, person):
    """Rows as a season leaves them: with and without money, terms and grades."""

    def make(count: int, **more) -> list[Filing]:
        user = person("taole").user
        at = county["055001"]
        made = Filing.objects.bulk_create(
            Filing(
                agency=at, agency_path=at.path, project_name=f"项目{number % 7}", budget_year=2027,
                stage="target_setting", state="with_department", layout="", number=1,
                total=None if number % 3 == 0 else Decimal(number), errors=number % 2,
                due_on=None if number % 4 == 0 else TODAY + timedelta(days=number % 5),
                created_by=user, updated_at=NOW - timedelta(minutes=number % 11),
                words="垃圾 圾清 清运 运" if number % 10 == 0 else "道路 路", **more,
            )
            for number in range(count)
        )  # fmt: skip
        keep_tally(at.pk, 2027)
        return made

    return make


def names(found):
    return sorted(found.values_list("project_name", flat=True))


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        ("垃圾", 1), ("圾清运", 1), ("垃 圾", 1), ("垃", 1), ("运", 1), ("垃圾 清运", 1),
        ("垃圾厂", 0), ("、。", 0), ("'", 0), ('"*', 0), ("垃圾' | 'x", 0), ("镇区维修维护", 1),
        ("NEAR", 1), ("", 2), ("2", 1), ("2022年", 1), ("30", 1), ("0", 2),
    ],
)  # fmt: skip
def test_words_are_found_by_their_pairs(a_filing, asked, hits):
    for number, text in ((4, "镇区维修维护、垃圾清运2022年"), (13, "道路 near 30米")):
        Filing.objects.filter(pk=a_filing(number).pk).update(words=bigrams(text))
    found = containing(Filing.objects.all(), asked)
    assert found.count() == hits, names(found)


def test_the_index_follows_every_change(a_filing):
    filing = a_filing(4)
    Filing.objects.filter(pk=filing.pk).update(words="桥梁 梁")
    assert containing(Filing.objects.all(), "桥梁").count() == 1
    assert containing(Filing.objects.all(), "垃圾").count() == 0
    Filing.objects.filter(pk=filing.pk).update(project_name="别的")
    assert containing(Filing.objects.all(), "桥梁").count() == 1


def test_a_frequent_word_is_found_as_well(many, person, monkeypatch):
    many(700)
    for most in (3000, 100):  # once through the index alone, once row by row where it is frequent
        monkeypatch.setattr(search, "_OFTEN", most)
        found = visible_to(person("taole"))
        for asked, hits in (("道路", 630), ("路", 630), ("道", 630), ("圾清", 70), ("垃", 70)):
            assert containing(found, asked).count() == hits, asked


@pytest.mark.parametrize("order", [sign + name for name in COLUMNS for sign in ("", "-")])
def test_pages_there_and_back_meet_every_row_once(many, person, order):
    many(53)
    found = visible_to(person("taole"))
    forward, after, last_page = [], "", None
    while True:
        page = walk(found, order, after=after, size=10)
        forward += [one.pk for one in page.rows]
        last_page = page
        if not page.after:
            break
        after = page.after
    assert len(forward) == len(set(forward)) == 53
    back, before = [one.pk for one in last_page.rows], last_page.before
    while before:
        page = walk(found, order, before=before, size=10)
        back = [one.pk for one in page.rows] + back
        before = page.before
    assert back == forward


@pytest.mark.parametrize("order", ["updated", "-updated", "total", "name"])
def test_pages_as_they_are_shown_are_those_that_are_walked(many, person, order):
    many(130)
    Filing.objects.filter(pk__in=Filing.objects.values("pk")[40:80]).update(updated_at=NOW)
    for name in ("taole", "zhuguan", "jixiao"):
        who, found = person(name), visible_to(person(name))
        for asked in ({}, {"state": "with_department"}, {"q": "道路"}):
            mark, met = "", 0
            for _ in range(4):
                shown = lines(who, asked, order, after=mark)
                walked = walk(narrowed(who, asked), order, after=mark)
                assert [one.pk for one in shown.rows] == [one.pk for one in walked.rows]
                assert (shown.after, shown.before) == (walked.after, walked.before)
                back = lines(who, asked, order, before=shown.before)
                known = walk(narrowed(who, asked), order, before=shown.before)
                assert [one.pk for one in back.rows] == [one.pk for one in known.rows]
                mark, met = shown.after, met + len(shown.rows)
                if not mark:
                    break
            assert met == narrowed(who, asked).count() <= found.count()


@pytest.mark.parametrize("mark", ["x", "W10", "W1sxXV0", "e30", "WyJ0b3RhbCIsICIxZTk5OTk5IiwgMV0"])
def test_a_mark_that_is_none_begins_at_the_beginning(many, person, mark):
    many(5)
    assert len(walk(visible_to(person("taole")), "total", after=mark).rows) == 5


def test_blanks_count_least(many, person):
    many(9)
    totals = [one.total for one in walk(visible_to(person("taole")), "total").rows]
    assert totals[-3:] == [None] * 3
    assert [one.total for one in walk(visible_to(person("taole")), "-total").rows][:3] == [None] * 3


def test_every_filter_narrows(many, person):
    many(20)
    who = person("taole")
    for asked in (
        {"year": "2026"}, {"state": "draft"}, {"round": "一上"}, {"under": "021"},
        {"agency": "021001"}, {"category": "x"}, {"grade": "优"}, {"key": "1"}, {"overdue": "1"},
        {"under": "nowhere"},
    ):  # fmt: skip
        assert narrowed(who, asked).count() == 0, asked
    assert narrowed(who, {"trouble": "errors"}).count() == 10
    assert narrowed(who, {"trouble": "none", "grade": "none", "under": "055"}).count() == 10


def test_sums_agree_with_the_rows(many, a_filing, person):
    many(30)
    a_filing(4)
    for name in ("taole", "zhuguan", "jixiao", "nongji", "xitong"):
        who = person(name)
        found = visible_to(who)
        said = sums_of(who, {}, found)
        assert said.filings == found.count(), name
        assert said.with_errors == found.filter(errors__gt=0).count()
        whole = sums_of(who, {"trouble": "errors"}, found.filter(errors__gt=0))
        assert whole.filings == said.with_errors
    assert sum(one.sums.filings for one in by_department(person("jixiao"), {})) == 30
    assert sum(one.sums.filings for one in by_category(person("taole"), {})) == 31
    turns = {state.code: state.turn for state in JOURNEY.stage.states}
    assert waiting_counts(person("zhuguan"), turns) == {"with_department": 30}


def test_what_is_counted_follows_the_services(a_filing, person, sample_forms):
    filing = a_filing(5)
    assert FindingCount.objects.filter(filing=filing, severity="error").exists()
    assert Tally.objects.get(state="draft").with_errors == 1
    save_draft(
        actor=person("taole"), filing=filing, form=sample_forms[12],
        lock_version=0, journey=JOURNEY, now=NOW,
    )  # fmt: skip
    kept = list(FindingCount.objects.order_by("code").values_list("code", "count"))
    accept_everything(filing, person)
    step(person, filing, "taole", "submit")
    tally = Tally.objects.get()
    assert (tally.state, tally.is_handed_in, tally.filings) == ("with_unit_head", True, 1)
    assert DayCount.objects.get(code="filing.submitted").count == 1
    FindingCount.objects.all().delete()
    Tally.objects.all().delete()
    assert recount(TODAY) == 1
    assert Tally.objects.get().filings == 1
    assert len(FindingCount.objects.all()) <= len(kept)  # what was accepted since is left out


def test_the_number_of_queries_is_the_same_for_few_and_many(many, signed_in):
    browser = signed_in("jixiao")
    browser.get("/filings")  # the first answer of a session writes it
    counts = []
    for more in (1, 60, 400):
        many(more)
        for address in ("/filings", "/filings?q=道路"):
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(address).status_code == 200
            counts.append(len(asked))
    assert max(counts[::2]) <= LIST_QUERIES, counts
    assert max(counts[1::2]) <= SEARCH_QUERIES, counts


def test_views_are_kept_shared_and_forgotten(signed_in, county):
    browser = signed_in("taole")
    browser.post(
        "/filings/views", {"name": "本年错误", "query": "year=2027&trouble=errors&after=x"}
    )
    mine = SavedView.objects.get()
    assert mine.query == "year=2027&trouble=errors"
    assert "本年错误" in browser.get("/filings").content.decode()
    assert "本年错误" not in signed_in("taole2").get("/filings").content.decode()
    browser = signed_in("taole")
    browser.post("/filings/views", {"name": "本年错误", "query": mine.query, "shared": "1"})
    assert "本年错误" in signed_in("taole2").get("/filings").content.decode()
    signed_in("taole2").post("/filings/views", {"forget": str(mine.pk)})
    assert SavedView.objects.count() == 1  # not theirs to remove
    signed_in("taole").post("/filings/views", {"forget": str(mine.pk)})
    assert SavedView.objects.count() == 0
    assert Event.objects.filter(code__startswith="view.").count() == 3


def test_totals_page(many, signed_in):
    many(4)
    page = signed_in("jixiao").get("/filings/totals?year=2027").content.decode()
    assert "平罗县陶乐镇人民政府" in page
    assert signed_in("jixiao").get("/filings/totals?under=055").status_code == 200

"""Windows and the calendar: who may, when submission is refused, who is reminded, once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from jixiao.lifecycle.holidays import read_days
from jixiao.lifecycle.machine import Refused
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.models import Event, Holiday, Notice, Window
from jixiao.web.workflow.reminders import remind
from tests.web.conftest import TODAY
from tests.web.test_journey import accept_everything, step

LAYOUT = "nx_pingluo/project_target_2022"
ASKED = {
    "agency": "640221", "year": "2022", "round": "一上", "opens_on": "2026-11-01",
    "closes_on": "2026-11-20", "layout": "", "profile": "",
}  # fmt: skip
MORNING = datetime(2026, 11, 22, 7, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def asked():
    from jixiao.web.desk.views.windows import _layouts  # the layouts offered on the page

    return ASKED | {"layout": _layouts()[0].id}


def test_only_the_budget_division_opens(signed_in, asked):
    for name in ("taole", "jixiao", "xitong"):
        assert signed_in(name).post("/windows", asked).status_code == 403
        assert signed_in(name).post("/holidays", {"days": "2027-01-01 元旦"}).status_code == 403
    assert not Window.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("agency", "nowhere"), ("year", "27"), ("round", "三上"), ("opens_on", ""),
     ("closes_on", "2026-10-01"), ("layout", "x"), ("profile", "x")],
)  # fmt: skip
def test_a_window_that_makes_no_sense_is_refused(signed_in, asked, field, value):
    answer = signed_in("yusuan").post("/windows", asked | {field: value})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert not Window.objects.exists()


def test_opened_changed_closed(signed_in, asked, a_filing, person):
    browser = signed_in("yusuan")
    assert browser.post("/windows", asked).status_code == 302
    assert browser.post("/windows", asked).status_code == 409  # the round has one already
    window = Window.objects.get()
    filing = a_filing()
    accept_everything(filing, person)
    outcome = step(person, filing, "taole", "submit")
    assert isinstance(outcome, Refused)
    assert "2026-11-20 截止" in "".join(outcome.reasons)
    browser.post(f"/windows/{window.pk}", asked | {"closes_on": "2026-12-01"})
    assert isinstance(step(person, filing, "taole", "submit"), Filing)
    browser.post(f"/windows/{window.pk}", {"close": "1"})
    window.refresh_from_db()
    assert window.closes_on < date(2026, 12, 1)
    assert signed_in("taole").post(f"/windows/{window.pk}", {"close": "1"}).status_code == 403
    codes = list(Event.objects.filter(code__startswith="window.").values_list("code", flat=True))
    assert codes == ["window.opened", "window.moved", "window.moved"]


@pytest.mark.parametrize("left", [7, 3, 1, 0])
def test_preparers_with_drafts_are_reminded_once(a_filing, county, person, left):
    a_filing()
    a_filing(13)
    Window.objects.create(
        agency=county["640221"], budget_year=2022, stage="target_setting", round="一上",
        opens_on=TODAY - timedelta(days=9), closes_on=TODAY + timedelta(days=left), layout=LAYOUT,
    )  # fmt: skip
    assert remind(MORNING) == 2  # both preparers of the unit
    assert remind(MORNING + timedelta(hours=3)) == 0
    notice = Notice.objects.filter(user=person("taole").user).get()
    assert "您还有 2 张表没有提交" in notice.text
    assert remind(MORNING + timedelta(days=left + 1)) == 0  # it is over


def test_in_the_bureaus_rounds_the_bureau_is_reminded(a_filing, county, person):
    filing, other = a_filing(), a_filing(13)
    Filing.objects.filter(pk=filing.pk).update(state="with_performance_division")
    Filing.objects.filter(pk=other.pk).update(state="to_approve")
    for name in ("一下", "二下"):
        Window.objects.create(
            agency=county["640221"], budget_year=2022, stage="target_setting", round=name,
            opens_on=TODAY - timedelta(days=9), closes_on=TODAY, layout=LAYOUT,
        )  # fmt: skip
    assert remind(MORNING) == 2
    said = Notice.objects.filter(user=person("jixiao").user).get().text
    assert said == "2022年度一下审核今天截止，您还有 1 张表没有审核完"
    said = Notice.objects.filter(user=person("yusuan").user).get().text
    assert said == "2022年度二下批复今天截止，您还有 1 张表没有批复"


def test_the_first_page_tells_of_the_pass_one_works_in(county, signed_in):
    today = timezone.localdate()
    for name in ("一上", "一下", "二下"):
        Window.objects.create(
            agency=county["640221"], budget_year=2022, stage="target_setting", round=name,
            opens_on=today, closes_on=today, layout=LAYOUT,
        )  # fmt: skip
    for name, told in {
        "taole": "一上申报", "zhuguan": "一下审核", "jixiao": "一下审核", "yusuan": "二下批复",
        "renda": "", "rizhi": "",
    }.items():  # fmt: skip
        page = signed_in(name).get("/").content.decode()
        seen = [words for words in ("一上申报", "一下审核", "二下批复") if words in page]
        assert seen == ([told] if told else []), name


def test_reviewers_are_told_of_terms_that_are_over(a_filing, person):
    filing = a_filing()
    Filing.objects.filter(pk=filing.pk).update(
        state="with_department", due_on=TODAY - timedelta(days=1)
    )
    assert remind(MORNING) == 1
    assert remind(MORNING) == 0
    assert remind(MORNING + timedelta(days=1)) == 1
    text = Notice.objects.filter(user=person("zhuguan").user).first().text
    assert text == "主管部门审核：您有 1 张表已超过应办结日期"


def test_a_pasted_list_is_kept_or_refused_as_a_whole(signed_in):
    browser = signed_in("yusuan")
    page = browser.post("/holidays", {"days": "2027-01-01 元旦\n不知道哪天"})
    assert page.status_code == 409
    assert "第 2 行" in page.content.decode()
    assert not Holiday.objects.exists()
    assert browser.post("/holidays", {"days": " "}).status_code == 409
    browser.post("/holidays", {"days": "2027年2月5日至2月11日 春节\n2027-02-14 上班"})
    assert Holiday.objects.count() == 8
    assert Holiday.objects.get(day=date(2027, 2, 14)).is_workday
    browser.post("/holidays", {"remove": "2027-02-14"})
    assert Holiday.objects.count() == 7
    assert browser.post("/holidays", {"remove": "x"}).status_code == 404
    assert Event.objects.filter(code__startswith="holidays.").count() == 2


@pytest.mark.parametrize(
    ("line", "days"),
    [("2027-01-01 元旦", 1), ("2027/1/1", 1), ("２０２７年１月１日，元旦", 1), ("2027.1.1-x", 1),
     ("2027-10-01至2027-10-07 国庆节", 7), ("2027年12月30日至2028年1月2日", 4)],
)  # fmt: skip
def test_days_are_read(line, days):
    found, wrong = read_days(line)
    assert (len(found), wrong) == (days, ())


@pytest.mark.parametrize(
    "line",
    ["元旦", "1月1日 元旦", "2027-02-30", "2027-01-05至2027-01-01", "2027-01-01至2027-06-01"],
)
def test_days_that_are_none_are_named(line):
    found, (wrong,) = read_days(f"\n{line}")
    assert (found, wrong.number, wrong.text) == ((), 2, line)

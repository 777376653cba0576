"""Another county's levels, answers to a return after the window, and days of the place."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from jixiao.foundation.errors import ConfigurationError
from jixiao.lifecycle.journey import journey_of
from jixiao.lifecycle.machine import Refused
from jixiao.web.config.env import Environment
from jixiao.web.config.settings.base import settings_for
from jixiao.web.filings.levels import refuse_strangers
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.acting import act
from jixiao.web.workflow.models import ReviewSheet, Window
from tests.web.conftest import NOW, TODAY
from tests.web.test_journey import accept_everything, step


@pytest.fixture
def window(county):
    def make(opens: int, closes: int, **more) -> Window:
        return Window.objects.create(
            agency=county["640221"], budget_year=2022, stage="target_setting", layout="",
            opens_on=TODAY + timedelta(days=opens), closes_on=TODAY + timedelta(days=closes),
            **({"round": "一上"} | more),
        )  # fmt: skip

    return make


def refusal(outcome) -> str:
    assert isinstance(outcome, Refused), outcome
    return outcome.reasons[0]


def test_before_the_window_and_after_it(a_filing, person, window):
    filing = a_filing()
    accept_everything(filing, person)
    one = window(1, 20)
    assert "2026-11-23 开始" in refusal(step(person, filing, "taole", "submit"))
    one.delete()
    window(-20, -1)
    assert "已于 2026-11-21 截止" in refusal(step(person, filing, "taole", "submit"))
    window(5, 9, round="二上")  # the next round is what he waits for
    assert "2026-11-27 开始" in refusal(step(person, filing, "taole", "submit"))
    window(-1, 1, round="一下")  # the bureau's own days
    assert "2026-11-27 开始" in refusal(step(person, filing, "taole", "submit"))
    Window.objects.filter(round="二上").update(opens_on=TODAY)
    handed_in = step(person, filing, "taole", "submit")
    assert (handed_in.state, handed_in.round) == ("with_unit_head", "二上")


def test_a_return_is_answered_within_its_own_term(a_filing, person, window):
    filing = a_filing()
    accept_everything(filing, person)
    one = window(-9, 0)
    step(person, filing, "taole", "submit")
    Window.objects.filter(pk=one.pk).update(closes_on=TODAY - timedelta(days=1))
    back = step(person, filing, "zhenzhang", "return", opinion="数量写不清")
    assert back.due_on == date(2026, 11, 27)  # five working days after a Sunday
    again = step(person, filing, "taole", "submit")
    assert isinstance(again, Filing)
    assert again.due_on is None  # the head of the unit has no term


def test_what_one_takes_back_has_no_term(a_filing, person):
    filing = a_filing()
    accept_everything(filing, person)
    step(person, filing, "taole", "submit")
    assert step(person, filing, "taole", "cancel").due_on is None


def test_the_day_is_that_of_the_place(a_filing, person, window):
    """Two in the morning in Shanghai is the day before in UTC: the window is over."""
    filing = a_filing()
    accept_everything(filing, person)
    window(-9, -1)
    night = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
    outcome = act(
        actor=person("taole"), filing_id=filing.pk, action="submit",
        journey=journey_of(), now=night,
    )  # fmt: skip
    assert "截止" in refusal(outcome)


def test_a_county_without_departments(a_filing, person, county, settings):
    settings.JOURNEY = "cn_county_direct"
    filing = a_filing()
    accept_everything(filing, person)
    for name, action in (("taole", "submit"), ("zhenzhang", "pass")):
        browser = Client()
        browser.force_login(person(name).user)
        page = browser.get(f"/filings/{filing.pk}")
        version = Filing.objects.get(pk=filing.pk).lock_version
        sent = {"action": action, "lock_version": version, "opinion": ""}
        assert browser.post(f"/filings/{filing.pk}/act", sent).status_code == 302, page
    filing.refresh_from_db()
    assert filing.state == "with_performance_division"
    assert (filing.due_on - TODAY).days >= 10
    ReviewSheet.objects.create(
        filing=filing, state=filing.state, revision_number=filing.number,
        form="{}", grade="优", by=person("jixiao").user, saved_at=NOW,
    )  # fmt: skip
    outcome = act(
        actor=person("jixiao"), filing_id=filing.pk, action="pass",
        journey=journey_of("cn_county_direct"), now=NOW,
    )  # fmt: skip
    assert (outcome.state, outcome.grade) == ("to_approve", "优")
    rights = Client()
    rights.force_login(person("anquan").user)
    assert "主管部门审核</th>" not in rights.get("/rights").content.decode()


def test_a_level_that_is_gone_keeps_the_system_from_starting(a_filing, settings):
    filing = a_filing()
    Filing.objects.filter(pk=filing.pk).update(state="with_department")
    refuse_strangers()
    settings.JOURNEY = "cn_county_direct"
    with pytest.raises(ConfigurationError) as raised:
        refuse_strangers()
    assert "with_department" in str(raised.value)
    assert "1 张表" in str(raised.value)


def test_a_journey_nobody_knows_is_said_at_the_start(tmp_path):
    environment = Environment(
        database_url="sqlite:///:memory:", data=tmp_path, secret_key="x" * 40, journey="cn_moon"
    )
    with pytest.raises(ConfigurationError, match="JIXIAO_JOURNEY"):
        settings_for(environment)

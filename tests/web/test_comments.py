"""Saying something of a filing without a step: who may, who is told, what stays as it was."""

import pytest

from jixiao.lifecycle.journey import journey_of
from jixiao.lifecycle.machine import Refused
from jixiao.lifecycle.roles import RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.agencies.services import grant
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.chain import verify
from jixiao.web.workflow.commenting import LONGEST, comment
from jixiao.web.workflow.filing import NotYours
from jixiao.web.workflow.models import Event, Notice, Opinion
from jixiao.web.workflow.thread import reasons_for, thread
from tests.web.api import Program
from tests.web.conftest import NOW, TODAY
from tests.web.test_inbox import submitted
from tests.web.test_journey import step

WORDS = "请核对“完成及时率”的指标值。"


def say(person, filing, name, text=WORDS):
    return comment(actor=person(name), filing_id=filing.pk, text=text, now=NOW)


def told(filing):
    rows = Notice.objects.filter(filing=filing, text__contains="留言")
    return sorted(rows.values_list("user__username", flat=True))


@pytest.mark.parametrize("name", ["renda", "shenji", "xitong", "anquan", "rizhi", "nongji"])
def test_who_only_reads_or_stands_elsewhere_says_nothing(a_filing, person, signed_in, name):
    (one,) = submitted(a_filing, person, 1)
    with pytest.raises(NotYours):
        say(person, one, name)
    answer = signed_in(name).post(f"/filings/{one.pk}/comments", {"text": WORDS})
    assert answer.status_code == 404
    assert not Opinion.objects.filter(action="comment").exists()
    assert not Event.objects.filter(code="filing.commented").exists()


def test_readers_see_no_form_and_others_do(a_filing, person, signed_in):
    (one,) = submitted(a_filing, person, 1)
    assert 'id="comment"' not in signed_in("renda").get(f"/filings/{one.pk}").content.decode()
    for name in ("taole", "zhenzhang", "jixiao", "pingjia"):
        page = signed_in(name).get(f"/filings/{one.pk}").content.decode()
        assert 'id="comment"' in page, name


@pytest.mark.parametrize("text", ["", " \r\n ", "字" * (LONGEST + 1)])
def test_nothing_and_too_much_are_refused_and_kept_on_the_page(a_filing, person, signed_in, text):
    one = a_filing()
    assert isinstance(say(person, one, "taole", text), Refused)
    answer = signed_in("taole").post(f"/filings/{one.pk}/comments", {"text": text})
    assert answer.status_code == 409
    assert "没有办理成功" in answer.content.decode()
    assert text.strip()[:50] in answer.content.decode()
    script = signed_in("taole").post(
        f"/filings/{one.pk}/comments", {"text": text}, headers={"Accept": "application/json"}
    )
    assert script.status_code == 409
    assert script.json()["message"]
    assert not Opinion.objects.exists()


def test_the_same_words_twice_in_a_row_are_one(a_filing, person):
    one = a_filing()
    first, again = say(person, one, "taole"), say(person, one, "taole", f" {WORDS}\r\n")
    assert first.pk == again.pk
    assert Event.objects.filter(code="filing.commented").count() == 1
    say(person, one, "zhenzhang", "已核对。")
    assert say(person, one, "taole").pk != first.pk  # asked once more after an answer


def test_it_moves_nothing_and_stands_in_the_log(a_filing, person):
    (one,) = submitted(a_filing, person, 1)
    before = Filing.objects.filter(pk=one.pk).values().get()
    said = say(person, one, "zhuguan")
    assert Filing.objects.filter(pk=one.pk).values().get() == before
    event = Event.objects.get(code="filing.commented")
    assert (event.filing_id, event.agency_id) == (one.pk, one.agency_id)
    assert event.role == said.role == "department_reviewer"
    assert WORDS not in event.payload  # who checks the log does not read what is said
    assert not list(verify())
    assert thread(one)[0].action == "留言"


def test_a_role_whose_turn_it_is_speaks_first(a_filing, person, county):
    (one,) = submitted(a_filing, person, 1)
    both = User.objects.get(username="taole")
    grant(user=both, agency=county["055001"], role=RoleCode.UNIT_HEAD, starts_on=TODAY)
    assert say(person, one, "taole").role == "unit_head"


def test_whose_turn_it_is_and_who_took_part_are_told(a_filing, person):
    (one,) = submitted(a_filing, person, 1)
    step(person, one, "zhenzhang", "pass")
    say(person, one, "jixiao")
    # the department's turn; the preparer wrote it, the head sent it on
    assert told(one) == ["taole", "zhenzhang", "zhuguan"]
    Notice.objects.all().delete()
    say(person, one, "taole", "已改。")
    assert told(one) == ["jixiao", "zhenzhang", "zhuguan"]  # who asked hears the answer


def test_who_cannot_see_it_any_more_is_not_told(a_filing, person):
    (one,) = submitted(a_filing, person, 1)
    say(person, one, "jixiao")
    User.objects.filter(username="zhenzhang").update(is_active=False)
    person("jixiao").user.memberships.all().delete()
    Notice.objects.all().delete()
    say(person, one, "zhuguan")
    assert told(one) == ["taole"]


def test_a_first_draft_is_talked_about_in_its_unit_only(a_filing, person):
    one = a_filing()
    say(person, one, "zhenzhang")
    assert told(one) == ["taole", "taole2"]


def test_reasons_of_a_return_stay_the_last_return(a_filing, person):
    (one,) = submitted(a_filing, person, 1)
    one = step(
        person, one, "zhenzhang", "return", opinion="请改", reasons={"narrative.goal": "太短"}
    )
    say(person, one, "zhenzhang")
    assert reasons_for(one)["narrative.goal"][0].text == "太短"


def test_a_page_comes_back_and_a_script_gets_the_thread(a_filing, person, signed_in):
    (one,) = submitted(a_filing, person, 1)
    browser = signed_in("zhuguan")
    asked = {"text": "<b>请核对</b>", "page": "filing-review"}
    answer = browser.post(f"/filings/{one.pk}/comments", asked)
    assert answer["Location"] == f"/filings/{one.pk}/review#thread"
    asked["page"] = "https://elsewhere.example/"
    answer = browser.post(f"/filings/{one.pk}/comments", {**asked, "text": "再看"})
    assert answer["Location"] == f"/filings/{one.pk}#thread"
    script = {"Accept": "application/json"}
    part = browser.post(f"/filings/{one.pk}/comments", {"text": "三"}, headers=script).content
    assert "&lt;b&gt;请核对&lt;/b&gt;" in part.decode()
    assert "<html" not in part.decode()
    ended = signed_in("zhuguan")
    ended.session.flush()
    answer = ended.post(
        f"/filings/{one.pk}/comments", "text=四", headers=script,
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answer.status_code == 401


def test_a_program_says_it_with_its_scope_and_once(a_filing, person):
    (one,) = submitted(a_filing, person, 1)
    path = f"/filings/{one.pk}/comments"
    Program("zhuguan", "read").post(path, {"text": WORDS}, status=403)
    Program("renda").post(path, {"text": WORDS}, status=403)
    Program("zhuguan").post(path, {"text": "  "}, status=422)
    first = Program("zhuguan").post(path, {"text": WORDS}, status=201, key="one")
    again = Program("zhuguan").post(path, {"text": WORDS}, status=201, key="one")
    assert first == again
    listed = Program("taole").get(f"/filings/{one.pk}/opinions")["items"]
    assert listed[-1] == first
    assert first["action"] == "comment"


def test_the_rights_page_names_who_may(signed_in):
    page = signed_in("renda").get("/rights").content.decode()
    assert "任何状态下都可以在看得到的表上留言的角色" in page


def test_the_journey_has_no_step_of_that_name():
    assert "comment" not in {one.code for one in journey_of().stage.actions}

"""What people are told: whose turn it is, what came back, how it ended; and reading it."""

import pytest

from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Membership
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.models import Notice
from tests.web.api import Program
from tests.web.conftest import NOW
from tests.web.test_inbox import submitted
from tests.web.test_journey import step


@pytest.fixture
def moved(a_filing, person):
    """A filing on its way, and who was told by the last step taken with it."""
    (one,) = submitted(a_filing, person, 1)

    def move(state, name, action, **more):
        Filing.objects.filter(pk=one.pk).update(state=state)
        Notice.objects.all().delete()
        assert step(person, one, name, action, **more).pk == one.pk
        rows = Notice.objects.order_by("user__username").values_list("user__username", "text")
        return dict(rows)

    return move


def test_the_next_is_told_and_nobody_else(moved):
    assert list(moved("with_unit_head", "zhenzhang", "pass")) == ["zhuguan"]


def test_a_return_is_told_to_the_unit_and_to_those_who_had_passed_it(moved):
    moved("with_unit_head", "zhenzhang", "pass")
    moved("with_department", "zhuguan", "pass")
    told = moved("with_line_division", "yewu", "return", opinion="成本没有测算")
    assert sorted(told) == ["taole", "taole2", "zhenzhang", "zhuguan"]
    assert set(told.values()) == {"城乡社区运转经费：退回修改。成本没有测算"}


def test_the_unit_hears_how_it_ended(moved):
    told = moved("to_approve", "yusuan", "approve")
    assert sorted(told) == ["taole", "taole2", "zhenzhang"]
    assert next(iter(told.values())).endswith("：已批复")
    assert sorted(moved("approved", "yusuan", "issue")) == ["taole", "taole2", "zhenzhang"]


def test_who_acts_has_read_what_it_was_about(a_filing, person, signed_in):
    one, other = submitted(a_filing, person)
    asked = {"action": "pass", "lock_version": one.lock_version}
    browser = signed_in("zhenzhang")
    answer = browser.post(f"/filings/{one.pk}/act", asked, follow=True).content.decode()
    assert "现在是 <b>主管部门审核</b>" in answer
    unread = Notice.objects.filter(user=person("zhenzhang").user, read_at=None)
    assert [row.filing_id for row in unread] == [other.pk]


def test_taking_back_says_no_more_than_that(moved):
    told = moved("with_unit_head", "taole", "cancel")
    assert list(told) == ["taole2"]
    assert told["taole2"].endswith("：撤回")


@pytest.fixture
def handed_in(a_filing, person, county):
    """A filing that both heads of a unit were told of."""
    colleague = User.objects.create_user(
        username="fuzhen", full_name="陶乐镇副职", password="Fuzhen-2022"
    )
    chief = person("zhenzhang").posts[0]
    Membership.objects.create(
        user=colleague, agency=county["055001"], role=chief.role.value, starts_on="2021-01-01"
    )
    (one,) = submitted(a_filing, person, 1)
    return one, colleague


def test_what_a_colleague_did_is_asked_of_nobody_any_more(handed_in, person):
    one, colleague = handed_in
    mine = Notice.objects.filter(user=colleague, filing=one)
    assert [(row.awaits, row.settled, row.read_at) for row in mine] == [(True, "", None)]
    step(person, one, "zhenzhang", "pass")
    assert [(row.settled, row.read_at) for row in mine.all()] == [("已由陶乐镇负责人办理", NOW)]
    own = Notice.objects.filter(user=person("zhenzhang").user, filing=one)
    assert [(row.settled, row.read_at) for row in own] == [("", NOW)]
    assert Notice.objects.get(user=person("zhuguan").user).read_at is None


def test_what_was_taken_back_says_so(handed_in, person):
    one, colleague = handed_in
    step(person, one, "taole", "cancel")
    row = Notice.objects.get(user=colleague, filing=one)
    assert (row.settled, row.read_at) == ("已由陶乐镇经办人撤回", NOW)


def test_a_refused_step_and_a_read_notice_settle_nothing(handed_in, person):
    one, colleague = handed_in
    step(person, one, "zhenzhang", "return")  # without a reason
    mine = Notice.objects.filter(user=colleague)
    assert [row.read_at for row in mine] == [None]
    mine.update(read_at=NOW)
    step(person, one, "zhenzhang", "pass")
    assert [row.settled for row in mine.all()] == [""]


def test_remarks_and_returns_to_others_stay_to_be_read(handed_in, person):
    """Only who could have acted is relieved; what was said to them is still theirs to read."""
    one, colleague = handed_in
    said = Notice.objects.create(user=colleague, filing=one, text="城乡社区运转经费：留言")
    step(person, one, "zhenzhang", "pass")
    said.refresh_from_db()
    assert (said.settled, said.read_at) == ("", None)
    step(person, one, "zhuguan", "return", opinion="成本没有测算")
    back = Notice.objects.filter(text__contains="退回修改", awaits=True)
    assert sorted(back.values_list("user__username", flat=True)) == ["taole", "taole2"]


def test_page_and_program_say_who_did_it(handed_in, person, signed_in):
    one, _colleague = handed_in
    step(person, one, "zhenzhang", "pass")
    browser = signed_in("fuzhen")
    page = browser.get("/").content.decode()
    assert "已由陶乐镇负责人办理" in page
    assert "条未读" not in page
    program = Program("fuzhen")
    assert program.get("/notices", unread="true")["items"] == []
    (row,) = program.get("/notices")["items"]
    assert row["settled"] == "已由陶乐镇负责人办理"
    assert row["read_at"] is not None


def test_a_notice_of_others_is_not_there(a_filing, person, signed_in):
    submitted(a_filing, person, 1)
    notice = Notice.objects.get(user=person("zhenzhang").user)
    assert signed_in("taole").get(f"/notices/{notice.pk}").status_code == 404
    assert signed_in("zhenzhang").get(f"/notices/{'9' * 30}").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_opening_one_reads_all_of_its_filing_and_no_other(a_filing, person, signed_in):
    one, other = submitted(a_filing, person)
    mine = person("zhenzhang").user
    Notice.objects.create(user=mine, filing=one, text="又一条")
    several = Notice.objects.create(user=mine, text="您还有 2 张表没有提交")
    browser = signed_in("zhenzhang")
    opened = browser.get(f"/notices/{Notice.objects.filter(user=mine, filing=one)[0].pk}")
    assert opened["Location"] == f"/filings/{one.pk}"
    unread = Notice.objects.filter(user=mine, read_at=None)
    assert {row.filing_id for row in unread} == {other.pk, None}
    assert browser.get(f"/notices/{several.pk}")["Location"] == "/filings?waiting=1"
    assert [row.filing_id for row in unread.all()] == [other.pk]


def test_a_program_reads_one_or_all(a_filing, person):
    submitted(a_filing, person)
    mine = Notice.objects.filter(user=person("zhenzhang").user)
    program = Program("zhenzhang")
    Program("taole").post("/notices/read", {"notice": mine[0].pk}, status=404)
    assert program.post("/notices/read", {"notice": mine[0].pk})["marked"] == 1
    assert program.post("/notices/read")["marked"] == 1
    assert not mine.filter(read_at=None).exists()


def test_the_first_page_leads_to_what_is_unread(a_filing, person, signed_in):
    submitted(a_filing, person, 1)
    notice = Notice.objects.get(user=person("zhenzhang").user)
    browser = signed_in("zhenzhang")
    page = browser.get("/").content.decode()
    assert f'href="/notices/{notice.pk}"' in page
    assert 'href="#told"' in page
    Notice.objects.update(read_at=NOW)
    assert 'href="#told"' not in browser.get("/").content.decode()

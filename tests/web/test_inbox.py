"""The inbox: counts by state, many at once with a report, taking back, terms, loans."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.agencies.services import grant
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.models import Notice
from tests.web.api import Program
from tests.web.test_journey import accept_everything, step

INBOX_QUERIES = 11


def submitted(a_filing, person, count=2):
    made = []
    for number in range(count):
        filing = a_filing((12, 13, 4)[number % 3])
        accept_everything(filing, person)
        for code in ("MND002", "REL002", "COS001", "CLS001", "STR004", "VAL004"):
            filing.suppressions.create(
                code=code, path="", reason="样表", by=person("taole").user, until="2030-01-01"
            )
        made.append(step(person, filing, "taole", "submit"))
    return made


def ticks(filings):
    return {"filing": [f"{one.pk}:{one.lock_version}" for one in filings]}


def test_nobody_passes_what_is_not_theirs(a_filing, person, signed_in):
    (one,) = submitted(a_filing, person, 1)
    for name, words in (("zhuguan", "不由您办理"), ("nongji", "办理结果")):
        page = signed_in(name).post("/inbox/pass", ticks([one])).content.decode()
        assert words in page
    assert Filing.objects.get().state == "with_unit_head"
    assert signed_in("zhenzhang").post("/inbox/pass", {"filing": ["x", "1:y"]}).status_code == 302


def test_each_goes_or_stays_by_itself(a_filing, person, signed_in):
    good, stale, bad = submitted(a_filing, person, 3)
    bad.suppressions.all().delete()
    asked = ticks([good, bad])
    asked["filing"].append(f"{stale.pk}:0")
    page = signed_in("zhenzhang").post("/inbox/pass", asked).content.decode()
    states = {one.pk: one.state for one in Filing.objects.all()}
    assert states[good.pk] == "with_department"
    assert states[stale.pk] == "with_unit_head"
    assert "这张表有了变化" in page
    if bad.errors:
        assert states[bad.pk] == "with_unit_head"
        assert "错误未处理" in page
    assert "审签同意" in page


def test_counts_terms_and_taking_back(a_filing, person, signed_in):
    one, _ = submitted(a_filing, person)
    step(person, one, "zhenzhang", "pass")
    Filing.objects.filter(pk=one.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    page = signed_in("zhuguan").get("/").content.decode()
    assert "主管部门审核 <b>1</b>" in page
    assert "超期" in page
    page = signed_in("taole").get("/").content.decode()
    assert page.count("撤回</button>") == 1  # the other one has been passed on
    page = signed_in("zhenzhang").get("/").content.decode()
    assert page.count("撤回</button>") == 1
    assert "单位审签 <b>1</b>" in page


def test_a_loan_is_told_on_both_sides(county, signed_in):
    people = {one.username: one for one in User.objects.all()}
    today = timezone.localdate()
    grant(
        user=people["taole2"], agency=county["055001"], role=RoleCode.UNIT_HEAD, starts_on=today,
        ends_on=today + timedelta(days=3), delegated_by=people["zhenzhang"],
    )  # fmt: skip
    assert "代行陶乐镇人民政府本级的单位负责人" in signed_in("taole2").get("/").content.decode()
    assert "您已把" in signed_in("zhenzhang").get("/").content.decode()


def test_notices_are_marked_as_read(a_filing, person, signed_in):
    submitted(a_filing, person, 1)
    browser = signed_in("zhenzhang")
    assert "1 条未读" in browser.get("/").content.decode()
    browser.post("/inbox/read")
    assert not Notice.objects.filter(user=person("zhenzhang").user, read_at=None).exists()


def test_the_number_of_queries_is_the_same_for_few_and_many(a_filing, person, signed_in):
    counts = []
    browser = signed_in("zhenzhang")
    browser.get("/")
    for _ in range(3):
        submitted(a_filing, person, 3)
        with CaptureQueriesContext(connection) as asked:
            browser.get("/")
        counts.append(len(asked))
    assert max(counts) <= INBOX_QUERIES, counts


def test_what_comes_again_is_marked_for_the_reviewer_and_what_came_back_for_the_unit(
    a_filing, person, signed_in
):
    one, other = submitted(a_filing, person)
    mark = {"taole": "退回</span>", "zhenzhang": "重报</span>"}
    for name in mark:
        assert not any(
            words in signed_in(name).get("/").content.decode() for words in mark.values()
        )
    step(person, other, "taole", "cancel")  # taken back by the unit itself: nobody sent it back
    step(person, one, "zhenzhang", "return", opinion="请改")
    page = signed_in("taole").get("/").content.decode()
    assert page.count(mark["taole"]) == 1
    listed = signed_in("taole").get("/filings", {"returned": "1"}).content.decode()
    assert listed.count('<td class="project">') == 1
    assert mark["taole"] in listed
    for again in (one, other):
        assert step(person, again, "taole", "submit").state == "with_unit_head"
    page = signed_in("zhenzhang").get("/").content.decode()
    assert page.count(mark["zhenzhang"]) == 1
    assert mark["taole"] not in page
    found = Program("zhenzhang").get("/filings", returned="true")["items"]
    assert [row["id"] for row in found] == [one.pk]

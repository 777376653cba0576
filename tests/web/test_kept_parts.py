"""Parts of pages are kept while nothing they show has changed, and never a moment longer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import SafeString
from msgspec.structs import replace

from jixiao.lifecycle.journey import journey_of
from jixiao.official.editing import change
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency, Membership
from jixiao.web.filings.content import stored
from jixiao.web.filings.models import Filing, Revision
from jixiao.web.filings.narrowing import narrowed
from jixiao.web.filings.selectors import filing_of, form_of, visible_to
from jixiao.web.filings.summing import sums_of
from jixiao.web.filings.walking import lines
from jixiao.web.kept import Kept, forget_all
from jixiao.web.workflow.accepting import accept, take_back
from jixiao.web.workflow.models import Opinion
from tests.web.conftest import NOW, TODAY

PEOPLE = (
    *("taole", "zhenzhang", "zhuguan", "yewu", "jixiao"),
    *("yusuan", "nongji", "renda", "shenji", "xitong"),
)
#: Queries of the page of a form, as its writer, a reader and its reviewer see it.
EDITOR, READING, REVIEW = 9, 8, 10


@pytest.fixture
def text(signed_in):
    """A page as somebody sees it, in one language or the other."""

    def look(name, address, language="zh-hans"):
        browser = signed_in(name)
        browser.cookies["django_language"] = language
        return browser.get(address).content.decode()

    return look


def handed_in(filing, state="with_department"):
    Filing.objects.filter(pk=filing.pk).update(state=state)
    return f"/filings/{filing.pk}"


def test_an_answer_to_a_finding_is_seen_at_once_and_so_is_its_end(a_filing, person, text):
    filing = a_filing(4)
    address = f"/filings/{filing.pk}"
    before = text("zhenzhang", address)
    code = "REL002" if "REL002" in before else before.partition('class="rule" href="/rules/')[2][:6]
    told = {"actor": person("taole"), "filing": filing, "code": code, "path": ""}
    rest = {"journey": journey_of(), "now": NOW}
    accept(**told, **rest, reason="合同只写年限", until=TODAY + timedelta(days=9))
    for name in ("zhenzhang", "taole"):
        page = text(name, address)
        assert "合同只写年限" in page
        assert f"{code} 依据" not in page
    take_back(**told, **rest)
    assert f"{code} 依据" in text("zhenzhang", address)
    assert "合同只写年限" not in text("zhenzhang", address)


def test_what_another_process_saved_is_seen_at_once(a_filing, text):
    filing = a_filing(4)
    address = f"/filings/{filing.pk}"
    assert "改过的名称" not in text("zhenzhang", address)
    form, revision = form_of(filing)
    changed = stored(change(form, "indicators[0].name", "改过的名称"))
    Revision.objects.filter(pk=revision.pk).update(form=changed.text, content_hash=changed.digest)
    for name in ("zhenzhang", "taole"):
        assert "改过的名称" in text(name, address)


def test_names_states_and_rights_are_those_of_now(a_filing, text, signed_in):
    filing = a_filing(4)
    address = f"/filings/{filing.pk}"
    assert "<textarea" in text("taole", address)
    handed_in(filing)
    page = text("taole", address)
    assert "主管部门审核" in page
    assert 'id="editor"' not in page
    assert "主管部门审核" in text("zhuguan", "/filings")
    Agency.objects.filter(code="055001").update(name="陶乐镇政府机关")
    User.objects.filter(username="zhuguan").update(full_name="王审核")
    for place in ("/filings", address, f"{address}/review", "/"):
        page = text("zhuguan", place)
        assert "陶乐镇政府机关" in page
        assert "王审核" in page
    Membership.objects.filter(user__username="zhuguan").delete()
    assert signed_in("zhuguan").get(address).status_code == 404


def test_every_language_has_its_own(a_filing, text):
    filing = a_filing(4)
    address = handed_in(filing)
    for place in (address, f"{address}/review", "/filings", "/", "/board"):
        chinese = text("zhuguan", place)
        english = text("zhuguan", place, "en")
        assert '<html lang="en">' in english
        assert "退出" in chinese
        assert "退出" not in english
        assert text("zhuguan", place).count("申报") == chinese.count("申报")


def test_a_page_holds_the_token_of_its_own_session(a_filing, signed_in):
    a_filing(4)
    for place in ("/filings", "/"):
        for name in ("taole", "taole2"):
            browser = signed_in(name)
            page = browser.get(place).content.decode()
            token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
            browser.handler.enforce_csrf_checks = True
            sent = browser.post("/sign-out", {"csrfmiddlewaretoken": token})
            assert sent.status_code == 302


def test_one_is_not_true_and_safe_is_not_to_be_escaped():
    part = Template("{% load kept %}{% kept value %}{{ value }}{% endkept %}")
    for value, shown in (
        (1, "1"),
        (True, "True"),
        ("<b>", "&lt;b&gt;"),
        (SafeString("<b>"), "<b>"),
    ):
        assert part.render(Context({"value": value})) == shown
        assert part.render(Context({"value": value})) == shown


def test_what_is_kept_is_bounded_and_can_be_forgotten():
    kept: Kept[int] = Kept(3)
    made = []

    def answer(number):
        return kept.of(number, lambda: made.append(number) or number)

    assert [answer(number) for number in (1, 2, 3, 1, 4, 1, 2)] == [1, 2, 3, 1, 4, 1, 2]
    assert made == [1, 2, 3, 4, 2]
    forget_all()
    answer(2)
    assert made[-1] == 2
    assert len(made) == 6


def test_one_filing_is_seen_by_those_whose_list_has_it(a_filing, person):
    fresh, returned, sent = a_filing(4), a_filing(13), a_filing(12)
    Filing.objects.filter(pk=returned.pk).update(number=2)
    handed_in(sent)
    for name in PEOPLE:
        listed = set(visible_to(person(name)).values_list("pk", flat=True))
        each = {one.pk for one in (fresh, returned, sent) if filing_of(person(name), one.pk)}
        assert each == listed, name


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"year": "2022"},
        {"year": "2021", "state": "draft"},
        {"state": "with_department", "trouble": "errors"},
        {"state": " ", "grade": "none"},
        {"under": "055", "year": "2022"},
        {"year": "x"},
        {"q": "垃圾"},
    ],
)
def test_a_question_worded_once_answers_as_if_it_were_worded_anew(a_filing, person, words):
    for number in (4, 12, 13):
        a_filing(number)
    handed_in(Filing.objects.order_by("pk")[0])
    for _ in range(2):
        for name in PEOPLE:
            asked = set(narrowed(person(name), words).values_list("pk", flat=True))
            for order in ("updated", "-total", "due"):
                assert {one.pk for one in lines(person(name), words, order).rows} == asked, name


def test_the_number_of_queries_of_a_form_is_the_same_for_few_and_many_rows(
    a_filing, person, signed_in
):
    filings = [a_filing(number) for number in (4, 12, 13)]
    drafts, sent = (
        (("taole", "", EDITOR), ("zhenzhang", "", READING)),
        ("zhuguan", "/review", REVIEW),
    )
    for pages in (drafts, (sent,)):
        for name, more, most in pages:
            browser = signed_in(name)
            browser.get("/")  # the first answer of a session writes it
            counts = []
            for filing in filings:
                for number in range(3):
                    Opinion.objects.create(
                        filing=filing, revision_number=1, author=person("zhuguan").user,
                        author_name="审核人", role="department_reviewer", action="pass",
                        text=f"意见{number}", at=NOW,
                    )  # fmt: skip
                with CaptureQueriesContext(connection) as asked:
                    assert browser.get(f"/filings/{filing.pk}{more}").status_code == 200
                counts.append(len(asked))
            assert set(counts) == {most}, (name, counts)
        for filing in filings:
            handed_in(filing)


def test_what_is_overdue_is_asked_of_the_day(a_filing, person):
    filing = a_filing(4)
    Filing.objects.filter(pk=filing.pk).update(due_on=TODAY)
    late = {"overdue": "1"}
    for later, count in ((0, 0), (1, 1), (0, 0)):
        who = replace(person("taole"), today=TODAY + timedelta(days=later))
        assert len(lines(who, late, "updated").rows) == count
        assert sums_of(who, late).filings == count

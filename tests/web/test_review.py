"""The review page: sheet, suggestion, grade, steps with reasons, the sheet as a document."""

import io
import json
import zipfile

import pytest

from jixiao.form.codec import decode
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.models import Event, Opinion, ReviewSheet
from jixiao.web.workflow.thread import reasons_for, thread
from tests.web.test_journey import WAY, accept_everything, step

GRADES = {f"review.items[{number}].grade": "优" for number in range(8)}
PATH = "indicators[0].target"


@pytest.fixture
def at(a_filing, person):
    """A filing that waits for somebody."""

    def go(name: str, *, is_key: bool = False) -> Filing:
        filing = a_filing()
        Filing.objects.filter(pk=filing.pk).update(is_key=is_key)
        accept_everything(filing, person)
        for who, action in WAY:
            if who == name:
                return Filing.objects.get(pk=filing.pk)
            step(person, filing, who, action)
        raise AssertionError(name)

    return go


def posted(filing, **more):
    return {"lock_version": filing.lock_version, "opinion": "", **more}


def test_it_is_not_there_for_neighbours_and_read_only_out_of_turn(at, signed_in):
    filing = at("jixiao")
    address = f"/filings/{filing.pk}/review"
    assert signed_in("nongji").get(address).status_code == 404
    page = signed_in("zhuguan").get(address).content.decode()
    assert "现在不由您审核" in page
    assert signed_in("zhuguan").post(address, posted(filing)).status_code == 404
    assert signed_in("zhuguan").post(f"{address}/suggest").status_code == 404


def test_items_findings_and_consequences_are_shown(at, signed_in):
    page = signed_in("jixiao").get(f"/filings/{at('jixiao').pk}/review").content.decode()
    for word in (
        "完整性",
        "相关性",
        "适当性",
        "可行性",
        "规范完整性",
        "进入下一步",
        "可以不予安排",
    ):
        assert word in page
    assert page.count('type="radio"') == 8 * 4 + 4
    assert "style=" not in page


def test_the_suggestion_shows_its_arithmetic_and_writes_nothing(at, signed_in):
    filing = at("jixiao")
    browser = signed_in("jixiao")
    said = browser.post(f"/filings/{filing.pk}/review/suggest", GRADES).json()
    assert said["grade"] == "优"
    assert "优 8 项" in said["why"]
    worse = GRADES | {"review.items[2].grade": "差"}
    said = browser.post(f"/filings/{filing.pk}/review/suggest", worse).json()
    assert (said["grade"], said["consequence"]) == ("中", "退回单位修改，重新报送后再审")
    assert not ReviewSheet.objects.exists()


def test_key_projects_are_scored(at, signed_in):
    filing = at("jixiao", is_key=True)
    scores = {f"review.items[{at_}].score": "9" for at_ in range(8)}
    browser = signed_in("jixiao")
    said = browser.post(f"/filings/{filing.pk}/review/suggest", scores).json()
    assert (said["grade"], said["why"].partition(" ")[0]) == ("中", "9＋9＋9＋9＋9＋9＋9＋9＝72")
    scores["review.items[0].score"] = "11"
    said = browser.post(f"/filings/{filing.pk}/review/suggest", scores).json()
    assert (said["grade"], said["why"]) == ("", "第 1 项的评分不在 0 至 10 分之间")


def test_a_person_decides_against_the_suggestion(at, signed_in):
    filing = at("jixiao")
    answer = signed_in("jixiao").post(
        f"/filings/{filing.pk}/review", posted(filing, **GRADES, grade="良", opinion="请细化单价")
    )
    assert answer.status_code == 302
    kept = ReviewSheet.objects.get()
    review = decode(kept.form).review
    assert (kept.grade, review.grade.raw, review.opinion.raw) == ("良", "良", "请细化单价")
    assert Event.objects.filter(code="review.saved").count() == 1
    assert Filing.objects.get().state == "with_performance_division"


def test_saving_and_passing_in_one_go(at, signed_in):
    filing = at("jixiao")
    browser = signed_in("jixiao")
    refused = browser.post(f"/filings/{filing.pk}/review", posted(filing, **GRADES, action="pass"))
    assert refused.status_code == 409
    assert "请先评定审核等级" in refused.content.decode()
    assert ReviewSheet.objects.count() == 1  # what was filled in is kept
    browser.post(
        f"/filings/{filing.pk}/review", posted(filing, **GRADES, grade="优", action="pass")
    )
    filing.refresh_from_db()
    assert (filing.state, filing.grade) == ("to_approve", "优")


def test_a_stale_page_keeps_what_was_typed(at, signed_in):
    filing = at("jixiao")
    asked = posted(filing, **GRADES, grade="优", action="pass", opinion="已核对")
    asked["lock_version"] = "0"
    page = signed_in("jixiao").post(f"/filings/{filing.pk}/review", asked)
    assert page.status_code == 409
    assert "已核对" in page.content.decode()
    assert not ReviewSheet.objects.exists()


def test_reasons_reach_the_preparer_at_the_fields(at, signed_in, person):
    filing = at("zhenzhang")
    reasons = json.dumps({PATH: "  数量与合同不符 ", "no.such": "x", "header.project_name": ""})
    answer = signed_in("zhenzhang").post(
        f"/filings/{filing.pk}/review",
        posted(filing, action="return", opinion="请改正", reasons=reasons),
    )
    assert answer.status_code == 302
    filing.refresh_from_db()
    assert (filing.state, filing.number) == ("draft", 2)
    assert Opinion.objects.get().reasons == {PATH: "数量与合同不符"}
    (reason,) = reasons_for(filing)[PATH]
    assert (reason.text, reason.role) == ("数量与合同不符", "单位负责人")
    assert reason.label.startswith("指标 1")
    (said,) = thread(filing)
    assert (said.action, said.text) == ("退回修改", "请改正")
    page = signed_in("taole").get(f"/filings/{filing.pk}").content.decode()
    assert f'<a href="#{PATH}">' in page
    assert "数量与合同不符" in page
    step(person, filing, "taole", "submit")
    filing.refresh_from_db()
    assert reasons_for(filing) == {}


def test_broken_reasons_do_not_break_the_return(at, signed_in):
    filing = at("zhenzhang")
    for broken in ("[1]", "{", '"x"'):
        answer = signed_in("zhenzhang").post(
            f"/filings/{filing.pk}/review",
            posted(filing, action="return", opinion="", reasons=broken),
        )
        assert answer.status_code == 409  # words are owed
    assert Filing.objects.get().state == "with_unit_head"


def test_a_poor_grade_may_be_refused(at, signed_in):
    filing = at("jixiao")
    signed_in("jixiao").post(
        f"/filings/{filing.pk}/review",
        posted(filing, **GRADES, grade="差", action="refuse", opinion="没有必要"),
    )
    assert Filing.objects.get().state == "refused"


@pytest.mark.parametrize(("to", "start"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_saved_sheet_is_an_official_document(at, signed_in, to, start):
    filing = at("jixiao")
    browser = signed_in("jixiao")
    browser.post(f"/filings/{filing.pk}/review", posted(filing, **GRADES, grade="优"))
    sheet = ReviewSheet.objects.get()
    answer = browser.get(f"/filings/{filing.pk}/review/{sheet.pk}.{to}")
    content = b"".join(answer.streaming_content)
    assert content.startswith(start)
    if to == "docx":
        text = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
        assert "审核表" in text
    assert browser.get(f"/filings/{filing.pk}/review/{sheet.pk}.exe").status_code == 404
    assert browser.get(f"/filings/{filing.pk}/review/{sheet.pk + 1}.docx").status_code == 404
    assert Event.objects.filter(code="review.exported").exists()

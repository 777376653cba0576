"""What stands at the cells of a form that is read: findings, reasons of a return, changes."""

import json
import re

import pytest

from jixiao.official.editing import change, insert_row, remove_row
from jixiao.web.desk.marked import anchors
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.models import ReviewSheet
from jixiao.web.workflow.returned import last_return
from tests.web.conftest import NOW
from tests.web.test_compare import save
from tests.web.test_journey import accept_everything, step
from tests.web.test_review import at, posted  # noqa: F401  a fixture

VALUE, NAME = "indicators[0].target", "indicators[1].name"


@pytest.fixture
def sent_back(a_filing, person, signed_in):
    """A form sent back by the head of the unit with reasons at cells."""

    def send(reasons, opinion="请改正"):
        filing = a_filing()
        accept_everything(filing, person)
        step(person, filing, "taole", "submit")
        filing.refresh_from_db()
        answer = signed_in("zhenzhang").post(
            f"/filings/{filing.pk}/review",
            posted(filing, action="return", opinion=opinion, reasons=json.dumps(reasons)),
        )
        filing.refresh_from_db()
        assert answer.status_code == 302, answer.content.decode()
        return filing

    return send


def lines(page, kind):
    return re.findall(rf'<li id="([^"]+)"[^>]*data-kind="{kind}"[^>]*>', page)


def test_nothing_is_said_of_a_form_nobody_has_sent_back(a_filing, signed_in):
    filing = a_filing()
    page = signed_in("taole").get(f"/filings/{filing.pk}").content.decode()
    assert 'id="asked"' not in page
    assert last_return(filing, None) is None


@pytest.mark.parametrize("path", ["/filings/{}", "/filings/{}/review"])
def test_every_finding_leads_to_a_cell_that_is_drawn(at, signed_in, path):  # noqa: F811
    filing = at("jixiao")
    page = signed_in("jixiao").get(path.format(filing.pk)).content.decode()
    cells = anchors(page)
    named = re.findall(r'class="found [a-z]+"[^>]*data-cell="([^"]+)"', page)
    links = re.findall(r'class="goto" href="#([^"]+)"', page)
    assert named
    assert set(named) <= cells
    assert len(links) == len(named)
    identities = re.findall(r' id="([^"]+)"', page)
    assert len(identities) == len(set(identities)), "an id stands twice"
    assert "style=" not in page


def test_a_blank_cell_can_be_sent_back(sent_back, signed_in, person, a_filing):
    filing = a_filing()
    accept_everything(filing, person)
    form = change(_form(filing), VALUE, "")
    save(person, filing, form)
    filing.refresh_from_db()
    step(person, filing, "taole", "submit")
    filing.refresh_from_db()
    page = signed_in("zhenzhang").get(f"/filings/{filing.pk}/review").content.decode()
    places = json.loads(re.search(r'id="places"[^>]*>([^<]+)<', page)[1])
    assert places[VALUE].startswith("指标 1“")
    assert places[VALUE].endswith("指标值")
    reasons = json.dumps({VALUE: "请补填"})
    signed_in("zhenzhang").post(
        f"/filings/{filing.pk}/review", posted(filing, action="return", opinion="", reasons=reasons)
    )
    filing.refresh_from_db()
    assert filing.state == "draft"
    page = signed_in("taole").get(f"/filings/{filing.pk}").content.decode()
    assert "请按所列理由修改（1 处）" in page
    assert f"{places[VALUE]}</a>：请补填" in page


def _form(filing):
    from jixiao.web.filings.selectors import form_of

    return form_of(filing)[0]


def test_the_writer_sees_which_cells_are_answered(sent_back, signed_in, person):
    filing = sent_back({VALUE: "数量与合同不符", NAME: "请写清对象"})
    page = signed_in("taole").get(f"/filings/{filing.pk}").content.decode()
    assert "2 处未修改" in page
    form = change(insert_row(_form(filing), "indicators", 0), "indicators[0].name", "新的一行")
    save(person, filing, change(form, "indicators[1].target", "≥99个"))
    filing.refresh_from_db()
    page = signed_in("taole").get(f"/filings/{filing.pk}").content.decode()
    assert "1 处未修改" in page
    assert 'data-cell="indicators[1].target"' in page  # the row has moved, the reason with it
    assert page.index("请写清对象") < page.index("数量与合同不符")  # what is open comes first


def test_a_row_taken_out_answers_its_reason(sent_back, signed_in, person):
    filing = sent_back({VALUE: "与其他指标重复"})
    save(person, filing, remove_row(_form(filing), "indicators", 0))
    page = signed_in("taole").get(f"/filings/{filing.pk}").content.decode()
    assert "已删行" in page
    assert "都已修改" in page


def test_the_next_reviewer_sees_answers_and_changes_at_their_cells(sent_back, signed_in, person):
    filing = sent_back({VALUE: "数量与合同不符", NAME: "请写清对象"})
    before = _form(filing).indicators[0].target.raw
    form = change(_form(filing), VALUE, "≥99个<b>")
    form = insert_row(form, "indicators", len(form.indicators))
    form = change(form, f"indicators[{len(form.indicators) - 1}].name", "新增的指标")
    save(person, filing, form)
    filing.refresh_from_db()
    accept_everything(filing, person)
    step(person, filing, "taole", "submit")
    page = signed_in("zhenzhang").get(f"/filings/{filing.pk}/review").content.decode()
    assert "1 处未修改" in page
    assert re.search(
        rf'data-kind="changed" data-before="{re.escape(before)}" data-cell="{re.escape(VALUE)}"',
        page,
    )
    assert lines(page, "added")
    assert lines(page, "returned")
    assert "≥99个&lt;b&gt;" in page
    assert f"/filings/{filing.pk}/compare" in page
    reader = signed_in("renda").get(f"/filings/{filing.pk}/review").content.decode()
    assert "数量与合同不符" in reader


def test_taking_back_keeps_the_reasons(sent_back, signed_in, person):
    filing = sent_back({VALUE: "数量与合同不符"})
    accept_everything(filing, person)
    step(person, filing, "taole", "submit")
    filing.refresh_from_db()
    step(person, filing, "taole", "cancel")
    filing.refresh_from_db()
    assert filing.number == 3
    page = signed_in("taole").get(f"/filings/{filing.pk}").content.decode()
    assert "数量与合同不符" in page
    assert "第 1 版" in page


def test_items_findings_speak_to_are_filled_in_and_marked(at, signed_in):  # noqa: F811
    filing = at("jixiao")
    filing.suppressions.all().delete()
    page = signed_in("jixiao").get(f"/filings/{filing.pk}/review").content.decode()
    assert page.count("按校核预填") == page.count("is-proposed")
    proposed = re.findall(r'name="review\.items\[\d\]\.grade" value="(.)" checked', page)
    assert proposed
    assert set(proposed) <= {"良", "中"}
    assert len(proposed) < 8  # what nothing was found for is a person's
    assert not re.search(r'name="grade"[^>]*checked', page)
    assert not ReviewSheet.objects.exists()


def test_key_projects_get_no_points_from_the_machine(at, signed_in):  # noqa: F811
    filing = at("jixiao", is_key=True)
    page = signed_in("jixiao").get(f"/filings/{filing.pk}/review").content.decode()
    assert "按校核预填" not in page
    assert not re.search(r'\.score" value="[^"]', page)


def test_a_level_that_does_not_grade_leaves_no_empty_sheet(at, signed_in):  # noqa: F811
    filing = at("zhenzhang")
    answer = signed_in("zhenzhang").post(
        f"/filings/{filing.pk}/review", posted(filing, action="pass")
    )
    assert answer.status_code == 302
    assert not ReviewSheet.objects.exists()


def test_after_a_step_the_next_one_is_at_hand(a_filing, person, signed_in):
    made = []
    for number in (12, 13):
        filing = a_filing(number)
        accept_everything(filing, person)
        filing.suppressions.create(
            code="STR004", path="", reason="样表", by=person("taole").user, until="2030-01-01"
        )
        Filing.objects.filter(pk=filing.pk).update(state="with_unit_head", submitted_at=NOW)
        made.append(Filing.objects.get(pk=filing.pk))
    first, second = made
    browser = signed_in("zhenzhang")
    asked = posted(first, action="return", opinion="请改")
    page = browser.post(f"/filings/{first.pk}/review", asked, follow=True)
    assert page.redirect_chain[-1][0] == f"/filings/{first.pk}?done=1"
    assert f'href="/filings/{second.pk}/review"' in page.content.decode()
    assert second.project_name[:20] in page.content.decode()
    asked = posted(second, action="save", onward="1")
    browser.post(f"/filings/{second.pk}/review", asked)
    Filing.objects.filter(pk=first.pk).update(state="with_unit_head")
    asked = posted(second, action="return", opinion="请改", onward="1")
    page = browser.post(f"/filings/{second.pk}/review", asked, follow=True)
    assert page.redirect_chain[-1][0] == f"/filings/{first.pk}/review?after={second.pk}"
    assert "已办理" in page.content.decode()
    stranger = signed_in("nongji").get(f"/filings/{first.pk}/review?after={second.pk}")
    assert stranger.status_code == 404


def test_what_is_out_of_sight_is_not_named_as_just_done(at, a_filing, signed_in):  # noqa: F811
    filing = at("zhuguan")
    hidden = a_filing(13)
    page = (
        signed_in("zhuguan").get(f"/filings/{filing.pk}/review?after={hidden.pk}").content.decode()
    )
    assert hidden.project_name not in page
    for nonsense in ("x", "9" * 40, "-1"):
        address = f"/filings/{filing.pk}/review?after={nonsense}"
        assert signed_in("zhuguan").get(address).status_code == 200


def test_many_are_looked_over_before_they_go(a_filing, person, signed_in):
    good, bad = a_filing(12), a_filing(13)
    accept_everything(good, person)
    for one in (good, bad):
        Filing.objects.filter(pk=one.pk).update(state="with_unit_head", submitted_at=NOW)
    browser = signed_in("zhenzhang")
    asked = {"filing": [f"{good.pk}:{good.lock_version}", f"{bad.pk}:{bad.lock_version}"]}
    page = browser.post("/inbox/look", asked | {"opinion": "同意"}).content.decode()
    assert "主管部门审核" in page
    assert 'value="同意"' in page
    if bad.errors:
        assert "错误未处理" in page
    stale = browser.post("/inbox/look", {"filing": [f"{good.pk}:99"]}).content.decode()
    assert "有了变化" in stale
    assert 'id="many"' not in stale
    assert set(Filing.objects.values_list("state", flat=True)) == {
        "with_unit_head"
    }  # nothing moved
    assert browser.post("/inbox/look", {"filing": ["x", "1:y", f"{'9' * 40}:1"]}).status_code == 302
    foreign = signed_in("nongji").post("/inbox/look", asked).content.decode()
    assert good.project_name not in foreign


def test_own_phrases_come_first(sent_back, signed_in, person, at):  # noqa: F811
    for _ in range(2):
        sent_back({VALUE: "请附合同"})
    filing = Filing.objects.first()
    step(person, filing, "taole", "submit")
    page = signed_in("zhenzhang").get(f"/filings/{filing.pk}/review").content.decode()
    phrases = json.loads(re.search(r'id="phrases"[^>]*>([^<]+)<', page)[1])
    assert phrases["own"] == {"value": ["请附合同"]}


def test_what_was_not_answered_is_said_before_many_are_sent_on(sent_back, signed_in, person):
    filing = sent_back({VALUE: "数量与合同不符"})
    step(person, filing, "taole", "submit")
    filing.refresh_from_db()
    asked = {"filing": [f"{filing.pk}:{filing.lock_version}"]}
    page = signed_in("zhenzhang").post("/inbox/look", asked).content.decode()
    assert "上轮退回未改 1" in page
    assert 'id="many"' in page


def test_the_page_of_a_filing_leads_whoever_reviews_to_the_review(at, signed_in):  # noqa: F811
    filing = at("zhuguan")
    link = f'class="button primary" href="/filings/{filing.pk}/review"'
    assert link in signed_in("zhuguan").get(f"/filings/{filing.pk}").content.decode()
    assert link not in signed_in("zhenzhang").get(f"/filings/{filing.pk}").content.decode()
    assert link not in signed_in("taole").get(f"/filings/{filing.pk}").content.decode()


def test_a_difference_leads_to_its_cell(sent_back, signed_in, person):
    filing = sent_back({VALUE: "数量与合同不符"})
    save(person, filing, change(_form(filing), VALUE, "≥99个"))
    page = signed_in("taole").get(f"/filings/{filing.pk}/compare").content.decode()
    assert f'href="/filings/{filing.pk}#indicators%5B0%5D.target"' in page


def test_what_the_unit_answers_for_is_put_before_the_reviewer(at, signed_in, person):  # noqa: F811
    filing = at("zhuguan")
    address = f"/filings/{filing.pk}/review"
    browser = signed_in("zhuguan")
    assert "单位已说明理由" not in browser.get(address).content.decode()
    filing.suppressions.create(
        code="VAL003", path="", reason="按<批复>", by=person("taole").user, until="2030-01-01"
    )
    page = browser.get(address).content.decode()
    assert "单位已说明理由，请看是否成立" in page
    assert "按&lt;批复&gt;" in page
    (line,) = lines(page, "answered")
    assert re.search(rf'id="{line}"[^>]*data-cell="indicators', page)

"""Any two versions side by side, and last year's approved form beside this year's."""

from jixiao.official.editing import change, remove_row
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.filing import begin, save_draft
from tests.web.conftest import NOW
from tests.web.test_journey import JOURNEY, WAY, accept_everything, graded, step


def returned(a_filing, person):
    filing = a_filing()
    accept_everything(filing, person)
    step(person, filing, "taole", "submit")
    return step(person, filing, "zhenzhang", "return", opinion="请改")


def save(person, filing, form):
    return save_draft(
        actor=person("taole"), filing=filing, form=form, lock_version=filing.lock_version,
        journey=JOURNEY, now=NOW,
    )  # fmt: skip


def test_neighbours_and_foreign_versions_are_not_there(a_filing, signed_in):
    one, other = a_filing(), a_filing(13)
    assert signed_in("nongji").get(f"/filings/{one.pk}/compare").status_code == 404
    foreign = other.revisions.get().pk
    browser = signed_in("taole")
    assert browser.get(f"/filings/{one.pk}/compare?left={foreign}").status_code == 404
    assert browser.get(f"/filings/{one.pk}/compare?right=x").status_code == 404


def test_one_version_has_nothing_to_compare(a_filing, signed_in):
    page = signed_in("taole").get(f"/filings/{a_filing().pk}/compare").content.decode()
    assert "只有一个版本" in page


def test_changed_cells_and_rows_stand_side_by_side(a_filing, person, sample_forms, signed_in):
    filing = returned(a_filing, person)
    form = change(sample_forms[12], "indicators[0].target", "≥99个<b>")
    save(person, filing, remove_row(form, "indicators", 2))
    page = signed_in("taole").get(f"/filings/{filing.pk}/compare").content.decode()
    before = sample_forms[12].indicators[0].target.raw
    assert f"<del>{before}</del>" in page
    assert "<ins>≥99个&lt;b&gt;</ins>" in page
    assert 'class="removed"' in page
    assert "第 1 版（已提交）" in page
    assert "第 2 版（草稿）" in page
    assert page.count("陶乐镇经办人") >= 2


def test_last_years_approved_form_can_be_chosen(a_filing, person, county, sample_forms, signed_in):
    last = a_filing()
    accept_everything(last, person)
    for name, action in WAY[:-1]:
        if name == "jixiao":
            graded(last, person, "优")
        step(person, last, name, action)
    now = begin(
        actor=person("taole"), agency=county["055001"], journey=JOURNEY, budget_year=2023, now=NOW,
        form=change(sample_forms[12], "narrative.goal", "新的目标"), project_key=last.project_key,
    )  # fmt: skip
    approved = Filing.objects.get(pk=last.pk).revisions.get(number=1)
    page = signed_in("taole").get(f"/filings/{now.pk}/compare?left={approved.pk}").content.decode()
    assert "2022 年度第 1 版（已批复）" in page
    assert "<ins>新的目标</ins>" in page

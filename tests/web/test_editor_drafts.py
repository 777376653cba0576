"""A new draft: who may begin one, on what table, and what comes from last year."""

import uuid

import pytest

from jixiao.form.codec import decode
from jixiao.web.filings.models import Filing, Revision

LAYOUT = "nx_pingluo/project_target_2022"


@pytest.fixture
def asked(county):
    return {
        "agency": county["055001"].pk,
        "year": "2027",
        "layout": LAYOUT,
        "name": "村道路灯维修",
        "key": str(uuid.uuid4()),
    }


def form_of(filing):
    return decode(Revision.objects.get(filing=filing, number=1).form)


@pytest.mark.parametrize("name", ["zhenzhang", "jixiao", "xitong"])
def test_only_preparers_begin(signed_in, asked, name):
    assert signed_in(name).get("/filings/new").status_code == 403
    assert signed_in(name).post("/filings/new", asked).status_code == 403
    assert not Filing.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("year", "二七", "预算年度"),
        ("layout", "nowhere", "表样"),
        ("name", " ", "项目名称"),
        ("agency", "0", "单位"),
        ("before", "999", "不属于"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_kept(signed_in, asked, field, value, why):
    response = signed_in("taole").post("/filings/new", {**asked, field: value})
    page = response.content.decode()
    assert response.status_code == 409
    assert why in page
    assert not Filing.objects.exists()
    if field != "name":
        assert "村道路灯维修" in page


def test_another_unit_is_not_offered(signed_in, asked, county):
    page = signed_in("nongji").get("/filings/new").content.decode()
    assert "县农业技术推广中心" in page
    assert "陶乐镇" not in page.partition("<main")[2]
    response = signed_in("nongji").post("/filings/new", asked)
    assert response.status_code == 409


def test_a_blank_form_knows_its_project_unit_and_rows(signed_in, asked):
    response = signed_in("taole").post("/filings/new", asked)
    filing = Filing.objects.get()
    assert response.headers["Location"] == f"/filings/{filing.pk}"
    form = form_of(filing)
    assert (filing.project_name, filing.budget_year, filing.state) == (
        "村道路灯维修", 2027, "draft",
    )  # fmt: skip
    assert form.header.implementing_unit.raw == "陶乐镇人民政府本级"
    assert form.header.supervising_department.value.code == "055"
    assert len(form.indicators) > 6


def test_a_button_pressed_twice_begins_one_draft(signed_in, asked):
    first = signed_in("taole").post("/filings/new", asked)
    second = signed_in("taole").post("/filings/new", asked)
    assert first.headers["Location"] == second.headers["Location"]
    assert Filing.objects.count() == 1


def test_last_years_form_gives_names_and_hints_but_no_values(signed_in, asked, a_filing):
    last = a_filing(4)
    response = signed_in("taole").post("/filings/new", {**asked, "before": last.pk, "name": ""})
    assert response.status_code == 302, response.content.decode()
    filing = Filing.objects.exclude(pk=last.pk).get()
    form = form_of(filing)
    assert filing.project_key == last.project_key
    assert form.indicators[0].name.raw == form_of(last).indicators[0].name.raw
    assert all(row.target.raw == "" for row in form.indicators)
    page = signed_in("taole").get(f"/filings/{filing.pk}").content.decode()
    assert 'placeholder="上年：' in page


def test_a_year_that_is_not_later_is_refused(signed_in, asked, a_filing):
    last = a_filing(4)
    response = signed_in("taole").post("/filings/new", {**asked, "before": last.pk, "year": "2022"})
    assert response.status_code == 409

"""A unit gets another department in mid-season: people, filings and all sums follow it."""

import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Max

from jixiao.web.agencies.models import Agency, Membership
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.administration import AdministrationFault
from jixiao.web.workflow.chain import verify
from jixiao.web.workflow.filing import NotYours
from jixiao.web.workflow.models import Event
from jixiao.web.workflow.moving import rearrange_agency
from tests.web.conftest import NOW
from tests.web.test_journey import accept_everything, step

TOTALS = "/filings/totals?year=2022"


@pytest.fixture
def move(county, person):
    """Hang one agency under another, by their codes."""

    def moving(code, below, by="xitong"):
        one = Agency.objects.get(code=code)
        return rearrange_agency(
            actor=person(by), agency=one, parent=county[below], name=one.name, is_active=True,
            now=NOW,
        )  # fmt: skip

    return moving


def filed_paths():
    """The path each row of each table copies, beside the path of the agency it belongs to."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        if "agency_path" not in names:
            continue
        owner = "agency__path" if "agency" in names else "filing__agency__path"
        for copied, true in model.objects.values_list("agency_path", owner):
            yield model.__name__, copied, true


@pytest.mark.parametrize(
    ("code", "below", "reason"),
    [
        ("640221", "055", "最上级机构不能调整上级"),
        ("055", "055", "不能放到自己或者自己的下级之下"),
        ("055", "055001", "不能放到自己或者自己的下级之下"),
    ],
)
def test_where_nothing_can_hang(move, code, below, reason):
    with pytest.raises(AdministrationFault, match=reason):
        move(code, below)


def test_not_below_what_is_switched_off(move, county):
    county["021"].is_active = False
    county["021"].save()
    with pytest.raises(AdministrationFault, match="已停用"):
        move("055001", "021")


@pytest.mark.parametrize("who", ["anquan", "taole", "yusuan"])
def test_nobody_else_moves_anything(move, who):
    with pytest.raises(NotYours):
        move("055001", "021", by=who)


def test_every_copy_of_the_path_follows(move, a_filing):
    a_filing(4)
    move("055001", "021")
    found = list(filed_paths())
    assert {name for name, _, _ in found} >= {"Filing", "FindingCount", "Tally", "DayCount"}
    assert [one for one in found if one[1] != one[2]] == []


def test_a_department_takes_its_units_along(move, a_filing, county):
    filing, depth = a_filing(4), county["055001"].depth
    move("055", "021")
    unit = Agency.objects.get(code="055001")
    assert unit.path.startswith(Agency.objects.get(code="055").path)
    assert unit.path.startswith(county["021"].path)
    assert unit.depth == depth + 1
    filing.refresh_from_db()
    assert filing.agency_path == unit.path


@pytest.fixture
def waiting(a_filing, person):
    """A filing that waits with the department of its unit."""
    filing = a_filing(12)
    accept_everything(filing, person)
    step(person, filing, "taole", "submit")
    step(person, filing, "zhenzhang", "pass")
    filing.refresh_from_db()
    return filing


@pytest.fixture
def other_department(county):
    """Somebody who reviews for the department of another unit."""
    Membership.objects.filter(user__username="nongji").update(
        agency=county["021"], role="department_reviewer"
    )
    return "nongji"


def test_the_filing_is_the_new_department_s(move, waiting, signed_in, other_department):
    old, new = signed_in("zhuguan"), signed_in(other_department)
    page = f"/filings/{waiting.pk}"
    assert (old.get(page).status_code, new.get(page).status_code) == (200, 404)
    move("055001", "021")
    assert (old.get(page).status_code, new.get(page).status_code) == (404, 200)
    assert page in new.get("/").content.decode()
    assert page not in old.get("/").content.decode()
    assert signed_in("taole").get(page).status_code == 200


def test_the_new_department_passes_it_on(move, waiting, person, other_department):
    move("055001", "021")
    step(person, waiting, other_department, "pass")
    assert [one for one in filed_paths() if one[1] != one[2]] == []


def test_sums_of_departments_follow(move, waiting, signed_in, other_department):
    def counted(who):
        return f"{waiting.total:,.0f}</td>" in signed_in(who).get(TOTALS).content.decode()

    assert (counted("zhuguan"), counted(other_department)) == (True, False)
    move("055001", "021")
    assert (counted("zhuguan"), counted(other_department)) == (False, True)
    assert counted("jixiao")


def test_a_number_that_became_free_is_no_trouble(move, county):
    move("055002", "021")
    move("055002", "055")
    move("055001", "055002")
    paths = list(Agency.objects.values_list("path", flat=True))
    assert len(set(paths)) == len(paths)
    assert Agency.objects.aggregate(most=Max("path"))["most"] in paths


def test_the_log_says_from_where_to_where(move, county):
    move("055001", "021")
    event = Event.objects.get(code="agency.moved")
    assert json.loads(event.payload) == {"from": county["055"].name, "to": county["021"].name}
    assert list(verify()) == []


def test_on_the_page(signed_in, county):
    browser, unit = signed_in("xitong"), county["055001"]
    page = browser.get(f"/agencies/{unit.pk}").content.decode()
    assert f'<option value="{county["021"].pk}">' in page
    assert f'<option value="{unit.pk}"' not in page
    entry = {"parent": county["021"].pk, "name": unit.name, "is_active": "on"}
    assert browser.post(f"/agencies/{unit.pk}", entry).status_code == 302
    unit.refresh_from_db()
    assert unit.parent == county["021"]


def test_the_county_itself_offers_no_place(signed_in, county):
    top = county["640221"]
    page = signed_in("xitong").get(f"/agencies/{top.pk}").content.decode()
    assert 'name="parent"' not in page
    entry = {"name": "平罗县", "is_active": "on"}
    assert signed_in("xitong").post(f"/agencies/{top.pk}", entry).status_code == 302


def test_a_recount_brings_home_what_was_begun_while_the_unit_moved(move, a_filing):
    filing = a_filing(4)
    old = filing.agency_path
    move("055001", "021")
    Filing.objects.filter(pk=filing.pk).update(agency_path=old)  # it had read the place before
    call_command("jixiao_recount")
    assert [row for row in filed_paths() if row[1] != row[2]] == []

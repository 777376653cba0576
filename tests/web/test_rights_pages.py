"""Who may do what: the table agrees with the machine, and names are those within reach."""

from datetime import timedelta

from jixiao.lifecycle.journey import journey_of
from jixiao.lifecycle.machine import open_actions
from jixiao.lifecycle.rights import PARTS, may_change, table
from jixiao.lifecycle.roles import RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.agencies.services import grant
from jixiao.web.workflow.administration import delegate
from tests.web.conftest import NOW, TODAY


def test_the_table_says_what_the_machine_does():
    stage = journey_of().stage
    told = {(one.role, one.state, one.what) for one in table(stage)}
    for state in stage.states:
        for role in RoleCode:
            for action in stage.actions_from(state.code):
                mine = action in open_actions(stage, state=state.code, roles=frozenset({role}))
                assert mine == ((role, state.code, action.code) in told)
            for part in PARTS:
                changes = may_change(
                    stage, state=state.code, path=f"{part}.x", roles=frozenset({role})
                )
                assert changes == ((role, state.code, part) in told)


def test_the_table_is_shown(signed_in):
    page = signed_in("anquan").get("/rights").content.decode()
    assert "修改全表" in page
    assert "不予安排" in page


def test_who_can_change_this_now(signed_in, a_filing, county, person):
    filing = a_filing()
    delegate(
        actor=person("zhenzhang"), role=RoleCode.UNIT_HEAD, agency=county["055001"],
        to=User.objects.get(username="taole2"), until=TODAY + timedelta(days=7), now=NOW,
    )  # fmt: skip
    page = signed_in("anquan").get(f"/rights/filings/{filing.pk}").content.decode()
    assert "陶乐镇经办人" in page
    assert "修改全表" in page
    assert "在陶乐镇人民政府本级任经办人" in page
    assert "农技中心经办人" not in page
    assert filing.project_name not in page  # who keeps roles does not read filings


def test_a_state_nobody_holds_is_said(signed_in, a_filing, county):
    filing = a_filing()
    User.objects.filter(username__startswith="taole").update(is_active=False)
    page = signed_in("anquan").get(f"/rights/filings/{filing.pk}").content.decode()
    assert "现在轮到“经办人”办理，但没有人担任" in page


def test_a_neighbour_is_not_told(signed_in, a_filing, county):
    filing = a_filing()
    assert signed_in("nongji").get(f"/rights/filings/{filing.pk}").status_code == 404
    small = User.objects.create_user(username="xiaoan", full_name="农业安全员", password=None)
    grant(user=small, agency=county["021"], role=RoleCode.SECURITY_ADMIN, starts_on=TODAY)
    assert signed_in("xiaoan").get(f"/rights/filings/{filing.pk}").status_code == 404
    assert signed_in("taole").get(f"/rights/filings/{filing.pk}").status_code == 200


def test_a_filing_is_found_by_its_name_or_number(signed_in, a_filing):
    filing = a_filing()
    found = signed_in("jixiao").get("/rights", {"filing": "不存在的项目"}).content.decode()
    assert "没有名称含这些字的项目" in found
    words = filing.project_name[1:4]
    assert f"/rights/filings/{filing.pk}" not in found
    mine = signed_in("zhenzhang").get("/rights", {"filing": words}).content.decode()
    assert f"/rights/filings/{filing.pk}" in mine
    hidden = signed_in("anquan").get("/rights", {"filing": words}).content.decode()
    assert f"/rights/filings/{filing.pk}" not in hidden
    moved = signed_in("anquan").get("/rights", {"filing": str(filing.pk)})
    assert moved["Location"] == f"/rights/filings/{filing.pk}"

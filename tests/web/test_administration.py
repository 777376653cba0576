"""Three administrators, each with a part of the power, and every use of it in the log."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from jixiao.lifecycle.roles import AgencyKind, RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Membership
from jixiao.web.agencies.services import RoleConflict
from jixiao.web.workflow import administration as administer
from jixiao.web.workflow.chain import verify
from jixiao.web.workflow.filing import NotYours
from jixiao.web.workflow.models import Event
from tests.web.conftest import NOW, TODAY


def granted(person, county, role, *, by="anquan", to="nongji", at="055"):
    return administer.grant_role(
        actor=person(by), user=User.objects.get(username=to), agency=county[at], role=role,
        starts_on=TODAY, ends_on=None, now=NOW,
    )  # fmt: skip


def test_the_system_administrator_grants_no_roles(county, person):
    with pytest.raises(NotYours):
        granted(person, county, RoleCode.PREPARER, by="xitong")


def test_the_security_administrator_makes_no_accounts(county, person):
    with pytest.raises(NotYours):
        administer.create_account(
            actor=person("anquan"), agency=county["055"], username="x", full_name="某人", now=NOW
        )


def test_nobody_raises_himself(county, person):
    with pytest.raises(NotYours):
        granted(person, county, RoleCode.PERFORMANCE_DIVISION, to="anquan")


@pytest.mark.parametrize("who", ["xitong", "rizhi", "jixiao"])
def test_powers_do_not_meet_in_one_person(county, person, who):
    role = RoleCode.SYSTEM_ADMIN if who != "xitong" else RoleCode.AUDIT_ADMIN
    with pytest.raises(RoleConflict):
        granted(person, county, role, to=who, at="640221")


def test_an_account_begins_with_a_password_of_its_own(county, person):
    user, password = administer.create_account(
        actor=person("xitong"), agency=county["055002"], username="xinren", full_name="新经办人",
        now=NOW,
    )  # fmt: skip
    assert user.check_password(password)
    assert user.must_change_password
    assert len(password) == 14


def test_an_agency_is_put_where_it_belongs(county, person):
    made = administer.create_agency(
        actor=person("xitong"), parent=county["055"], code="055003", name="陶乐镇中心小学",
        kind=AgencyKind.UNIT, now=NOW,
    )  # fmt: skip
    assert made.path.startswith(county["055"].path)
    assert made.path > county["055002"].path


def test_a_role_is_lent_for_a_time(county, person):
    until = TODAY + timedelta(days=7)
    other = User.objects.get(username="taole2")
    lent = administer.delegate(
        actor=person("zhenzhang"), role=RoleCode.UNIT_HEAD, agency=county["055001"], to=other,
        until=until, now=NOW,
    )  # fmt: skip
    assert RoleCode.UNIT_HEAD in person("taole2").roles_over(county["055001"].path)
    with pytest.raises(NotYours):  # not lent on
        administer.delegate(
            actor=person("taole2"), role=RoleCode.UNIT_HEAD, agency=county["055001"],
            to=User.objects.get(username="taole"), until=until, now=NOW,
        )  # fmt: skip
    administer.end_role(
        actor=person("zhenzhang"), membership=lent, on=TODAY - timedelta(days=1), now=NOW
    )
    assert RoleCode.UNIT_HEAD not in person("taole2").roles_over(county["055001"].path)


def test_everything_is_in_the_log(county, person):
    granted(person, county, RoleCode.PREPARER)
    made = Membership.objects.latest("pk")
    administer.end_role(actor=person("anquan"), membership=made, on=TODAY, now=NOW)
    codes = list(Event.objects.order_by("pk").values_list("code", flat=True))
    assert codes == ["role.granted", "role.ended"]
    assert not list(verify())


def test_a_county_begins_with_three_administrators(db, capsys):
    call_command("jixiao_begin", "--code", "640221", "--name", "平罗县")
    said = capsys.readouterr().out
    for one in User.objects.all():
        assert one.must_change_password
        password = said.split(f"登录名 {one.username}　初始口令 ")[1].split("\n")[0]
        assert one.check_password(password)
    assert Membership.objects.count() == 3
    assert not list(verify())
    with pytest.raises(CommandError):
        call_command("jixiao_begin", "--code", "1", "--name", "另一个县")

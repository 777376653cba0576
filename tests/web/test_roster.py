"""A sheet of many people: passwords are worked out before the database has to wait for anybody."""

import pytest
from django.db import connection

from jixiao.web.accounts.models import User
from jixiao.web.workflow import administration as administer
from jixiao.web.workflow.roster import read_roster, take_in
from tests.web.conftest import NOW

HEADER = "机构编码,机构名称,上级编码,类别,登录名,姓名\r\n"


@pytest.fixture
def hashed_within(monkeypatch):
    """How many transactions were open when each password was worked out."""
    depths, make = [], administer.make_password

    def noted(text):
        depths.append(len(connection.savepoint_ids))
        return make(text)

    monkeypatch.setattr(administer, "make_password", noted)
    return depths


def test_no_password_is_worked_out_while_the_writer_is_held(county, person, hashed_within):
    rows = [f"05507{n},第{n}小学,055,预算单位,school{n},经办人{n}\r\n" for n in range(5)]
    actor, outside = person("xitong"), len(connection.savepoint_ids)
    roster = read_roster(actor, "名单.csv", (HEADER + "".join(rows)).encode())
    taken = take_in(actor=actor, roster=roster, now=NOW)
    assert hashed_within == [outside] * 5
    assert [one.agency.code for one in taken.people] == [f"05507{n}" for n in range(5)]
    for one in taken.people:
        assert User.objects.get(pk=one.user.pk).check_password(one.password)
        assert one.user.must_change_password
    assert len({one.password for one in taken.people}) == 5


def test_nor_for_one_person(county, person, hashed_within):
    outside, actor = len(connection.savepoint_ids), person("xitong")
    user, first = administer.create_account(
        actor=actor, agency=county["055"], username="xinren", full_name="新经办人", now=NOW
    )
    second = administer.reset_password(actor=actor, agency=county["055"], user=user, now=NOW)
    assert hashed_within == [outside] * 2
    kept = User.objects.get(pk=user.pk)
    assert kept.check_password(second)
    assert not kept.check_password(first)

"""A sheet of many people: passwords are worked out before the database has to wait for anybody."""

from io import BytesIO

import pytest
from django.db import connection
from openpyxl import Workbook

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


COLUMNS = ("机构编码", "机构名称", "上级编码", "类别", "登录名", "姓名")


def book(*rows, header=COLUMNS, merged=(), sheets=1):
    """A workbook as an office makes it: a title over the header, which is not the first row."""
    made = Workbook()
    made.remove(made.active)
    for number in range(sheets):
        sheet = made.create_sheet(f"名单{number + 1}")
        sheet.append(["平罗县预算单位及人员名单"])
        sheet.merge_cells("A1:F1")
        sheet.append(header)
        for row in rows:
            sheet.append(row)
        for area in merged:
            sheet.merge_cells(area)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.fixture
def read(county, person):
    def reading(*rows, **how):
        return read_roster(person("xitong"), "名单.xlsx", book(*rows, **how))

    return reading


def reasons(roster):
    return {one.number: one.reason for one in roster.refused}


SCHOOL = ("055003", "中心小学", "055", "预算单位")


def test_what_would_not_fit_the_database_is_refused_by_its_row(read):
    found = read(("9" * 41, "县" * 121, "055", "预算单位", "a1", "名" * 61))
    said = "机构编码不能超过 40 个字；机构名称不能超过 120 个字；姓名不能超过 60 个字"
    assert reasons(found) == {3: said}


def test_a_wrong_digit_brings_nobody_into_another_unit(read, county):
    there = county["055001"].name
    found = read(("055001", "综合中心", "055", "预算单位", "zonghe", "综合经办人"))
    assert reasons(found)[3].startswith(f"编码“055001”已经是“{there}”，与表中的“综合中心”不同")


def test_a_sign_in_name_written_twice_names_the_other_row(read):
    found = read((*SCHOOL, "xiaoxue", "甲"), (*SCHOOL, "XiaoXue ", "乙"))
    assert reasons(found) == {4: "登录名“xiaoxue”与第 3 行相同"}


def test_nobody_is_brought_into_what_is_switched_off(read, county):
    county["055001"].is_active = False
    county["055001"].save()
    found = read(
        ("055001", "", "", "", "xinren", "新人"), ("055001009", "食堂", "055001", "单位", "", "")
    )
    name = county["055001"].name
    assert reasons(found) == {3: f"“{name}”已停用", 4: f"上级“{name}”已停用"}


def test_a_zero_that_excel_took_away_is_named(read):
    found = read((55003, "中心小学", 55, "预算单位", "xiaoxue", "甲"))
    assert "是不是 Excel 去掉了“055”前面的 0" in reasons(found)[3]


def test_two_sheets_with_people_are_not_half_taken(read):
    found = read((*SCHOOL, "xiaoxue", "甲"), sheets=2)
    assert "有 2 张这样的表" in found.fault


def test_headings_and_names_as_offices_write_them(read):
    header = ("*机构 编码", "机构名称", "上级编码（必填）", "类\n别", "登录名", "姓　名")
    found = read(
        ("０５５００３", "中心\n小学", "055", "二级 预算单位", "XiaoXue", "张　三"), header=header
    )
    (line,) = found.lines
    assert found.refused == ()
    assert (line.code, line.name, line.username) == ("055003", "中心小学", "xiaoxue")
    assert line.full_name == "张三"


def test_cells_merged_over_the_people_of_a_unit(read):
    merged = ("A3:A4", "B3:B4", "C3:C4", "D3:D4")
    found = read((*SCHOOL, "xiaoxue", "甲"), ("", "", "", "", "xiaozhang", "乙"), merged=merged)
    assert found.refused == ()
    assert [(one.code, one.name, one.username) for one in found.lines] == [
        ("055003", "中心小学", "xiaoxue"),
        ("055003", "中心小学", "xiaozhang"),
    ]


def test_a_row_with_the_code_alone_is_of_the_same_new_agency(read, person):
    found = read((*SCHOOL, "xiaoxue", "甲"), ("055003", "", "", "", "xiaozhang", "乙"))
    taken = take_in(actor=person("xitong"), roster=found, now=NOW)
    assert [one.agency.code for one in taken.people] == ["055003", "055003"]
    assert len(taken.agencies) == 1

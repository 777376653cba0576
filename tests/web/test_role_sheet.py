"""Roles of many people from one sheet: whole or not at all, and nothing the page could not do."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Membership, Workplace
from jixiao.web.workflow.chain import verify
from jixiao.web.workflow.models import Event
from jixiao.web.workflow.role_sheet import grant_sheet
from tests.web.api import V1, Program
from tests.web.conftest import NOW, TODAY

HEADER = "登录名,姓名,单位,角色,机构编码,开始日期,结束日期\r\n"


@pytest.fixture
def newcomers(county):
    """Two people at the second unit who hold no role."""
    made = [User.objects.create(username=f"xin{n}", full_name=f"新人{n}") for n in "ab"]
    for one in made:
        Workplace.objects.create(user=one, agency=county["055002"])
    return made


@pytest.fixture
def grant(person, newcomers):
    def granting(*rows, by="anquan"):
        content = (HEADER + "\r\n".join(rows)).encode()
        return grant_sheet(actor=person(by), name="角色.csv", content=content, now=NOW)

    return granting


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("nobody,,,经办人,055002,,", "登录名“nobody”不存在"),
        ("xina,别人,,经办人,055002,,", "登录名“xina”是“新人a”，与表中的姓名不同"),
        ("xina,新人a,,填表人,055002,,", "角色“填表人”认不出来"),
        ("xina,新人a,,经办人,55002,,", "机构编码“55002”不存在"),
        ("xina,新人a,,经办人,,,", "机构编码“”不存在"),
        ("xina,新人a,,经办人,055002,明天,", "日期要写成"),
        ("xina,新人a,,经办人,055002,2027-02-30,", "日期要写成"),
        ("xina,新人a,,经办人,055002,2027-03-01,2027-02-01", "结束日期不能早于开始日期"),
        ("anquan,,,经办人,055002,,", "不能给自己授予角色"),
        ("taole,,,系统管理员,640221,,", "三员分立"),
    ],
)
def test_a_row_that_cannot_be_granted_keeps_the_whole_sheet_out(grant, row, reason):
    before = Membership.objects.count()
    done = grant("xinb,新人b,,经办人,055002,,", row)
    assert [one.number for one in done.refused] == [3]
    assert reason in done.refused[0].reason
    assert (done.granted, Membership.objects.count()) == ((), before)
    assert not Event.objects.filter(code="role.granted", payload__contains="xinb").exists()


def test_the_same_role_twice_in_one_sheet(grant):
    done = grant("xina,,,经办人,055002,,", "xina,,,经办人,055002,,")
    assert "已经是" in done.refused[0].reason


def test_two_posts_of_one_person_and_a_day_as_offices_write_it(grant, county):
    done = grant(
        "xina,新人a,,经办人,055002,,",
        "XINA ,新 人 a,,单位负责人,０５５００１,2027年1月5日,2027/12/31",
        "xinb,新人b,,,055002,,",
    )
    assert (len(done.granted), done.left_out, done.refused) == (2, 1, ())
    first, second = Membership.objects.filter(user__username="xina").order_by("pk")
    assert (first.starts_on, first.ends_on, first.role) == (TODAY, None, "preparer")
    assert (second.starts_on, second.ends_on) == (date(2027, 1, 5), date(2027, 12, 31))
    assert second.agency == county["055001"]
    assert list(verify()) == []


def test_nobody_but_the_security_administrator(grant):
    done = grant("xina,新人a,,经办人,055002,,", by="xitong")
    assert done.granted == ()
    assert len(done.refused) == 1


def test_the_list_of_those_without_a_role_comes_back_filled_in(signed_in, newcomers):
    browser = signed_in("anquan")
    assert "现有 2 人还没有角色" in browser.get("/roles/sheet").content.decode()
    book = openpyxl.load_workbook(BytesIO(browser.get("/roles/sheet/people.xlsx").content))
    sheet = book.active
    names = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert names == ["xina", "xinb"]
    assert sheet["E2"].value == "055002"
    sheet["D2"] = "经办人"
    stream = BytesIO()
    book.save(stream)
    page = browser.post(
        "/roles/sheet", {"sheet": SimpleUploadedFile("roles.xlsx", stream.getvalue())}
    ).content.decode()
    assert "已授予 1 个角色" in page
    assert "没有填角色的 1 行没有办理" in page
    assert Membership.objects.get(user__username="xina").role == "preparer"


def test_a_file_that_is_none_is_said_so(signed_in):
    sent = SimpleUploadedFile("角色.csv", b"a,b\r\n1,2\r\n")
    page = signed_in("anquan").post("/roles/sheet", {"sheet": sent})
    assert (page.status_code, "没有找到含" in page.content.decode()) == (400, True)


def test_a_program_does_the_same(newcomers):
    def send(text, by="anquan"):
        stream = BytesIO((HEADER + text).encode())
        stream.name = "roles.csv"
        return Program(by).client.post(f"{V1}/roles/sheet", {"file": stream})

    assert send("xina,,,经办人,055002,,", by="xitong").status_code == 403
    refused = send("xina,,,填表人,055002,,")
    assert refused.status_code == 422
    assert refused.json()["details"]["rows"][0]["row"] == 2
    done = send("xina,,,经办人,055002,,")
    assert (done.status_code, done.json()) == (201, {"granted": 1, "left_out": 0})

"""Pages of the three administrators: not there for others, and what they do."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency, Membership, Workplace
from jixiao.web.agencies.services import RoleConflict, grant
from jixiao.web.workflow.models import Event
from jixiao.web.workflow.roster import SAMPLE
from tests.web.conftest import TODAY

PAGES = {
    "xitong": ("/agencies", "/accounts", "/accounts/new", "/roster", "/roster/sample.csv"),
    "anquan": ("/roles",),
    "rizhi": ("/log", "/log/export", "/log/verifier.py"),
}


@pytest.mark.parametrize("who", ["taole", "jixiao", "xitong", "anquan", "rizhi"])
def test_each_finds_the_own_pages_only(signed_in, who):
    for owner, pages in PAGES.items():
        for page in pages:
            assert signed_in(who).get(page).status_code == (200 if owner == who else 404), page


def test_administrators_see_no_filings(signed_in, a_filing):
    pk = a_filing().pk
    for who in PAGES:
        assert signed_in(who).get(f"/filings/{pk}").status_code == 404


def test_administrators_begin_at_their_own_pages(signed_in):
    assert signed_in("xitong").get("/").headers["Location"] == "/agencies"
    assert signed_in("rizhi").get("/").headers["Location"] == "/log"


def test_an_agency_is_added_renamed_and_switched_off(signed_in, county):
    browser = signed_in("xitong")
    entry = {"parent": county["055"].pk, "code": "055003", "name": "陶乐镇中心小学", "kind": "unit"}
    assert browser.post("/agencies", entry).status_code == 302
    again = browser.post("/agencies", entry)
    assert again.status_code == 400
    assert "已被别的机构使用" in again.content.decode()
    assert 'value="陶乐镇中心小学"' in again.content.decode()  # what was typed is still there
    made = Agency.objects.get(code="055003")
    assert browser.post(f"/agencies/{made.pk}", {"name": "镇小学"}).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.is_active) == ("镇小学", False)
    refused = browser.post(f"/agencies/{county['055'].pk}", {"name": "陶乐镇"})
    assert "请先停用下级机构" in refused.content.decode()


def test_an_account_from_first_password_to_switching_off(signed_in, client, county):
    browser = signed_in("xitong")
    entry = {"agency": county["055002"].pk, "username": "Xinren", "full_name": "新经办人"}
    page = browser.post("/accounts/new", entry).content.decode()
    user = User.objects.get(username="xinren")
    password = page.split('class="big">')[1].split("<")[0]
    assert user.check_password(password)
    assert Workplace.objects.get(user=user).agency == county["055002"]
    assert "已被使用" in browser.post("/accounts/new", entry).content.decode()
    entry = {"username": "xinren", "password": password}
    assert client.post("/sign-in", entry).status_code == 302
    assert client.get("/account").headers["Location"] == "/password"
    browser.post(f"/accounts/{user.pk}", {"action": "off"})
    assert client.get("/account").headers["Location"] == "/sign-in?next=/account"
    browser.post(f"/accounts/{user.pk}", {"action": "reset"})
    assert not User.objects.get(pk=user.pk).check_password(password)
    codes = Event.objects.filter(agency=county["055002"]).values_list("code", flat=True)
    assert {"account.created", "account.switched", "account.password_reset"} <= set(codes)


def test_nobody_switches_himself_off(signed_in, county):
    me = User.objects.get(username="xitong")
    assert signed_in("xitong").post(f"/accounts/{me.pk}", {"action": "off"}).status_code == 404


def test_who_keeps_a_department_does_not_reach_the_bureau(signed_in, county):
    small = User.objects.create_user(username="xiaoguan", full_name="镇管理员", password=None)
    grant(user=small, agency=county["055"], role=RoleCode.SYSTEM_ADMIN, starts_on=TODAY)
    browser = signed_in("xiaoguan")
    bureau = User.objects.get(username="jixiao")
    assert browser.get(f"/accounts/{bureau.pk}").status_code == 404
    # A reviewer with a role here and another above may be seen, not taken over.
    grant(user=bureau, agency=county["055"], role=RoleCode.LINE_DIVISION, starts_on=TODAY)
    assert browser.get(f"/accounts/{bureau.pk}").status_code == 200
    assert browser.post(f"/accounts/{bureau.pk}", {"action": "reset"}).status_code == 404
    assert browser.get(f"/agencies/{county['021'].pk}").status_code == 404


def test_roles_are_granted_and_taken_back(signed_in, county):
    browser = signed_in("anquan")
    user = User.objects.get(username="taole2")
    entry = {
        "user": user.pk, "role": "unit_head", "agency": county["055001"].pk,
        "starts_on": "2026-11-22", "ends_on": "2099-12-31",
    }  # fmt: skip
    assert browser.post("/roles", entry).status_code == 302
    made = Membership.objects.get(user=user, role="unit_head")
    assert "陶乐镇第二经办人" in browser.get("/roles?by=place&role=unit_head").content.decode()
    assert browser.post(f"/roles/{made.pk}/end").status_code == 302
    browser.get("/roles")  # says that it was done
    assert "陶乐镇第二经办人</td>" not in browser.get("/roles?role=unit_head").content.decode()
    made.refresh_from_db()
    assert made.ends_on is not None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"role": "audit_admin"}, "三员分立"),
        ({"ends_on": "2020-01-01"}, "结束日期不能早于开始日期"),
        ({"role": "preparer"}, "已经是"),
        ({"role": "emperor"}, "emperor"),
    ],
)
def test_roles_that_are_not_granted(signed_in, county, change, words):
    user = User.objects.get(username="taole2")
    entry = {
        "user": user.pk, "role": "unit_head", "agency": county["055001"].pk,
        "starts_on": "2026-11-22", **change,
    }  # fmt: skip
    page = signed_in("anquan").post("/roles", entry)
    assert page.status_code == 400
    assert words in page.content.decode()


def test_nobody_raises_himself_on_the_page(signed_in, county):
    me = User.objects.get(username="anquan")
    entry = {
        "user": me.pk,
        "role": "budget_division",
        "agency": county["640221"].pk,
        "starts_on": "2026-11-22",
    }
    assert signed_in("anquan").post("/roles", entry).status_code == 400
    own = Membership.objects.get(user=me)
    signed_in("anquan").post(f"/roles/{own.pk}/end")
    own.refresh_from_db()
    assert own.ends_on is None


def test_powers_held_for_a_time_do_not_meet_either(county):
    user = User.objects.create_user(username="dai", full_name="代理人", password=None)
    place = county["640221"]
    grant(
        user=user,
        agency=place,
        role=RoleCode.SYSTEM_ADMIN,
        starts_on=TODAY,
        ends_on=TODAY.replace(year=2027),
    )
    with pytest.raises(RoleConflict):
        grant(user=user, agency=place, role=RoleCode.SECURITY_ADMIN, starts_on=TODAY)
    grant(user=user, agency=place, role=RoleCode.SECURITY_ADMIN, starts_on=TODAY.replace(year=2028))


def sheet(*rows) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("名单.xlsx", stream.getvalue())


HEADER = ("机构编码", "机构名称", "上级编码", "类别", "登录名", "姓名")


def test_a_sheet_with_one_wrong_row_brings_nothing(signed_in, county):
    sent = sheet(
        HEADER,
        ("055003", "中心小学", "055", "预算单位", "xiaoxue", "小学经办人"),
        ("055004", "幼儿园", "999", "预算单位", "taole", "重名者"),
        ("055005", "养老院", "055", "什么", "a b", ""),
    )
    page = signed_in("xitong").post("/roster", {"sheet": sent}).content.decode()
    assert "上级编码“999”不存在；登录名“taole”已被使用" in page
    assert "类别“什么”认不出来；登录名和姓名要么都填，要么都不填" in page
    assert not Agency.objects.filter(code="055003").exists()


def test_a_sheet_brings_agencies_and_people(signed_in, county):
    sent = sheet(
        HEADER,
        ("055003001", "小学食堂", "055003", "预算单位", "", ""),  # below one that comes later
        ("055003", "中心小学", "055", "预算单位", "xiaoxue", "小学经办人"),
        ("055003", "中心小学", "055", "预算单位", "xiaozhang", "小学负责人"),
        ("055002", "", "", "", "zonghe", "综合经办人"),
    )
    page = signed_in("xitong").post("/roster", {"sheet": sent}).content.decode()
    assert "已增加 2 个机构、3 个账号" in page
    school = Agency.objects.get(code="055003")
    assert Agency.objects.get(code="055003001").parent == school
    user = User.objects.get(username="xiaoxue")
    assert user.must_change_password
    password = page.split("<code>xiaoxue</code></td><td><code>")[1].split("<")[0]
    assert user.check_password(password)


def test_the_sample_sheet_can_be_sent_back(signed_in, county):
    sent = SimpleUploadedFile("样表.csv", ("\ufeff" + SAMPLE).encode())
    page = signed_in("xitong").post("/roster", {"sheet": sent}).content.decode()
    assert "已增加 1 个机构、2 个账号" in page


def test_a_file_that_is_no_sheet(signed_in, county):
    sent = SimpleUploadedFile("名单.xlsx", b"not a workbook")
    page = signed_in("xitong").post("/roster", {"sheet": sent})
    assert (page.status_code, "没有找到含" in page.content.decode()) == (400, True)


def test_a_role_is_lent_on_the_page_and_taken_back(signed_in, county):
    browser = signed_in("zhenzhang")
    own = Membership.objects.get(user__username="zhenzhang")
    other = User.objects.get(username="taole2")
    entry = {"membership": own.pk, "to": other.pk, "until": "2099-01-01"}
    assert browser.post("/account/loans", entry).status_code == 302
    loan = Membership.objects.get(delegated_by__username="zhenzhang")
    assert "陶乐镇负责人" in signed_in("taole2").get("/account/loans").content.decode()
    assert signed_in("taole2").post(f"/account/loans/{loan.pk}/end").status_code == 404
    assert browser.post(f"/account/loans/{loan.pk}/end").status_code == 302
    outsider = User.objects.get(username="nongji")
    assert browser.post("/account/loans", {**entry, "to": outsider.pk}).status_code == 400
    assert browser.post("/account/loans", {**entry, "until": "2000-01-01"}).status_code == 400

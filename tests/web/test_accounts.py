"""Signing in, sessions and passwords: refusals first."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from jixiao.lifecycle.roles import ROLES
from jixiao.web.accounts.models import User
from jixiao.web.desk.demo import PASSWORD, sample_accounts
from jixiao.web.workflow import signing
from jixiao.web.workflow.models import Event
from tests.web.conftest import NOW

NEW = "Zhengquede-9"


def sign_in(client, name="taole", password=PASSWORD, **more):
    return client.post("/sign-in", {"username": name, "password": password}, **more)


def test_one_answer_for_a_wrong_name_and_a_wrong_password(client, county):
    first = sign_in(client, "nobody").content.decode()
    second = sign_in(client, "taole", "wrong").content.decode()
    assert "登录名或口令不正确" in first
    assert "登录名或口令不正确" in second


def test_an_account_switched_off_does_not_sign_in(client, county):
    User.objects.filter(username="taole").update(is_active=False)
    assert "登录名或口令不正确" in sign_in(client).content.decode()


def test_five_wrong_passwords_lock_this_account_at_this_address(client, county, settings):
    settings.AXES_ENABLED = True
    for _ in range(5):
        last = sign_in(client, password="wrong")
    assert last.status_code == 429
    assert "暂停登录" in last.content.decode()
    assert sign_in(client).status_code == 429  # the right one comes too late
    assert sign_in(client, "nongji").status_code == 302  # a colleague at the same address
    elsewhere = sign_in(Client(), REMOTE_ADDR="203.0.113.7")
    assert elsewhere.status_code == 302  # the same account from another place
    assert Event.objects.filter(code="account.locked_out").exists()


def test_the_address_behind_our_own_proxy(rf, settings):
    from jixiao.web.accounts.address import client_address

    settings.SESSION_COOKIE_SECURE = True
    told = {"HTTP_X_FORWARDED_FOR": "198.51.100.6, 203.0.113.7"}
    assert client_address(rf.get("/", REMOTE_ADDR="127.0.0.1", **told)) == "203.0.113.7"
    assert client_address(rf.get("/", REMOTE_ADDR="203.0.113.9", **told)) == "203.0.113.9"


def test_a_first_password_has_to_go_before_anything_else(client, county):
    User.objects.filter(username="taole").update(must_change_password=True)
    sign_in(client)
    assert client.get("/filings").headers["Location"] == "/password"
    assert client.post("/filings/1/act", {}).headers["Location"] == "/password"
    entry = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert client.post("/password", entry).status_code == 302
    assert client.get("/filings").status_code == 200
    assert Event.objects.filter(code="account.password_changed").count() == 1


@pytest.mark.parametrize("wanted", ["short-1A", "alllowercaseletters", "1234567890", PASSWORD])
def test_passwords_that_are_not_taken(client, county, wanted):
    sign_in(client)
    entry = {"old_password": PASSWORD, "new_password1": wanted, "new_password2": wanted}
    page = client.post("/password", entry)
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert User.objects.get(username="taole").check_password(PASSWORD)


def test_none_of_the_last_five_comes_back(client, county):
    user = User.objects.get(username="taole")
    for number in range(5):
        signing.change_password(user=user, password=f"Diwuci-00{number}", now=NOW)
    sign_in(client, password="Diwuci-004")
    entry = {"old_password": "Diwuci-004", "new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post("/password", entry).status_code == 200
    signing.change_password(user=user, password="Diliuci-00", now=NOW)
    user.refresh_from_db()
    sign_in(client, password="Diliuci-00")
    entry["old_password"] = "Diliuci-00"
    assert client.post("/password", entry).status_code == 302


def test_one_account_one_session(client, county):
    sign_in(client)
    other = Client()
    sign_in(other)
    ended = client.get("/filings?q=%E5%9E%83%E5%9C%BE")
    assert ended.status_code == 302
    page = client.get(ended.headers["Location"]).content.decode()
    assert "您的账号在别处登录" in page
    assert "%E5%9E%83" in page  # the way back
    assert other.get("/filings").status_code == 200


def test_what_was_typed_is_shown_when_the_session_is_over(client, county):
    sign_in(client)
    sign_in(Client())
    answer = client.post(
        "/filings/1/act", urlencode({"opinion": "资金与目标不匹配", "password": "secret"}),
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "资金与目标不匹配" in page
    assert "secret" not in page


def test_a_script_is_told_in_its_own_way(client, county):
    sign_in(client)
    sign_in(Client())
    answer = client.post("/filings/1/edit", "{}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


@pytest.mark.parametrize(
    ("limit", "words"),
    [("SESSION_IDLE_SECONDS", "较长时间没有操作"), ("SESSION_ABSOLUTE_SECONDS", "一个工作日")],
)
def test_sessions_end(client, county, settings, limit, words):
    sign_in(client)
    client.get("/filings")
    setattr(settings, limit, -1)
    ended = client.get("/filings")
    assert words in client.get(ended.headers["Location"]).content.decode()


def test_signing_out_is_in_the_log(client, county):
    sign_in(client)
    assert client.post("/sign-out").headers["Location"] == "/sign-in"
    codes = Event.objects.order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["account.signed_in", "account.signed_out"]


def test_sample_accounts_fill_the_form_in_demo_mode_only(client, county, settings):
    assert PASSWORD not in client.get("/sign-in?as=taole").content.decode()
    settings.DEMO = True
    page = client.get("/sign-in?as=taole").content.decode()
    assert 'value="taole"' in page
    assert f'value="{PASSWORD}"' in page


def test_next_leads_nowhere_else(client, county):
    entry = {"username": "taole", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/sign-in", entry).headers["Location"] == "/"


def test_somebody_of_every_role_can_be_tried(county):
    labels = {one.role for one in sample_accounts()}
    assert labels == {role.label for role in ROLES.values()}

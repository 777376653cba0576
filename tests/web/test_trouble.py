"""Pages for what went wrong: each says so, shows a way on, and loses nothing that was typed."""

import errno
import re
import sqlite3
from urllib.parse import urlencode

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.test import Client

from jixiao.web.desk.views import trouble
from tests.web.api import V1, Program


def in_trouble(fault, request):
    """The page as Django asks for it: while the fault is being handled."""

    def fail():
        raise fault

    try:
        fail()
    except (InterfaceError, OperationalError, OSError):
        return trouble.server_error(request)


def post(rf):
    return rf.post(
        "/agencies",
        "name=%E4%B8%AD%E5%BF%83%E5%B0%8F%E5%AD%A6&new_password1=secret",
        content_type="application/x-www-form-urlencoded",
    )


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OperationalError("server closed the connection"), "数据库暂时连不上"),
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
    ],
)
def test_what_passes_is_tried_again_with_all_that_was_typed(rf, fault, words):
    answer = in_trouble(fault, post(rf))
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert words in page
    assert '<input type="hidden" name="name" value="中心小学">' in page
    assert "secret" not in page
    assert 'action="/agencies"' in page


def test_what_was_typed_is_called_as_on_the_form_and_what_the_page_sent_is_not_shown(rf):
    typed = {
        "lock_version": "7", "action": "return", "opinion": "请补充依据", "unit-1": "陶乐镇",
        "indicators[0].target": "≥12 次", "narrative.goal": "保障运转",
    }  # fmt: skip
    asked = rf.post("/x", urlencode(typed), content_type="application/x-www-form-urlencoded")
    page = in_trouble(OperationalError(), asked).content.decode()
    shown = re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", page)
    assert shown == [
        ("意见", "请补充依据"), ("内容", "陶乐镇"),
        ("第 1 条指标 · 指标值", "≥12 次"), ("年度总体目标", "保障运转"),
    ]  # fmt: skip
    for name, value in typed.items():  # all of it is sent again
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_a_script_is_told_of_it_too(rf):
    asked = rf.post("/x", "{}", content_type="application/json")
    answer = in_trouble(OperationalError(), asked)
    assert answer.status_code == 503
    assert b'"unavailable"' in answer.content


def test_a_database_that_is_away_while_the_page_is_made(signed_in, monkeypatch):
    def gone(*_):
        raise OperationalError("terminating connection due to administrator command")

    monkeypatch.setattr("jixiao.web.desk.context.actor_of", gone)
    browser = signed_in("taole")
    browser.raise_request_exception = False
    page = browser.get("/filings")
    assert (page.status_code, "数据库暂时连不上" in page.content.decode()) == (503, True)


class Cause(Exception):
    """What a driver raised, with its own number."""

    def __init__(self, **known):
        super().__init__()
        self.__dict__.update(known)


def of(**known):
    fault = OperationalError("…")
    fault.__cause__ = Cause(**known)
    return fault


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (of(sqlite_errorcode=sqlite3.SQLITE_FULL), "磁盘已满"),
        (of(sqlstate="53100"), "磁盘已满"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "磁盘已满"),
        (of(sqlite_errorcode=sqlite3.SQLITE_BUSY | 2 << 8), "数据库正忙"),
        (of(sqlstate="55P03"), "数据库正忙"),
        (of(sqlstate="57P01"), "数据库暂时连不上"),
        (of(sqlstate=None), "数据库暂时连不上"),
        (of(sqlite_errorcode=sqlite3.SQLITE_CANTOPEN), "数据库暂时连不上"),
        (InterfaceError("connection already closed"), "数据库暂时连不上"),
    ],
)
def test_which_faults_pass(rf, fault, words):
    answer = in_trouble(fault, post(rf))
    assert (answer.status_code, words in answer.content.decode()) == (503, True)


@pytest.mark.parametrize(
    "fault", [of(sqlite_errorcode=sqlite3.SQLITE_ERROR), OSError(errno.EACCES, "denied")]
)
def test_faults_of_ours_do_not_pass(rf, fault):
    assert in_trouble(fault, post(rf)).status_code == 500


@pytest.mark.parametrize("where", ["operations.own.actor", "idempotency.identity_of"])
def test_programs_are_told_in_the_one_shape(county, monkeypatch, where):
    program = Program("taole")
    program.client.raise_request_exception = False

    def gone(*_):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(f"jixiao.web.api.{where}", gone)
    sent = {"path": f"{V1}/me", "headers": {"Idempotency-Key": "k1"}}
    ask = program.client.post if "idempotency" in where else program.client.get
    response = ask(**sent)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert set(response.json()) == {"code", "message", "details"}
    assert response.json()["code"] == "unavailable"
    assert "数据库暂时连不上" in response.json()["message"]


def test_whoever_watches_is_answered_while_the_database_is_away(signed_in, monkeypatch):
    def gone(*_):
        raise OperationalError("could not connect to server")

    browser = signed_in("taole")
    with monkeypatch.context() as away:
        away.setattr("django.contrib.sessions.backends.db.SessionStore.load", gone)
        away.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", gone)
        assert browser.get("/healthz").status_code == 200
        answer = browser.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "no_database")


def test_a_fault_of_ours_shows_nothing_of_itself(signed_in, monkeypatch, caplog):
    def fault(*_):
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setattr("jixiao.web.desk.context.actor_of", fault)
    browser = signed_in("taole")
    browser.raise_request_exception = False
    page = browser.get("/filings")
    assert page.status_code == 500
    assert "问题已经记录" in page.content.decode()
    assert "a secret of the inside" not in page.content.decode()
    assert "a secret of the inside" in caplog.text


def test_the_other_pages(rf, client, county):
    assert "没有这个页面" in client.get("/nothing-here").content.decode()
    assert client.get("/nothing-here").status_code == 404
    assert trouble.bad_request(rf.get("/"), SuspiciousOperation()).status_code == 400
    assert trouble.bad_request(rf.get("/"), RequestDataTooBig()).status_code == 413
    assert trouble.forbidden(rf.get("/"), PermissionError()).status_code == 403


def test_a_stale_page_shows_what_was_typed(signed_in):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in("xitong").cookies
    body = "name=%E4%B8%AD%E5%BF%83%E5%B0%8F%E5%AD%A6"
    answer = strict.post("/agencies", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 403
    assert "中心小学" in answer.content.decode()

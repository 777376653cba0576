"""Pages for what went wrong: each says so, shows a way on, and loses nothing that was typed."""

import errno

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.test import Client

from jixiao.web.desk.views import trouble


def in_trouble(fault, request):
    """The page as Django asks for it: while the fault is being handled."""

    def fail():
        raise fault

    try:
        fail()
    except (OperationalError, OSError):
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

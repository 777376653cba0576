"""Every page in English: what is Chinese on it is said to be Chinese, and is people's or official.

The addresses are those of the permission matrix, so that a new page is asked for here too.
"""

import re

import pytest
from django.db import transaction
from django.test import Client

from jixiao.web.accounts.models import User
from tests.web.english_pages import chinese_left
from tests.web.permission_lines import lines
from tests.web.permission_things import own_storage, things  # noqa: F401  fixtures
from tests.web.test_journey import accept_everything, step

PAGES = [line for line in lines() if not line.address.startswith("/api/v1")]
#: Pages that look otherwise for another person, in another state, or when asked otherwise.
MORE = [
    ("taole", "/filings/{draft}"),
    ("taole", "/filings/new?before={filing}"),
    ("taole", "/filings/{draft}/compare"),
    ("taole", "/board"),
    ("taole", "/documents/{document}/forms/1?at=narrative.goal"),
    ("zhuguan", "/filings/{filing}/review"),
    ("taole", "/filings/{returned}"),
    ("zhenzhang", "/filings/{returned}"),
    ("jixiao", "/filings/{ahead}/review"),
    ("taole", "/filings/{ahead}"),
    ("jixiao", "/filings/totals?by=unit"),
    ("jixiao", "/filings?q=经费&overdue=1&order=-name"),
    ("yusuan", "/exports"),
    ("anquan", "/roles?by=place"),
    ("xitong", "/accounts?state=off"),
    ("rizhi", "/log?who=陶乐"),
    (None, "/nothing-here"),
    ("taole", "/nothing-here"),
]


def english(name):
    client = Client(raise_request_exception=False)
    if name is not None:
        user = User.objects.get(username=name)
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


def left_on(response):
    kind = response.headers.get("Content-Type", "")
    if response.streaming or not kind.startswith("text/html"):
        response.close()
        return []
    page = response.content.decode()
    named = set(User.objects.values_list("full_name", flat=True)) | {"中文"}
    # A page's own title holds no marks; what it is called after may be a project's name.
    page = re.sub(r"<title>.*?</title>", "", page, flags=re.DOTALL)
    if not page or '<html lang="zh-CN">' in page:
        return []
    assert response.status_code < 500
    assert '<html lang="en">' in page
    return [one for one in chinese_left(page) if one not in named]


def ask(client, line, named):
    address, sent = line.address.format_map(named), line.sent
    for name, value in named.items():
        sent = sent.replace(f"{{{name}}}", str(value))
    if line.method == "GET":
        return client.get(address)
    kind = "application/json" if sent.startswith("{") else "application/x-www-form-urlencoded"
    return client.generic(line.method, address, sent.encode(), content_type=kind)


@pytest.fixture
def returned(a_filing, person):
    """A filing that came back with reasons, and one the performance division has before it."""
    back, ahead = a_filing(3), a_filing(4)
    for filing in (back, ahead):
        accept_everything(filing, person)
        step(person, filing, "taole", "submit")
        step(person, filing, "zhenzhang", "pass")
    step(person, back, "zhuguan", "return", opinion="目标要写数量")
    step(person, ahead, "zhuguan", "pass")
    step(person, ahead, "yewu", "pass")
    return {"returned": back.pk, "ahead": ahead.pk}


@pytest.mark.django_db
def test_no_chinese_stands_unmarked_on_an_english_page(things, returned):  # noqa: F811
    wrong = {}
    for line in PAGES:
        for person in line.expected:
            with transaction.atomic():
                found = left_on(ask(english(person), line, things))
                transaction.set_rollback(True)
            for text in found:
                wrong.setdefault(text, f"{line.method} {line.address} {person}")
    for person, address in MORE:
        for text in left_on(english(person).get(address.format_map(things | returned))):
            wrong.setdefault(text, f"GET {address} {person}")
    shown = [f"{where}: {text}" for text, where in wrong.items()]
    assert not shown, "\n".join(["Chinese on English pages:", *shown])

"""Programs at the same moment: one key is one effect, one version is saved once."""

import json
import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest

from jixiao.web.config.demo import PASSWORD

AT_ONCE = 8
BLANK = {"agency": "055001", "budget_year": 2031, "layout": "cn_mof/project_target_2015"}
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture(scope="module")
def token(server):
    """Made as a person makes it: on the page."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def post(address, page, **fields):
        csrf = _CSRF.search(opener.open(f"{server.url}{page}").read().decode())[1]
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": csrf, **fields}, doseq=True)
        return opener.open(f"{server.url}{address}", body.encode()).read().decode()

    post("/sign-in", "/sign-in", username="taole", password=PASSWORD)
    page = post(
        "/api/tokens/new", "/api/tokens", name="同时", days="7", scopes=["read", "write", "act"]
    )
    return re.search(r"jx_[\w-]{43}", page)[0]


@pytest.fixture
def ask(server, token):
    def send(method, path, body=None, key=""):
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        headers |= {"Idempotency-Key": key} if key else {}
        request = urllib.request.Request(
            f"{server.url}/api/v1{path}",
            None if body is None else json.dumps(body).encode(),
            headers,
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read(), dict(error.headers)

    return send


def at_once(work):
    """The answers of as many threads that begin together."""
    gate, found = threading.Barrier(AT_ONCE), [None] * AT_ONCE

    def one(number):
        gate.wait()
        found[number] = work(number)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_one_key_sent_many_times_at_once_is_done_once(ask):
    answers = at_once(lambda _: ask("POST", "/filings", BLANK, key="at-once-1"))
    assert [status for status, _, _ in answers] == [201] * AT_ONCE
    assert len({body for _, body, _ in answers}) == 1
    replayed = [headers.get("Idempotency-Replayed") for _, _, headers in answers]
    assert replayed.count("true") == AT_ONCE - 1
    _, listed, _ = ask("GET", "/filings?year=2031")
    assert len(json.loads(listed)["items"]) == 1


def test_one_key_with_different_contents_has_one_effect(ask):
    years = [2040 + number for number in range(AT_ONCE)]
    answers = at_once(
        lambda number: ask("POST", "/filings", {**BLANK, "budget_year": years[number]}, key="k2")
    )
    statuses = sorted(status for status, _, _ in answers)
    assert statuses == [201] + [422] * (AT_ONCE - 1)
    codes = {json.loads(body).get("code") for status, body, _ in answers if status == 422}
    assert codes == {"key_reused"}
    found = [ask("GET", f"/filings?year={year}")[1] for year in years]
    assert sum(len(json.loads(one)["items"]) for one in found) == 1


def test_one_version_is_saved_once(ask):
    begun = json.loads(ask("POST", "/filings", {**BLANK, "budget_year": 2032})[1])
    path, version = f"/filings/{begun['id']}/draft", begun["lock_version"]

    def save(number):
        operations = [{"path": "narrative.goal", "text": f"目标{number}"}]
        return ask("PUT", path, {"lock_version": version, "operations": operations})

    answers = at_once(save)
    assert sorted(status for status, _, _ in answers) == [200] + [409] * (AT_ONCE - 1)
    won = next(number for number, one in enumerate(answers) if one[0] == 200)
    record = json.loads(ask("GET", f"/filings/{begun['id']}/record")[1])
    assert record["form"]["goal"] == f"目标{won}"
    for number, (status, body, _) in enumerate(answers):
        if status == 409:
            details = json.loads(body)["details"]
            assert details["theirs"]["goal"] == f"目标{won}"
            assert details["yours"]["goal"] == f"目标{number}"

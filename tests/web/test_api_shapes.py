"""One shape for everything that goes wrong, whatever it is; and the language it is said in."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client, override_settings

from jixiao.web.api.document import openapi, operations
from tests.web.api import V1, Program
from tests.web.handing_in import own_storage as own_storage  # noqa: PLC0414  a fixture

BLANK = {"agency": "055001", "budget_year": 2027, "layout": "cn_mof/project_target_2015"}
JSON = "application/json"


def shaped(response, status, code):
    assert response.status_code == status, response.content[:300]
    assert response.headers["Content-Type"].startswith(JSON)
    answer = response.json()
    assert set(answer) == {"code", "message", "details"}
    assert answer["code"] == code
    assert answer["message"]
    return answer


@pytest.fixture
def program(county):
    return Program("taole")


class TestBodies:
    @pytest.mark.parametrize(
        ("body", "status", "code"),
        [
            (b"", 422, "invalid"), (b"{", 400, "bad_json"), (b"[]", 400, "bad_json"),
            (b"null", 400, "bad_json"), (b'"a"', 400, "bad_json"), (b"\xff\xfe", 400, "bad_json"),
            (b'{"a": NaN}', 400, "bad_json"), (b'{"agency": "\\u0000"}', 400, "bad_json"),
            (b"{}", 422, "invalid"), (b'{"agency": 1}', 422, "invalid"),
            (b"[" * 100_000, 400, "bad_json"),
        ],
    )  # fmt: skip
    def test_what_is_no_body(self, program, body, status, code):
        response = program.client.post(f"{V1}/filings", body, content_type=JSON)
        shaped(response, status, code)

    @pytest.mark.parametrize(
        "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x", ""]
    )
    def test_another_kind_of_content(self, program, kind):
        response = program.client.generic("POST", f"{V1}/filings", b"{}", content_type=kind)
        answer = shaped(response, 415, "unsupported_media_type")
        assert "application/json" in answer["message"]

    def test_a_file_is_no_json(self, program):
        response = program.client.post(f"{V1}/documents", {"a": 1}, content_type=JSON)
        answer = shaped(response, 415, "unsupported_media_type")
        assert "multipart/form-data" in answer["message"]

    def test_a_charset_beside_the_kind(self, program):
        response = program.client.post(
            f"{V1}/filings", BLANK, content_type="application/json; charset=utf-8"
        )
        assert response.status_code == 201

    def test_too_much(self, program):
        body = b'{"agency": "' + b"x" * (9 << 20) + b'"}'
        response = program.client.post(f"{V1}/filings", body, content_type=JSON)
        shaped(response, 413, "too_large")

    @override_settings(LARGEST_UPLOAD=1000)
    def test_a_file_too_large_is_not_read(self, program, own_storage, monkeypatch):
        monkeypatch.setattr("jixiao.web.api.doorway._AROUND", 500)
        response = program.client.post(
            f"{V1}/documents", {"file": _file(b"x" * 2000), "agency": "055001"}
        )
        shaped(response, 413, "too_large")
        assert not list(Path(own_storage).rglob("*.part"))


class TestAddresses:
    @pytest.mark.parametrize("path", ["/nothing", "/filings/1/nothing", "", "/filings/"])
    def test_no_such_address(self, program, path):
        shaped(program.client.get(f"{V1}{path}"), 404, "not_found")

    @pytest.mark.parametrize("pk", ["0", "-1", "x", "9" * 30, "1.5", "%00"])
    def test_no_number(self, program, pk):
        response = program.client.get(f"{V1}/filings/{pk}")
        assert response.status_code in (400, 404, 422)
        shaped(response, response.status_code, response.json()["code"])

    def test_no_such_method_anywhere(self, program):
        for path in openapi()["paths"]:
            address = path.replace("{day}", "2029-01-01")
            for name in ("pk", "number", "sheet", "suppression", "delivery"):
                address = address.replace(f"{{{name}}}", "1")
            for name in ("code", "username"):
                address = address.replace(f"{{{name}}}", "a")
            response = program.client.generic("TRACE", address)
            shaped(response, 405, "method_not_allowed")
            known = {method.upper() for method in openapi()["paths"][path]}
            assert known <= {one.strip() for one in response.headers["Allow"].split(",")}

    def test_a_word_nobody_knows_at_every_address(self, county):
        """A slip of the pen is told wherever it happens, not only in lists."""
        seen = set()
        for path, operation in operations():
            method = min(operation.methods)
            programs = Program("taole")
            address = "/api/" + path.replace("{day}", "2029-01-01")
            for part in ("{pk}", "{number}", "{sheet}", "{suppression}", "{delivery}"):
                address = address.replace(part, "1")
            address = address.replace("{code}", "a").replace("{username}", "a")
            response = programs.client.generic(method, f"{address}?yaer=2027", content_type=JSON)
            if response.status_code == 415:  # it wants a file
                continue
            answer = shaped(response, 422, "invalid")
            assert answer["details"]["fields"] == [
                {"place": "query.yaer", "reason": "不认识这一项"}
            ]
            seen.add(operation.view_func.__name__)
        assert len(seen) > 80


class TestWhoAsks:
    def test_nobody_learns_nothing(self, county):
        for path, operation in operations():
            method = min(operation.methods)
            address = "/api/" + path.replace("{", "").replace("}", "")
            response = Client().generic(method, f"{address}?yaer=1", b"x" * 10, content_type="x")
            shaped(response, 401, "unauthenticated")
            assert response.headers["WWW-Authenticate"] == "Bearer"

    @pytest.mark.parametrize(
        "said", ["Bearer", "Bearer x", "Basic eDp5", "Bearer jx_" + "a" * 5000]
    )
    def test_no_token(self, county, said):
        response = Client(headers={"Authorization": said}).get(f"{V1}/me")
        shaped(response, 401, "unauthenticated")

    @override_settings(API_REQUESTS_A_MINUTE=2)
    def test_too_often(self, program):
        cache.clear()
        for _ in range(2):
            program.get("/me")
        response = program.client.get(f"{V1}/me")
        shaped(response, 429, "too_many")
        assert 0 < int(response.headers["Retry-After"]) <= 60

    def test_the_bound_is_each_token_s_person_s_own(self, program, county):
        cache.clear()
        with override_settings(API_REQUESTS_A_MINUTE=2):
            for _ in range(3):
                program.client.get(f"{V1}/me")
            assert Program("zhuguan").get("/me")["username"] == "zhuguan"


def test_a_database_that_is_away(program, monkeypatch):
    def away(*_, **__):
        raise OperationalError("connection refused")

    monkeypatch.setattr("jixiao.web.api.operations.filings.narrowed", away)
    response = program.client.get(f"{V1}/filings")
    shaped(response, 503, "unavailable")
    assert int(response.headers["Retry-After"]) > 0


def test_a_fault_of_ours(program, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("jixiao.web.api.operations.filings.narrowed", broken)
    answer = shaped(program.client.get(f"{V1}/filings"), 500, "SYS001")
    assert "secret" not in str(answer)


class TestLanguage:
    @pytest.mark.parametrize(
        ("asked", "language"),
        [
            ("en", "en"), ("en-GB,en;q=0.9", "en"), ("zh-CN", "zh-hans"), ("", "zh-hans"),
            ("fr", "zh-hans"), ("fr,en;q=0.5", "en"), ("zh;q=0.2,en;q=0.9", "en"), (";;;", "zh-hans"),
        ],
    )  # fmt: skip
    def test_the_header_decides(self, program, asked, language):
        response = program.client.get(f"{V1}/states", headers={"Accept-Language": asked})
        assert response.headers["Content-Language"] == language
        assert "Accept-Language" in response.headers["Vary"]
        labels = {one["code"]: one["label"] for one in response.json()["items"]}
        assert (labels["draft"] == "草稿") is (language != "en")

    def test_trouble_is_said_in_english(self, program):
        english = {"Accept-Language": "en"}
        for path in ("/filings/999999", "/filings?yaer=1", "/filings?cursor=x", "/nothing-here"):
            answer = program.client.get(f"{V1}{path}", headers=english).json()
            assert answer["message"].isascii(), answer
        response = program.client.post(f"{V1}/filings", {}, content_type=JSON, headers=english)
        answer = response.json()
        assert answer["message"].isascii(), answer
        assert all(one["reason"].isascii() for one in answer["details"]["fields"]), answer

    def test_records_stay_as_they_are(self, a_filing):
        one, program = a_filing(12), Program("taole")
        path = f"{V1}/filings/{one.pk}/record"
        chinese = program.client.get(path).json()
        english = program.client.get(path, headers={"Accept-Language": "en"}).json()
        assert chinese["form"]["funding"] == english["form"]["funding"]
        assert chinese["form"] == english["form"]


def _file(content):
    from io import BytesIO

    stream = BytesIO(content)
    stream.name = "a.txt"
    return stream

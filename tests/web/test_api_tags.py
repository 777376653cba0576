"""Entity tags: an answer is not sent twice, and nobody writes a filing they have not seen."""

import pytest
from django.db.models import F

from jixiao.web.api.document import openapi
from jixiao.web.api.operations import drafts, steps
from jixiao.web.filings.models import Filing
from jixiao.web.filings.selectors import form_of
from tests.web.api import V1, Program

PATHS = ("", "/record", "/sheet", "/findings")
GOAL = [{"path": "narrative.goal", "text": "甲"}]


@pytest.fixture
def one(a_filing):
    return a_filing(12)


@pytest.fixture
def program(one):
    return Program("taole")


def got(program, path, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return program.client.get(f"{V1}{path}", headers=named)


def sent(program, method, path, body, tag):
    send = getattr(program.client, method)
    return send(f"{V1}{path}", body, content_type="application/json", headers={"If-Match": tag})


def refused(response):
    assert response.status_code == 412, response.content[:300]
    answer = response.json()
    assert set(answer) == {"code", "message", "details"}
    assert answer["code"] == "changed"
    assert "ETag" not in response.headers
    return answer["details"]


class TestWriting:
    @pytest.mark.parametrize(
        "wrong", ['"1.1.0123456789abcdef"', '"x"', "x", "", "*x", 'W/"x"', '"', '"a", "b"', "乱"]
    )
    def test_another_tag_writes_nothing(self, program, one, wrong):
        path = f"/filings/{one.pk}"
        tag = wrong.encode().decode("latin-1")
        told = refused(sent(program, "put", f"{path}/draft", {"operations": GOAL}, tag))
        assert told["lock_version"] == 0
        refused(sent(program, "post", f"{path}/actions", {"action": "submit"}, tag))
        assert Filing.objects.get(pk=one.pk).lock_version == 0

    def test_the_tag_of_an_earlier_reading(self, program, one):
        path = f"/filings/{one.pk}"
        before = got(program, f"{path}/record").headers["ETag"]
        program.put(f"{path}/draft", {"lock_version": 0, "operations": GOAL})
        told = refused(sent(program, "put", f"{path}/draft", {"operations": GOAL}, before))
        assert told["state"] == "draft"
        again = sent(program, "put", f"{path}/draft", {"operations": GOAL}, told["etag"])
        assert again.status_code == 200

    def test_the_tag_of_another_filing_with_the_same_content(self, program, one, a_filing):
        other = a_filing(11)
        tag = got(program, f"/filings/{other.pk}").headers["ETag"]
        refused(sent(program, "put", f"/filings/{one.pk}/draft", {"operations": GOAL}, tag))

    def test_what_is_out_of_reach_is_not_there_whatever_the_tag(self, one):
        response = sent(
            Program("nongji"), "put", f"/filings/{one.pk}/draft", {"operations": GOAL}, "*"
        )
        assert response.status_code == 404  # fmt: skip

    def test_neither_a_tag_nor_a_version(self, program, one):
        program.put(f"/filings/{one.pk}/draft", {"operations": GOAL}, status=422)

    def test_a_version_is_held_beside_the_tag(self, program, one):
        body = {"operations": GOAL, "lock_version": 7}
        assert sent(program, "put", f"/filings/{one.pk}/draft", body, "*").status_code == 409

    @pytest.mark.parametrize("path", PATHS)
    def test_every_tag_of_the_filing_serves(self, program, one, path):
        tag = got(program, f"/filings/{one.pk}{path}").headers["ETag"]
        body = {"operations": GOAL}
        saved = sent(program, "put", f"/filings/{one.pk}/draft", body, tag)
        assert saved.json()["lock_version"] == 1

    @pytest.mark.parametrize("form", ["W/{}", '"x", {}', " {} "])
    def test_a_tag_as_proxies_and_lists_have_it(self, program, one, form):
        tag = form.format(got(program, f"/filings/{one.pk}").headers["ETag"])
        response = sent(program, "put", f"/filings/{one.pk}/draft", {"operations": GOAL}, tag)
        assert response.status_code == 200

    def test_saves_in_a_row_go_on_with_the_tag_of_the_last(self, program, one):
        tag = "*"
        for text in ("甲", "乙", "丙"):
            body = {"operations": [{"path": "narrative.goal", "text": text}]}
            tag = sent(program, "put", f"/filings/{one.pk}/draft", body, tag).json()["etag"]
        assert tag in got(program, f"/filings/{one.pk}").headers["ETag"][: len(tag) - 1] + '"'
        assert form_of(Filing.objects.get(pk=one.pk))[0].narrative.goal.raw == "丙"

    def test_who_comes_between_reading_and_writing_is_not_written_over(
        self, program, one, monkeypatch
    ):
        path = f"/filings/{one.pk}"

        def overtaken(service):
            def first(**asked):
                Filing.objects.filter(pk=one.pk).update(lock_version=F("lock_version") + 1)
                return service(**asked)

            return first

        for module, name in ((drafts, "save_draft"), (steps, "act")):
            monkeypatch.setattr(module, name, overtaken(getattr(module, name)))
        tag = got(program, path).headers["ETag"]
        saved = sent(program, "put", f"{path}/draft", {"operations": GOAL}, tag)
        assert (saved.status_code, saved.json()["code"]) == (409, "conflict")
        assert saved.json()["details"]["yours"]["goal"] == "甲"
        tag = got(program, path).headers["ETag"]
        acted = sent(program, "post", f"{path}/actions", {"action": "submit"}, tag)
        assert (acted.status_code, acted.json()["code"]) == (409, "stale")
        assert Filing.objects.get(pk=one.pk).state == "draft"

    def test_other_people_and_languages_have_tags_that_serve(self, program, one):
        tag = got(program, f"/filings/{one.pk}", Accept_Language="en").headers["ETag"]
        response = sent(program, "post", f"/filings/{one.pk}/actions", {"action": "submit"}, tag)
        assert response.status_code in (200, 409)
        assert response.json().get("code") != "changed"


class TestReading:
    @pytest.mark.parametrize("path", PATHS)
    def test_what_is_known_is_not_sent_again(self, program, one, path):
        first = got(program, f"/filings/{one.pk}{path}")
        again = got(program, f"/filings/{one.pk}{path}", If_None_Match=first.headers["ETag"])
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["ETag"] == first.headers["ETag"]
        assert "Authorization" in again.headers["Vary"]
        assert again.headers["Cache-Control"] == "private, no-cache"

    @pytest.mark.parametrize("known", ["W/{}", '"x", {}', "*"])  # fmt: skip
    def test_ways_to_say_it(self, program, one, known):
        tag = got(program, f"/filings/{one.pk}").headers["ETag"]
        asked = got(program, f"/filings/{one.pk}", If_None_Match=known.format(tag))
        assert asked.status_code == 304

    @pytest.mark.parametrize("path", PATHS)
    def test_a_change_is_sent(self, program, one, path):
        tag = got(program, f"/filings/{one.pk}{path}").headers["ETag"]
        program.put(f"/filings/{one.pk}/draft", {"lock_version": 0, "operations": GOAL})
        after = got(program, f"/filings/{one.pk}{path}", If_None_Match=tag)
        assert after.status_code == 200
        assert after.headers["ETag"] != tag

    def test_what_changes_without_a_save_is_sent(self, program, one):
        """A waiver takes a finding away; the filing itself stays as it was."""
        path = f"/filings/{one.pk}"
        found = got(program, f"{path}/findings")
        first = found.json()["findings"][0]
        asked = {"code": first["code"], "path": first["path"], "reason": "与财政局核对过"}
        program.post(f"{path}/suppressions", {**asked, "until": "2099-01-01"}, status=422)
        program.post(f"{path}/suppressions", {**asked, "until": "2026-12-31"}, status=201)
        after = got(program, f"{path}/findings", If_None_Match=found.headers["ETag"])
        assert after.status_code == 200

    def test_everybody_has_a_tag_of_their_own(self, program, one):
        path = f"/filings/{one.pk}"
        tag = got(program, path).headers["ETag"]
        assert got(program, path, Accept_Language="en", If_None_Match=tag).status_code == 200
        assert got(Program("zhenzhang"), path, If_None_Match=tag).status_code == 200

    def test_an_earlier_version_keeps_its_content_but_is_not_to_be_written_on(self, program, one):
        tag = got(program, f"/filings/{one.pk}/record?revision=1").headers["ETag"]
        asked = got(program, f"/filings/{one.pk}/record?revision=1", If_None_Match=tag)
        assert asked.status_code == 304

    def test_the_right_to_see_goes_before_what_is_known(self, program, one):
        tag = got(program, f"/filings/{one.pk}").headers["ETag"]
        assert got(Program("nongji"), f"/filings/{one.pk}", If_None_Match=tag).status_code == 404
        assert got(Program("nongji"), f"/filings/{one.pk}", If_None_Match="*").status_code == 404

    def test_a_browser_keeps_nothing(self, one, client):
        client.force_login(
            one.created_by, backend="django.contrib.auth.backends.ModelBackend"
        )  # fmt: skip
        response = client.get(f"{V1}/filings/{one.pk}")
        assert response.headers["Cache-Control"] == "no-store"


class TestTheDocument:
    def test_it_says_where_tags_are_given_and_taken(self):
        given, taken = set(), set()
        for path, methods in openapi()["paths"].items():
            for method, operation in methods.items():
                names = {one["name"] for one in operation["parameters"]}
                if "If-None-Match" in names:
                    given.add(path)
                    assert "ETag" in operation["responses"]["200"]["headers"]
                    assert "304" in operation["responses"]
                assert ("If-Match" in names) == ("412" in operation["responses"])
                if "If-Match" in names:
                    taken.add((method, path))
        assert given == {f"{V1}/filings/{{pk}}{path}" for path in PATHS}
        assert ("put", f"{V1}/filings/{{pk}}/draft") in taken
        assert ("post", f"{V1}/filings/{{pk}}/actions") in taken

    def test_every_address_that_says_so_holds_it(self, program, one):
        """What takes a body is refused for its body first; that is no less refused."""
        for path, methods in openapi()["paths"].items():
            for method, operation in methods.items():
                if "412" in operation["responses"]:
                    known = {"pk": one.pk}
                    address = path.format_map(Numbered(known)).removeprefix(V1)
                    response = sent(program, method, address, {}, '"x"')
                    assert response.status_code in (412, 422), (method, path)


class Numbered(dict):
    def __missing__(self, key):
        return 1

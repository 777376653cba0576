"""The API as a program uses it: tokens, lists, drafts, steps; refusals first."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from jixiao.web.accounts.models import ApiToken, User
from jixiao.web.accounts.tokens import BadToken, issue, revoke
from jixiao.web.api.document import operations
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.chain import verify
from tests.web.api import V1, Program
from tests.web.test_journey import accept_everything


def shape(response, status):
    assert response.status_code == status
    answer = response.json()
    assert set(answer) == {"code", "message", "details"}
    return answer["code"]


class TestWhoMayAsk:
    def test_nobody_without_a_token(self, county, client):
        response = client.get(f"{V1}/me")
        assert shape(response, 401) == "unauthenticated"
        assert response.headers["WWW-Authenticate"] == "Bearer"

    @pytest.mark.parametrize("text", ["", "jx_", "jx_wrong", "a b c", "陶乐"])
    def test_nobody_with_a_wrong_token(self, county, client, text):
        headers = {"Authorization": f"Bearer {text}".encode().decode("latin-1")}
        assert shape(client.get(f"{V1}/me", headers=headers), 401) == "unauthenticated"

    def test_every_operation_asks_who(self, county, client):
        for path, operation in operations():
            for method in operation.methods:
                url = "/api/" + path.replace("{", "").replace("}", "").replace("pk", "1")
                url = url.replace("/delivery/", "/1/").replace("/suppression", "/1", 0)
                if url.endswith("suppressions/suppression"):
                    url = url.replace("suppressions/suppression", "suppressions/1")
                response = getattr(client, method.lower())(url)
                assert response.status_code == 401, (method, url)

    def test_a_revoked_and_an_expired_token(self, county):
        program = Program("taole")
        program.get("/me")
        user = User.objects.get(username="taole")
        assert not revoke(
            user=User.objects.get(username="nongji"), token_id=program.token.pk, now=timezone.now()
        )
        assert revoke(user=user, token_id=program.token.pk, now=timezone.now())
        program.get("/me", status=401)
        other = Program("taole")
        ApiToken.objects.filter(pk=other.token.pk).update(expires_at=timezone.now())
        other.get("/me", status=401)

    def test_a_deactivated_person(self, county):
        program = Program("taole")
        User.objects.filter(username="taole").update(is_active=False)
        program.get("/me", status=401)

    def test_a_person_who_owes_a_new_password(self, county):
        program = Program("taole")
        User.objects.filter(username="taole").update(must_change_password=True)
        assert program.get("/me", status=403)["code"] == "change_password"

    @pytest.mark.parametrize(
        ("name", "scopes", "days"), [("", ["read"], 1), ("甲", [], 1), ("甲", ["all"], 1),
                                     ("甲", ["read"], 0), ("甲", ["read"], 999)],
    )  # fmt: skip
    def test_tokens_that_are_not_issued(self, county, name, scopes, days):
        user = User.objects.get(username="taole")
        with pytest.raises(BadToken):
            issue(user=user, name=name, scopes=scopes, days=days, now=timezone.now())

    def test_the_text_is_nowhere_kept(self, county):
        program = Program("taole")
        kept = ApiToken.objects.filter(pk=program.token.pk).values().get()
        assert program.text not in str(kept)

    def test_scopes_bound_the_token(self, county, a_filing):
        one = a_filing()
        reader = Program("taole", "read")
        reader.get(f"/filings/{one.pk}")
        refused = reader.post(f"/filings/{one.pk}/actions", {"action": "submit"}, status=403)
        assert refused["code"] == "scope"
        Program("taole", "write").get("/me", status=403)

    def test_a_session_needs_the_csrf_token_to_write(self, a_filing):
        one = a_filing()
        client = Client(enforce_csrf_checks=True)
        client.force_login(
            User.objects.get(username="taole"), "django.contrib.auth.backends.ModelBackend"
        )
        assert client.get(f"{V1}/me").json()["username"] == "taole"
        url = f"{V1}/filings/{one.pk}/actions"
        response = client.post(url, {"action": "submit"}, content_type="application/json")
        assert shape(response, 403) == "csrf"
        client.get("/")
        token = client.cookies["csrftoken"].value
        response = client.post(
            url, {"action": "none"}, content_type="application/json",
            headers={"X-CSRFToken": token},
        )  # fmt: skip
        assert shape(response, 409) == "refused"

    def test_too_many_requests(self, county, settings):
        settings.API_REQUESTS_A_MINUTE = 2
        program = Program("renda")
        codes = [program.client.get(f"{V1}/me").status_code for _ in range(4)]
        assert codes[-1] == 429
        response = program.client.get(f"{V1}/me")
        assert shape(response, 429) == "too_many"
        assert 0 < int(response.headers["Retry-After"]) <= 60


class TestOneShape:
    def test_no_such_address(self, county, client):
        assert shape(client.get("/api/v1/nothing"), 404) == "not_found"
        assert shape(client.post("/api/"), 404) == "not_found"

    def test_no_such_method(self, county):
        response = Program("taole").client.delete(f"{V1}/filings")
        assert shape(response, 405) == "method_not_allowed"
        assert "POST" in response.headers["Allow"]

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ("{", "bad_json"),
            ("[]", "bad_json"),
            ('{"agency": "a\\u0000"}', "bad_json"),
            ("{}", "invalid"),
            ('{"agency": "055001", "budget_year": 2026, "layot": "x"}', "invalid"),
        ],
    )
    def test_bodies_that_say_nothing(self, county, body, code):
        client = Program("taole").client
        response = client.post(f"{V1}/filings", body, content_type="application/json")
        assert shape(response, 400 if code == "bad_json" else 422) == code

    def test_the_reasons_are_chinese_and_name_the_place(self, county):
        wrong = {"agency": 5, "budget_year": "x", "layot": 1}
        refused = Program("taole").post("/filings", wrong, status=422)
        reasons = {one["place"]: one["reason"] for one in refused["details"]["fields"]}
        assert reasons["body.asked.layot"] == "不认识这一项"
        assert reasons["body.asked.budget_year"] == "应当是整数"

    def test_a_fault_of_ours_tells_nothing(self, county, monkeypatch, caplog):
        def broken(*_):
            raise RuntimeError("inner words")

        monkeypatch.setattr("jixiao.web.api.operations.filings.narrowed", broken)
        answer = Program("taole").get("/filings", status=500)
        assert answer["code"] == "SYS001"
        assert "inner" not in json.dumps(answer)
        assert "inner words" in caplog.text

    def test_characters_no_database_keeps(self, county):
        response = Program("taole").client.get(f"{V1}/filings?q=%00")
        assert shape(response, 400) == "bad_request"

    def test_chinese_is_not_escaped(self, county):
        assert "陶乐镇经办人".encode() in Program("taole").client.get(f"{V1}/me").content


class TestLists:
    def test_out_of_reach_is_not_there(self, a_filing):
        one = a_filing()
        for name in ("nongji", "xitong"):
            program = Program(name)
            for path in ("", "/record", "/sheet", "/findings", "/revisions", "/opinions",
                         "/events", "/suppressions", "/review", "/export",
                         "/comparison?older=1&newer=1"):  # fmt: skip
                program.get(f"/filings/{one.pk}{path}", status=404)
            assert program.get("/filings")["items"] == []
        Program("taole").get("/filings/999999", status=404)

    def test_pages_hold_while_others_file(self, a_filing):
        first = [a_filing(number).pk for number in range(5)]
        program = Program("taole")
        page = program.get("/filings", limit=2)
        assert [one["id"] for one in page["items"]] == first[:-3:-1]
        late = a_filing(5).pk
        seen = [one["id"] for one in page["items"]]
        while page["next"]:
            page = program.get("/filings", limit=2, cursor=page["next"])
            seen += [one["id"] for one in page["items"]]
        assert seen == first[::-1]
        assert late not in seen

    @pytest.mark.parametrize(
        "order", ["newest", "oldest", "changed", "updated", "name", "total", "errors", "due"]
    )
    def test_every_order_shows_everything_once(self, a_filing, order):
        made = {a_filing(number).pk for number in range(6)}
        Filing.objects.filter(pk=min(made)).update(total=None, due_on="2026-01-01")
        program, seen, cursor = Program("taole"), [], None
        while True:
            asked = {"cursor": cursor} if cursor else {}
            page = program.get("/filings", limit=2, order=order, **asked)
            seen += [one["id"] for one in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == 6
        assert set(seen) == made

    @pytest.mark.parametrize("cursor", ["x", "!!", "W10", "WyJwayIsMV0", "WyJwayIsIjEiLCJ4Il0"])
    def test_cursors_of_others(self, county, cursor):
        program = Program("taole")
        assert program.get("/filings", status=422, cursor=cursor)["code"] == "bad_cursor"

    def test_a_cursor_belongs_to_its_order(self, a_filing):
        for number in range(3):
            a_filing(number)
        program = Program("taole")
        cursor = program.get("/filings", limit=1)["next"]
        program.get("/filings", status=422, order="name", cursor=cursor)

    def test_filters(self, a_filing):
        wanted = a_filing(13)
        a_filing(4)
        program = Program("taole")

        def found(**asked):
            return [one["id"] for one in program.get("/filings", **asked)["items"]]

        assert found(q="垃圾 清运", state="draft", year=2022) == [wanted.pk]
        assert found(agency="055002") == []
        assert len(found(under="055")) == 2
        assert found(under="021") == []
        assert found(year=2023) == []
        assert len(found(waiting=True)) == 2
        assert found(overdue=True) == []
        assert len(found(updated_since="2020-01-01T00:00:00Z")) == 2
        program.get("/filings", status=422, year=1)
        program.get("/filings", status=422, yaer=2022)

    def test_totals_agree_with_the_list(self, a_filing):
        a_filing(4)
        a_filing(13)
        program = Program("taole")
        rows = program.get("/filings")["items"]
        sums = program.get("/filings/totals")
        assert sums["count"] == len(rows) == sums["by_state"]["draft"]
        assert float(sums["total"]) == sum(float(one["total"]) for one in rows)

    def test_queries_do_not_grow_with_the_rows(self, a_filing, django_assert_num_queries):
        program = Program("taole")
        program.get("/filings")  # the token notes its use once a minute
        a_filing(0)
        for count in (1, 6):
            for number in range(1, count):
                a_filing(number)
            with django_assert_num_queries(3):  # token, roles, rows
                program.get("/filings")
            with django_assert_num_queries(7):  # whole, by state, department (names), category
                program.get("/filings/totals")
            with django_assert_num_queries(
                5 if connection.vendor == "sqlite" else 4
            ):  # both kinds, and how the index of SQLite is asked
                program.get("/search", q="项目")


class TestOneFiling:
    def test_what_it_says(self, a_filing, sample_forms):
        one = a_filing(12)
        program = Program("taole")
        shown = program.get(f"/filings/{one.pk}")
        assert shown["state_label"] == "草稿"
        assert [action["code"] for action in shown["actions"]] == ["submit", "withdraw"]
        assert "indicators" in shown["editable"]
        record = program.get(f"/filings/{one.pk}/record")
        assert len(record["form"]["indicators"]) == len(sample_forms[12].indicators)
        sheet = program.get(f"/filings/{one.pk}/sheet")
        paths = {cell.get("path") for cell in sheet["cells"]}
        assert "indicators[0].target" in paths
        assert sum(
            cell.get("rows", 1) * cell.get("columns", 1) for cell in sheet["cells"]
        ) == sheet["height"] * len(sheet["grid"])
        audit = program.get(f"/filings/{one.pk}/findings")
        assert audit["schema"] == "jixiao.audit/1"
        assert audit["summary"]["forms"] == 1
        assert program.get(f"/filings/{one.pk}/revisions")["items"][0]["status"] == "draft"
        assert program.get(f"/filings/{one.pk}/events")["items"][0]["code"] == "filing.begun"
        assert program.get(f"/filings/{one.pk}/opinions") == {"items": []}
        program.get(f"/filings/{one.pk}/record", status=404, revision=2)
        program.get(f"/filings/{one.pk}/review", status=409)

    @pytest.mark.parametrize("to", ["docx", "xlsx", "pdf"])
    def test_export(self, a_filing, to):
        one = a_filing(12)
        client = Program("taole").client
        response = client.get(f"{V1}/filings/{one.pk}/export?to={to}&findings=true")
        assert response.status_code == 200
        assert response.content[:2] in (b"PK", b"%P")
        assert "attachment" in response.headers["Content-Disposition"]
        assert shape(client.get(f"{V1}/filings/{one.pk}/export?to=exe"), 422) == "unknown_code"

    def test_saving_cell_by_cell_and_as_a_whole(self, a_filing):
        one = a_filing(12)
        program = Program("taole")
        typed = {"path": "indicators[0].target", "text": "≥99%"}
        saved = program.put(f"/filings/{one.pk}/draft", {"lock_version": 0, "operations": [typed]})
        assert saved["lock_version"] == 1
        record = program.get(f"/filings/{one.pk}/record")
        assert record["form"]["indicators"][0]["target"]["raw"] == "≥99%"
        record["form"]["goal"] = "完成年度任务"
        program.put(f"/filings/{one.pk}/draft", {"lock_version": 1, "record": record["form"]})
        again = program.get(f"/filings/{one.pk}/record")
        assert again["form"]["goal"] == "完成年度任务"
        assert again["form"]["indicators"][0]["target"]["raw"] == "≥99%"

    def test_rows_in_and_out(self, a_filing):
        one = a_filing(12)
        program = Program("taole")
        before = len(program.get(f"/filings/{one.pk}/record")["form"]["indicators"])
        steps = [
            {"type": "insert", "block": "indicators", "at": 0, "texts": {"name": "新增指标"}},
            {"type": "move", "block": "indicators", "at": 0, "to": 1},
            {"type": "remove", "block": "indicators", "at": 0},
        ]
        program.put(f"/filings/{one.pk}/draft", {"lock_version": 0, "operations": steps})
        rows = program.get(f"/filings/{one.pk}/record")["form"]["indicators"]
        assert len(rows) == before
        assert rows[0]["name"] == "新增指标"

    def test_the_second_writer_gets_both(self, a_filing):
        one = a_filing(12)
        mine = {"lock_version": 0, "operations": [{"path": "narrative.goal", "text": "甲"}]}
        theirs = {"lock_version": 0, "operations": [{"path": "narrative.goal", "text": "乙"}]}
        Program("taole").put(f"/filings/{one.pk}/draft", mine)
        refused = Program("taole2").put(f"/filings/{one.pk}/draft", theirs, status=409)
        assert refused["code"] == "conflict"
        details = refused["details"]
        assert (details["theirs"]["goal"], details["yours"]["goal"]) == ("甲", "乙")
        assert details["saved_by"] == "陶乐镇经办人"

    def test_changes_that_cannot_be(self, a_filing):
        one = a_filing(12)
        program = Program("taole")
        for change in (
            {"operations": [{"path": "nowhere.at", "text": ""}]},
            {"operations": [{"type": "remove", "block": "indicators", "at": 900}]},
            {"operations": []},
            {"record": {"kind": "poem"}},
            {"record": {"kind": "project_target"}, "operations": [{"path": "a", "text": ""}]},
        ):
            program.put(f"/filings/{one.pk}/draft", {"lock_version": 0, **change}, status=422)
        assert Filing.objects.get(pk=one.pk).lock_version == 0

    def test_who_does_not_write_this_form(self, a_filing):
        one = a_filing(12)
        asked = {"lock_version": 0, "operations": [{"path": "narrative.goal", "text": "甲"}]}
        refused = Program("zhenzhang").put(f"/filings/{one.pk}/draft", asked, status=403)
        assert refused["code"] == "not_yours"


class TestBeginning:
    def test_blank_on_a_layout(self, county):
        asked = {"agency": "055001", "budget_year": 2027, "layout": "cn_mof/project_target_2015"}
        made = Program("taole").post("/filings", asked, status=201)
        assert made["state"] == "draft"
        assert made["agency"]["code"] == "055001"

    def test_from_a_record(self, a_filing):
        program = Program("taole")
        record = program.get(f"/filings/{a_filing(12).pk}/record")["form"]
        made = program.post(
            "/filings", {"agency": "055001", "budget_year": 2023, "record": record}, status=201
        )
        back = program.get(f"/filings/{made['id']}/record")["form"]
        assert [one["target"]["raw"] for one in back["indicators"]] == [
            one["target"]["raw"] for one in record["indicators"]
        ]

    @pytest.mark.parametrize(
        ("asked", "status"),
        [
            ({"agency": "021001", "layout": "cn_mof/project_target_2015"}, 404),
            ({"agency": "055001", "layout": "nowhere"}, 422),
            ({"agency": "055001", "layout": "cn_mof/project_target_2015", "profile": "x"}, 422),
            ({"agency": "055001"}, 422),
            ({"agency": "055001", "document": 99}, 404),
        ],
    )
    def test_refusals(self, county, asked, status):
        Program("taole").post("/filings", {"budget_year": 2027, **asked}, status=status)

    def test_who_does_not_prepare(self, county):
        asked = {"agency": "055001", "budget_year": 2027, "layout": "cn_mof/project_target_2015"}
        Program("zhenzhang").post("/filings", asked, status=403)


class TestSteps:
    def test_reasons_come_all_at_once(self, a_filing):
        refused = Program("taole").post(
            f"/filings/{a_filing(5).pk}/actions", {"action": "submit"}, status=409
        )
        assert "错误未处理" in refused["details"]["reasons"][0]

    def test_the_way_by_program(self, a_filing, person):
        one = a_filing(12)
        accept_everything(one, person)
        taole, head = Program("taole"), Program("zhenzhang")
        path = f"/filings/{one.pk}/actions"
        taole.post(path, {"action": "submit", "lock_version": 7}, status=409)
        assert taole.post(path, {"action": "submit"})["state"] == "with_unit_head"
        told = head.post(
            path,
            {"action": "return", "opinion": "请补充", "reasons": {"narrative.goal": "太笼统"}},
        )
        assert (told["state"], told["number"]) == ("draft", 2)
        (said,) = taole.get(f"/filings/{one.pk}/opinions")["items"]
        assert said["reasons"] == {"narrative.goal": "太笼统"}
        typed = {"path": "narrative.goal", "text": "更具体的目标"}
        taole.put(
            f"/filings/{one.pk}/draft",
            {"lock_version": told["lock_version"], "operations": [typed]},
        )
        compared = taole.get(f"/filings/{one.pk}/comparison", older=1, newer=2)
        (change,) = compared["changes"]
        assert change["after"] == "更具体的目标"
        assert taole.get("/notices", unread=True)["items"]
        assert taole.post("/notices/read")["marked"] == 1
        assert taole.get("/notices", unread=True)["items"] == []
        assert not list(verify())

    def test_many_at_once_each_by_itself(self, a_filing, person):
        good, bad = a_filing(12), a_filing(5)
        accept_everything(good, person)
        lines = Program("taole").post(
            "/actions", {"filings": [good.pk, bad.pk, 99999], "action": "submit"}
        )["items"]
        assert [line["done"] for line in lines] == [True, False, False]
        assert lines[1]["reasons"]

    def test_the_review_sheet(self, a_filing, person):
        one = a_filing(12)
        accept_everything(one, person)
        for name in ("taole", "zhenzhang", "zhuguan", "yewu"):
            action = "submit" if name == "taole" else "pass"
            Program(name).post(f"/filings/{one.pk}/actions", {"action": action})
        program = Program("jixiao")
        sheet = program.get(f"/filings/{one.pk}/review")
        assert not sheet["is_saved"]
        Program("yewu").put(f"/filings/{one.pk}/review", {"grade": "良"}, status=403)
        saved = program.put(f"/filings/{one.pk}/review", {"grade": "良"})
        assert (saved["is_saved"], saved["grade"]) == (True, "良")
        program.post(f"/filings/{one.pk}/actions", {"action": "pass"})
        moved = Program("yusuan").post(f"/filings/{one.pk}/actions", {"action": "approve"})
        assert moved["approved_number"] == 1

    def test_answering_for_a_finding(self, a_filing):
        one = a_filing(5)
        program = Program("taole")
        found = program.get(f"/filings/{one.pk}/findings")["findings"]
        first = next(finding for finding in found if finding["severity"] == "error")
        until = (timezone.localdate() + timedelta(days=30)).isoformat()
        asked = {"code": first["code"], "path": first["path"], "reason": "已与财政局核对"}
        path = f"/filings/{one.pk}/suppressions"
        program.post(path, {**asked, "until": "2020-01-01"}, status=422)
        made = program.post(path, {**asked, "until": until}, status=201)
        audit = program.get(f"/filings/{one.pk}/findings")
        assert [s["finding"]["code"] for s in audit["suppressed"]] == [first["code"]]
        program.delete(f"{path}/{made['id']}")
        assert program.get(path)["items"] == []
        program.delete(f"{path}/{made['id']}", status=404)

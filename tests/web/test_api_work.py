"""What programs do beside the way of a filing: exports, jobs, views, loans, log, board, calendar."""

import io
import json
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from jixiao.web.filings.models import Filing, Job
from jixiao.web.workflow.jobs_run import run
from jixiao.web.workflow.models import Event, Holiday
from tests.web.api import V1, Program
from tests.web.handing_in import TEXT
from tests.web.handing_in import own_storage as own_storage  # noqa: PLC0414  a fixture
from tests.web.permission_things import things as things  # noqa: PLC0414  a fixture


def fetched(program, path):
    response = program.client.get(f"{V1}{path}")
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return response, content


class TestExports:
    def test_the_list_leaves_as_it_is_narrowed(self, a_filing, own_storage):
        wanted = a_filing(13)
        a_filing(4)
        program = Program("taole", "read")
        asked = {"what": "list", "to": "xlsx", "conditions": {"q": "垃圾清运"}}
        job = program.post("/exports", asked, status=202)
        assert (job["state"], job["is_own"], job["has_result"]) == ("waiting", True, False)
        program.get(f"/jobs/{job['id']}/result", status=404)
        assert run(job["id"]) == "done"
        assert program.get(f"/jobs/{job['id']}")["has_result"]
        response, content = fetched(program, f"/jobs/{job['id']}/result")
        assert response.headers["Content-Disposition"].startswith("attachment")
        rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
        assert [row[0] for row in rows[1:]] == [wanted.project_name]

    def test_the_list_as_text_in_the_order_asked(self, a_filing, own_storage):
        for number in (4, 12, 13):
            a_filing(number)
        program = Program("taole", "read")
        asked = {"what": "list", "to": "csv", "order": "-total"}
        job = program.post("/exports", asked, status=202)
        run(job["id"])
        _, content = fetched(program, f"/jobs/{job['id']}/result")
        lines = content.decode("utf-8-sig").splitlines()[1:]
        ordered = list(Filing.objects.order_by("total").values_list("project_name", flat=True))
        assert [line.split(",")[0] for line in lines] == ordered

    def test_an_official_annex(self, a_filing, own_storage):
        a_filing(12)
        program = Program("taole", "read")
        asked = {"to": "docx", "annex": True, "title": "2022年度绩效目标表"}
        job = program.post("/exports", asked, status=202)
        assert run(job["id"]) == "done"
        _, content = fetched(program, f"/jobs/{job['id']}/result")
        document = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
        assert "2022年度绩效目标表" in document

    @pytest.mark.parametrize(
        ("asked", "status"),
        [
            ({"to": "exe"}, 422), ({"what": "list", "to": "docx"}, 422), ({"what": "all"}, 422),
            ({"conditions": {"yaer": 1}}, 422), ({"order": "down"}, 422),
            ({"to": "docx", "conditions": {"year": 1999}}, 409),
        ],
    )  # fmt: skip
    def test_what_is_refused(self, a_filing, asked, status):
        a_filing(12)
        Program("taole").post("/exports", asked, status=status)
        assert not Job.objects.exists()

    def test_what_leaves_is_written_down(self, a_filing):
        one, program = a_filing(12), Program("taole")
        fetched(program, f"/filings/{one.pk}/export?to=docx")
        event = Event.objects.filter(code="document.exported").get()
        assert f"filing={one.pk}" in event.payload

    def test_another_s_result_is_not_there(self, a_filing, own_storage):
        a_filing(12)
        job = Program("taole").post("/exports", {"what": "list", "to": "csv"}, status=202)
        run(job["id"])
        other = Program("taole2")
        assert other.get(f"/jobs/{job['id']}")["is_own"] is False
        other.get(f"/jobs/{job['id']}/result", status=404)
        other.post(f"/jobs/{job['id']}/retry", status=404)
        Program("nongji").get(f"/jobs/{job['id']}", status=404)


class TestViewsAndTokens:
    def test_a_view_is_the_same_on_the_page(self, a_filing, signed_in):
        a_filing(12)
        program = Program("taole")
        asked = {"name": "本年", "conditions": {"year": 2022, "key": True}, "order": "-total"}
        kept = program.post("/views", asked, status=201)
        assert kept["conditions"] == {"year": "2022", "key": "1", "order": "-total"}
        page = signed_in("taole").get("/filings").content.decode()
        assert "本年" in page
        assert program.get(f"/filings?{kept['query']}")["items"] == []
        Program("taole2").delete(f"/views/{kept['id']}", status=404)
        program.delete(f"/views/{kept['id']}")
        assert program.get("/views")["items"] == []

    def test_a_token_ends_itself(self, county):
        program = Program("taole", "read", "write")
        (row,) = program.get("/tokens")["items"]
        assert row["scopes"] == ["read", "write"]
        assert program.text not in json.dumps(row)
        program.delete(f"/tokens/{row['id']}")
        program.get("/me", status=401)


class TestLoansAndRights:
    def test_a_role_is_lent_and_taken_back(self, county):
        head = Program("zhenzhang")
        (own,) = head.get("/loans")["own"]
        assert "taole2" in {one["username"] for one in own["colleagues"]}
        asked = {"membership": own["id"], "to": "taole2", "until": "2099-01-01"}
        loan = head.post("/loans", asked, status=201)
        received = Program("taole2").get("/loans")["received"]
        assert [one["id"] for one in received] == [loan["id"]]
        head.post("/loans", {**asked, "to": "nongji"}, status=404)
        head.post("/loans", {**asked, "until": "2020-01-01"}, status=409)
        Program("taole2").post(f"/loans/{loan['id']}/end", status=404)
        head.post(f"/loans/{loan['id']}/end")
        assert head.get("/loans")["lent"] == []

    def test_who_can_is_said_by_name(self, a_filing):
        one, program = a_filing(12), Program("taole")
        found = program.get(f"/filings/{one.pk}/rights")
        assert found["state"] == "draft"
        mine = next(row for row in found["people"] if row["username"] == "taole")
        assert mine["is_turn"]
        assert "修改全表" in mine["may"]
        rows = program.get("/rights")["items"]
        assert {"state": "draft", "role": "preparer", "what": "submit", "label": "提交"} in rows


class TestLog:
    def test_read_narrowed_verified_and_taken_along(self, a_filing, tmp_path):
        one = a_filing(12)
        program = Program("rizhi", "read")
        rows = program.get("/log", filing=one.pk)["items"]
        assert {row["filing"] for row in rows} == {one.pk}
        assert program.get("/log", agency="055001", **{"from": "2000-01-01"})["items"]
        assert program.get("/log", to="2000-01-01")["items"] == []
        assert program.get("/log", who="没有这个人")["items"] == []
        verdict = program.post("/log/verify")
        assert verdict["holds"]
        assert verdict["breaks"] == []
        assert program.get("/log/verify") == verdict
        _, lines = fetched(program, "/log/export")
        _, verifier = fetched(program, "/log/verifier")
        (tmp_path / "verifier.py").write_bytes(verifier)
        (tmp_path / "log.jsonl").write_bytes(lines)
        ran = subprocess.run(
            [sys.executable, "verifier.py", "log.jsonl"], cwd=tmp_path, check=False, timeout=60
        )
        assert ran.returncode == 0
        assert Event.objects.filter(code__in=("log.verified", "log.exported")).count() == 2

    def test_a_changed_event_is_named(self, a_filing):
        one = a_filing(12)
        changed = Event.objects.filter(filing=one).first()
        Event.objects.filter(pk=changed.pk).update(actor_name="别人")
        verdict = Program("rizhi").post("/log/verify")
        assert not verdict["holds"]
        assert verdict["breaks"][0]["sequence"] == changed.sequence

    def test_pages_do_not_overlap(self, a_filing):
        a_filing(12)
        program, seen, cursor = Program("rizhi"), [], None
        while True:
            got = program.get("/log", limit=2, **({"cursor": cursor} if cursor else {}))
            seen += [row["id"] for row in got["items"]]
            cursor = got["next"]
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == Event.objects.count()


class TestCalendarAndBoard:
    def test_days_are_set_and_taken_out(self, county):
        keeper = Program("yusuan")
        asked = {"days": [{"day": "2027-10-01", "name": "国庆节"},
                          {"day": "2027-10-09", "name": "调休", "is_workday": True}]}  # fmt: skip
        assert keeper.post("/holidays", asked) == {"set": 2}
        listed = keeper.get("/holidays", since="2027-01-01")["items"]
        assert [one["day"] for one in listed] == ["2027-10-01", "2027-10-09"]
        keeper.delete("/holidays/2027-10-01")
        keeper.delete("/holidays/2027-10-01", status=404)
        assert Holiday.objects.filter(day__year=2027).count() == 1

    def test_the_board_is_that_of_the_page(self, a_filing, signed_in):
        a_filing(12)
        board = Program("taole").get("/board", year=2022)
        page = signed_in("taole").get("/board", {"year": "2022"})
        assert sum(one["filings"] for one in board["departments"]) == 1
        assert page.context["whole"]()["filings"] == 1
        assert [one["code"] for one in board["rules"]] == [
            one.code for one in page.context["rules"]
        ]
        assert len(board["days"]) == 30


class TestForms:
    def test_from_a_file_to_drafts(self, county, own_storage):
        program = Program("taole2")
        stream = io.BytesIO(TEXT)
        stream.name = "附件2.txt"
        upload = program.client.post(
            f"{V1}/documents", {"file": stream, "agency": "055001", "budget_year": "2022"}
        ).json()
        assert program.get("/uploads")["items"][0]["id"] == upload["id"]
        document = upload["files"][0]["document"]
        form = program.get(f"/documents/{document}/forms/1")
        path = "narrative.goal"
        after = program.post(
            f"/documents/{document}/forms/1/cells", {"path": path, "text": "改过的目标"}
        )
        assert path in after["settled"]
        assert after["record"]["goal"] == "改过的目标" != form["record"]["goal"]
        for text in ("", "x"):
            wrong = {"path": "nowhere", "text": text}
            program.post(f"/documents/{document}/forms/1/cells", wrong, status=422)
        asked = {"agency": "055001", "budget_year": 2022, "document": document}
        begun = program.post("/filings", asked, status=201)
        assert program.get(f"/filings/{begun['id']}/record")["form"]["goal"] == "改过的目标"
        refused = program.post(
            f"/documents/{document}/forms/1/cells", {"path": path, "text": "x"}, status=409
        )
        assert refused["details"]["filing"] == begun["id"]
        program.get(f"/documents/{document}/pages/1", status=404)  # a text has no pages

    def test_a_year_after_another(self, a_filing):
        last, program = a_filing(12), Program("taole")
        asked = {"agency": "055001", "budget_year": 2023, "before": last.pk}
        begun = program.post("/filings", asked, status=201)
        assert begun["project_key"] == str(last.project_key)
        before = program.get(f"/filings/{last.pk}/record")["form"]
        after = program.get(f"/filings/{begun['id']}/record")["form"]
        assert after["project"]["name"] == before["project"]["name"]
        assert program.get(f"/filings/{begun['id']}/last-year")
        assert program.get(f"/filings/{begun['id']}/suggestions?path=narrative.goal")["items"]
        assert program.post("/filings", asked, status=409)["code"] == "exists"
        program.post("/filings", {**asked, "budget_year": 2022}, status=422)
        changes = program.get(
            f"/filings/{begun['id']}/comparison", older=1, newer=1, older_filing=last.pk
        )
        assert changes["changes"]
        Program("nongji").post("/filings", {**asked, "agency": "021001"}, status=404)


class TestSteps:
    def test_many_at_once_first_looked_at_then_done(self, things):
        program = Program("zhuguan")
        seen = {"id": things["filing"], "lock_version": things["version"]}
        (foreseen,) = program.post("/actions/preview", {"filings": [seen]})["items"]
        assert foreseen["reasons"] == []
        assert foreseen["target"]
        stale = {**seen, "lock_version": things["version"] + 1}
        (line,) = program.post("/actions", {"filings": [stale], "action": "forward"})["items"]
        assert not line["done"]
        (line,) = program.post("/actions", {"filings": [seen], "action": "forward"})["items"]
        assert (line["done"], line["state"]) == (True, "with_line_division")

    def test_a_review_sheet_is_read_filled_suggested_and_exported(self, things):
        program, path = Program("zhuguan"), f"/filings/{things['filing']}"
        blank = program.get(f"{path}/review")
        count = len(blank["form"]["review"]["items"])
        answers = {f"review.items[{number}].grade": "优" for number in range(count)}
        said = program.post(f"{path}/review/suggestion", {"answers": answers})
        assert said["grade"] == "优"
        assert program.get(f"{path}/reviews")["items"] == []  # nothing was written
        program.put(f"{path}/review", {"answers": answers, "grade": "良"})
        (sheet,) = program.get(f"{path}/reviews")["items"]
        assert (sheet["grade"], sheet["state"]) == ("良", "with_department")
        _, content = fetched(program, f"{path}/reviews/{sheet['id']}/export?to=docx")
        assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
        program.put(f"{path}/review", {"answers": {"review.nowhere": "x"}}, status=422)


class TestPeople:
    def test_a_new_first_password_ends_the_old(self, county):
        program = Program("taole")
        made = Program("xitong").post("/people/taole/password")
        assert len(made["password"]) >= 12
        assert program.get("/me", status=403)["code"] == "change_password"
        Program("xitong").post("/people/xitong/password", status=403)
        Program("xitong").delete("/people/taole/second-factor")

    def test_a_roster_whole_or_not_at_all(self, county):
        program = Program("xitong")
        head = "机构编码,机构名称,上级编码,类别,登录名,姓名\r\n"
        good = "055003,中心小学,055,预算单位,xiaoxue,小学经办人\r\n"

        def sent(text):
            stream = io.BytesIO(text.encode())
            stream.name = "roster.csv"
            return program.client.post(f"{V1}/roster", {"file": stream})

        refused = sent(head + good + "055004,甲,999,预算单位,,\r\n")
        assert refused.status_code == 422
        assert refused.json()["details"]["rows"]
        program.get("/agencies/055003", status=404)
        taken = sent(head + good)
        assert taken.status_code == 201
        assert taken.json()["people"][0]["username"] == "xiaoxue"
        program.get("/agencies/055003")
        assert sent("nothing").status_code == 422

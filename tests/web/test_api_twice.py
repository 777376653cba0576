"""Requests sent twice, and records audited without being kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jixiao.web.filings.models import Filing
from jixiao.web.workflow.models import IdempotencyKey, Window
from tests.web.api import V1, Program
from tests.web.test_journey import accept_everything

BLANK = {"agency": "055001", "budget_year": 2027, "layout": "cn_mof/project_target_2015"}


class TestTwice:
    def test_the_same_request_is_done_once(self, county):
        program = Program("taole")
        first = program.post("/filings", BLANK, status=201, key="k1")
        response = program.client.post(
            f"{V1}/filings", BLANK, content_type="application/json",
            headers={"Idempotency-Key": "k1"},
        )  # fmt: skip
        assert (response.status_code, response.json()) == (201, first)
        assert response.headers["Idempotency-Replayed"] == "true"
        assert Filing.objects.count() == 1

    def test_another_body_is_refused(self, county):
        program = Program("taole")
        program.post("/filings", BLANK, status=201, key="k1")
        other = {**BLANK, "budget_year": 2028}
        assert program.post("/filings", other, status=422, key="k1")["code"] == "key_reused"
        assert program.post("/filings", BLANK, status=201, key="k2")["id"]

    def test_another_person_has_keys_of_their_own(self, county):
        Program("taole").post("/filings", BLANK, status=201, key="k1")
        Program("taole2").post("/filings", BLANK, status=201, key="k1")
        assert Filing.objects.count() == 2

    def test_what_was_refused_may_be_sent_again(self, a_filing, person, county):
        one = a_filing(12)
        accept_everything(one, person)
        closed = Window.objects.create(
            agency=county["640221"], budget_year=2022, stage=one.stage, round="一上",
            opens_on="2021-09-01", closes_on="2021-10-01", layout=one.layout,
        )  # fmt: skip
        program, path = Program("taole"), f"/filings/{one.pk}/actions"
        refused = program.post(path, {"action": "submit"}, status=409, key="k1")
        assert "截止" in refused["message"]
        assert not IdempotencyKey.objects.exists()
        Window.objects.filter(pk=closed.pk).update(closes_on="2099-01-01")
        assert program.post(path, {"action": "submit"}, key="k1")["state"] == "with_unit_head"
        assert program.post(path, {"action": "submit"}, key="k1")["state"] == "with_unit_head"

    def test_a_fault_in_between_leaves_nothing(self, county, monkeypatch):
        def broken(*_):
            raise RuntimeError

        monkeypatch.setattr("jixiao.web.api.operations.drafts.detail", broken)
        program = Program("taole")
        program.post("/filings", BLANK, status=500, key="k1")
        assert not Filing.objects.exists()
        monkeypatch.undo()
        program.post("/filings", BLANK, status=201, key="k1")

    def test_old_keys_go(self, county):
        program = Program("taole")
        program.post("/filings", BLANK, status=201, key="k1")
        IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(days=2))
        program.post("/filings", BLANK, status=201, key="k2")
        assert [row.key for row in IdempotencyKey.objects.all()] == ["k2"]

    @pytest.mark.parametrize("key", ["x" * 121, "a\tb"])
    def test_keys_that_are_none(self, county, key):
        assert Program("taole").post("/filings", BLANK, 422, key=key)["code"] == "bad_key"


class TestAuditing:
    def test_a_record_is_audited_and_not_kept(self, a_filing):
        program = Program("taole")
        form = program.get(f"/filings/{a_filing(5).pk}/record")["form"]
        whole = {"schema": "jixiao.read/1", "documents": [], "forms": [form], "problems": []}
        for asked in ({"form": form}, {"document": whole}):
            audit = program.post("/audits", {**asked, "profile": "nx_pingluo_2022"})
            assert audit["summary"]["by_severity"]["error"] > 0
        assert Filing.objects.count() == 1
        program.post("/audits", {}, status=422)
        program.post("/audits", {"form": {}}, status=422)
        program.post("/audits", {"form": form, "profile": "x"}, status=422)

"""The three administrators and the budget division by program; who is not, is refused."""

import pytest

from jixiao.web.accounts.models import User
from jixiao.web.workflow.chain import verify
from jixiao.web.workflow.models import Event
from tests.web.api import Program

AGENCY = {"code": "055009", "name": "陶乐镇文化站", "kind": "unit", "parent": "055"}
WINDOW = {
    "agency": "640221",
    "budget_year": 2027,
    "round": "一上",
    "opens_on": "2026-09-01",
    "closes_on": "2026-10-15",
    "layout": "cn_mof/project_target_2015",
}


class TestAgencies:
    def test_within_reach_only(self, county):
        program = Program("zhuguan")
        assert {one["code"] for one in program.get("/agencies")["items"]} >= {"055", "055001"}
        program.get("/agencies/021", status=404)
        program.get("/agencies", status=404, under="021")
        assert program.get("/agencies", q="综合服务")["items"][0]["code"] == "055002"
        assert program.get("/agencies", kind="county")["items"] == []

    def test_only_the_system_administrator_keeps_them(self, county):
        for name in ("taole", "zhuguan", "anquan", "yusuan", "rizhi"):
            status = 404 if name == "taole" else 403
            Program(name).post("/agencies", AGENCY, status=status)
        program = Program("xitong")
        assert program.post("/agencies", AGENCY, status=201)["parent"] == "055"
        assert "055009" in program.post("/agencies", AGENCY, status=409)["message"]
        changed = program.patch("/agencies/055009", {"name": "陶乐镇文化中心", "is_active": False})
        assert (changed["name"], changed["is_active"]) == ("陶乐镇文化中心", False)
        Program("zhuguan").patch("/agencies/055009", {"name": "甲"}, status=403)
        program.post("/agencies", {**AGENCY, "code": "1", "kind": "planet"}, status=422)
        program.post("/agencies", {**AGENCY, "code": "1", "parent": "none"}, status=404)
        assert list(
            Event.objects.filter(code__startswith="agency.").values_list("code", flat=True)
        ) == ["agency.created", "agency.changed"]
        assert not list(verify())

    def test_an_agency_moves_to_another_department(self, county):
        program = Program("xitong")
        assert program.patch("/agencies/055002", {"parent": "021"})["parent"] == "021"
        program.patch("/agencies/055002", {"parent": "none"}, status=404)
        assert "自己" in program.patch("/agencies/021", {"parent": "055002"}, status=409)["message"]
        Program("zhuguan").patch("/agencies/055001", {"parent": "055"}, status=403)


class TestPeople:
    def test_who_is_no_keeper_sees_nobody(self, county):
        for name in ("taole", "zhuguan", "yusuan", "shenji", "rizhi"):
            program = Program(name)
            program.get("/people", status=403)
            program.get("/people/taole", status=403)

    def test_account_role_and_their_end(self, county):
        system, security = Program("xitong"), Program("anquan")
        asked = {"username": "xinren", "full_name": "新任经办人", "agency": "055002"}
        security.post("/people", asked, status=403)
        made = system.post("/people", asked, status=201)
        assert len(made["password"]) >= 10
        assert "xinren" in system.post("/people", asked, status=409)["message"]
        assert User.objects.get(username="xinren").must_change_password
        role = {"role": "preparer", "agency": "055002", "starts_on": "2026-01-01"}
        system.post("/people/xinren/roles", role, status=403)
        post = security.post("/people/xinren/roles", role, status=201)
        assert post["role_label"] == "经办人"
        security.post("/people/xinren/roles", role, status=409)
        both = {**role, "role": "system_admin"}
        refused = security.post("/people/xinren/roles", both, status=409)
        assert refused["code"] == "role_conflict"
        ended = security.post(f"/roles/{post['id']}/end", {"ends_on": "2026-02-01"})
        assert ended["ends_on"] == "2026-02-01"
        off = system.patch("/people/xinren", {"is_active": False})
        assert not off["is_active"]
        system.patch("/people/xitong", {"is_active": False}, status=403)
        assert "xinren" in str(system.get("/people", q="新任"))
        assert not list(verify())

    def test_nobody_grants_roles_to_himself(self, county):
        role = {"role": "security_admin", "agency": "055", "starts_on": "2026-01-01"}
        Program("anquan").post("/people/anquan/roles", role, status=403)

    def test_pages_of_people(self, county, django_assert_num_queries):
        program = Program("xitong")
        seen, page = [], program.get("/people", limit=5)
        while page["next"]:
            seen += [one["username"] for one in page["items"]]
            page = program.get("/people", limit=5, cursor=page["next"])
        seen += [one["username"] for one in page["items"]]
        assert seen == sorted(User.objects.values_list("username", flat=True))
        for limit in (2, 10):
            with django_assert_num_queries(6):
                program.get("/people", limit=limit)


class TestWindows:
    def test_only_the_budget_division_opens(self, county):
        for name in ("xitong", "jixiao", "anquan"):
            Program(name).post("/windows", WINDOW, status=403)
        Program("taole").post("/windows", WINDOW, status=404)
        program = Program("yusuan")
        made = program.post("/windows", WINDOW, status=201)
        assert program.post("/windows", WINDOW, status=409)["code"] == "exists"
        assert Program("taole").get("/windows", year=2027)["items"][0]["id"] == made["id"]
        moved = program.patch(f"/windows/{made['id']}", {"closes_on": "2026-10-31"})
        assert moved["closes_on"] == "2026-10-31"
        Program("taole").patch(f"/windows/{made['id']}", {"closes_on": "2027-01-01"}, status=403)
        assert not list(verify())

    @pytest.mark.parametrize(
        "wrong",
        [{"closes_on": "2026-08-01"}, {"layout": "x"}, {"profile": "x"}, {"stage": "x"},
         {"opens_on": "today"}],
    )  # fmt: skip
    def test_windows_that_are_none(self, county, wrong):
        Program("yusuan").post("/windows", {**WINDOW, **wrong}, status=422)

    def test_holidays(self, county):
        assert "items" in Program("taole").get("/holidays", since="2026-01-01")

"""Role × state for everything a program may do to a filing, held against the core's own tables."""

import pytest
from django.core.cache import cache
from django.db import transaction

from jixiao.lifecycle.journey import journey_of
from jixiao.lifecycle.rights import may_change, table
from jixiao.web.filings.models import Filing, Revision
from tests.web.api import V1, Program
from tests.web.holders import HOLDERS, sees_in

JOURNEY = journey_of()
STAGE = JOURNEY.stage
#: They see no filing at all.
ADMINISTRATORS = ("xitong", "anquan", "rizhi")
READS = ("", "/record", "/sheet", "/findings", "/revisions", "/opinions", "/events",
         "/suppressions", "/rights", "/reviews", "/reasons", "/last-year",
         "/suggestions?path=narrative.goal", "/export?to=docx")  # fmt: skip


def tried(program, method, path, body):
    """The status, with nothing kept of what was done."""
    with transaction.atomic():
        response = program.client.generic(
            method, f"{V1}{path}", body, content_type="application/json"
        )
        transaction.set_rollback(True)
    return response.status_code


@pytest.fixture
def programs(county):
    cache.clear()
    return {name: Program(name) for name in (*HOLDERS, *ADMINISTRATORS)}


@pytest.mark.parametrize("state", [state.code for state in STAGE.states])
def test_every_role_in_every_state(state, a_filing, programs, settings):
    settings.API_REQUESTS_A_MINUTE = 10_000
    one = a_filing(12)
    Filing.objects.filter(pk=one.pk).update(state=state)
    at, level = STAGE.state(state), JOURNEY.level(state)
    path = f"/filings/{one.pk}"
    for name, role in HOLDERS.items():
        program = programs[name]
        sees = sees_in(state, role)
        where = (name, state)
        for read in READS:
            assert program.client.get(f"{V1}{path}{read}").status_code == (200 if sees else 404), (
                *where,
                read,
            )
        may_review = level is not None and level.role == role
        reviewed = tried(program, "PUT", f"{path}/review", '{"grade": "良"}')
        assert reviewed == (200 if may_review else 403 if sees else 404), where
        shown = program.client.get(f"{V1}{path}/review").status_code
        assert shown == (404 if not sees else 409 if level is None else 200), where
        may_save = may_change(STAGE, state=state, path="indicators", roles=frozenset({role}))
        saved = tried(
            program, "PUT", f"{path}/draft",
            '{"lock_version": 0, "operations": [{"path": "narrative.goal", "text": "甲"}]}',
        )  # fmt: skip
        assert saved == (200 if may_save else 403 if sees else 404), where
        answered = tried(
            program, "POST", f"{path}/suppressions",
            '{"code": "VAL002", "reason": "与财政局核对过", "until": "2027-06-01"}',
        )  # fmt: skip
        assert answered == (201 if role in at.turn else 403 if sees else 404), where
        many = program.post("/actions", {"filings": [one.pk], "action": "nothing"})["items"]
        assert not many[0]["done"], where
        listed = {row["id"] for row in program.get("/filings", limit=200)["items"]}
        assert (one.pk in listed) is sees, where
        waiting = {row["id"] for row in program.get("/filings", waiting=True)["items"]}
        assert (one.pk in waiting) is (role in at.turn and sees), where
    for name in ADMINISTRATORS:
        for read in READS:
            assert programs[name].client.get(f"{V1}{path}{read}").status_code == 404, (name, read)
        assert tried(programs[name], "PUT", f"{path}/review", "{}") == 404
        assert programs[name].get("/filings")["items"] == []
    assert Filing.objects.get(pk=one.pk).state == state
    assert Revision.objects.filter(filing=one).count() == 1


def test_the_table_a_program_reads_is_the_one_that_decides(county):
    shown = Program("renda").get("/rights")["items"]
    assert {(row["state"], row["role"], row["what"]) for row in shown} == {
        (right.state, right.role.value, right.what) for right in table(STAGE)
    }

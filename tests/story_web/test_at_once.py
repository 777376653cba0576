"""The same thing asked for eight times at the same moment is done once; nobody gets a fault.

Against the real command: several processes and threads, so that the database alone decides.
"""

import json
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.story_web.person import Person, at_once
from tests.story_web.server import Server
from tests.story_web.test_nothing_is_lost import drafts

pytestmark = pytest.mark.xdist_group("at-once")
MANY = 8
WITHDRAW = {"action": "withdraw", "opinion": "这个项目今年不办了。"}


@pytest.fixture(scope="module")
def clerk(server: Server) -> Person:
    return Person(server.url, "taole")


@pytest.fixture(scope="module")
def pile(server: Server) -> Iterator[int]:
    return iter(drafts(server))


@pytest.fixture
def filing(pile: Iterator[int]) -> int:
    """A draft of the sample town; each test has one of its own."""
    return next(pile)


def lock(server: Server, pk: int) -> int:
    return int(server.value("SELECT lock_version FROM filings_filing WHERE id = ?", pk))


def events(server: Server, pk: int) -> Counter[str]:
    found = server.rows("SELECT code FROM workflow_event WHERE filing_id = ?", pk)
    return Counter(code for (code,) in found)


def goal(text: str) -> list[dict[str, str]]:
    return [{"type": "write", "path": "narrative.goal", "text": text}]


def test_a_step_pressed_many_times_is_taken_once(server: Server, clerk: Person, filing: int):
    before = lock(server, filing)
    asked = {**WITHDRAW, "lock_version": before}
    told = at_once(MANY, lambda _: clerk.post(f"/filings/{filing}/act", **asked))
    statuses = Counter(one.status for one in told)
    assert statuses == {302: 1, 409: MANY - 1}, told[0].text
    assert events(server, filing)["filing.withdrawn"] == 1
    assert lock(server, filing) == before + 1
    server.log_is_whole()


def test_a_step_by_program_with_one_key_is_taken_once(server: Server, clerk: Person, filing: int):
    path = f"/api/v1/filings/{filing}/actions"
    told = at_once(MANY, lambda _: clerk.send(path, WITHDRAW, Idempotency_Key="einmal"))
    assert {one.status for one in told} == {200}, [one.text for one in told]
    assert len({one.text for one in told}) == 1
    assert events(server, filing)["filing.withdrawn"] == 1


def test_a_filing_begun_by_program_with_one_key_is_one(server: Server, clerk: Person):
    asked = {"agency": "055001", "budget_year": 2027, "layout": "cn_mof/project_target_2015"}
    told = at_once(MANY, lambda _: clerk.send("/api/v1/filings", asked, Idempotency_Key="neu"))
    assert {one.status for one in told} == {201}, [one.text for one in told]
    assert len({one.data["id"] for one in told}) == 1
    assert server.value("SELECT count(*) FROM filings_filing WHERE budget_year = 2027") == 1


def test_a_save_sent_many_times_is_written_once(server: Server, clerk: Person, filing: int):
    before = lock(server, filing)
    asked = {"lock_version": before, "operations": goal("一次保存"), "batch": "ab12"}
    told = at_once(MANY, lambda _: clerk.send(f"/filings/{filing}/edit", asked))
    assert {one.status for one in told} == {200}, [one.text for one in told]
    assert lock(server, filing) == before + 1
    assert events(server, filing)["filing.saved"] == 1


def test_of_many_who_save_one_wins_and_the_others_see_it(
    server: Server, clerk: Person, filing: int
):
    other = Person(server.url, "taole2")
    before = lock(server, filing)

    def save(number: int):
        asked = {"lock_version": before, "operations": goal(f"第{number}人"), "batch": f"b{number}"}
        return (clerk, other)[number % 2].send(f"/filings/{filing}/edit", asked)

    told = at_once(MANY, save)
    assert Counter(one.status for one in told) == {200: 1, 409: MANY - 1}
    winner = next(number for number, one in enumerate(told) if one.status == 200)
    text = server.value("SELECT form FROM filings_revision WHERE filing_id = ?", filing)
    assert f"第{winner}人" in text
    losers = [one.data for one in told if one.status == 409]
    assert {one["code"] for one in losers} == {"conflict"}
    assert all(f"第{winner}人" in one["table"] for one in losers)
    assert events(server, filing)["filing.saved"] == 1


def test_a_save_and_a_step_at_once_leave_one_whole_state(
    server: Server, clerk: Person, filing: int
):
    before = lock(server, filing)
    saved = {"lock_version": before, "operations": goal("撤销前的一刻"), "batch": "cd34"}
    moved = {**WITHDRAW, "lock_version": before}
    told = at_once(
        2,
        lambda number: (
            clerk.post(f"/filings/{filing}/act", **moved)
            if number
            else clerk.send(f"/filings/{filing}/edit", saved)
        ),
    )
    assert [one.status in (200, 302) for one in told].count(True) == 1, told
    assert lock(server, filing) == before + 1
    state, form = server.rows(
        "SELECT f.state, r.form FROM filings_filing f JOIN filings_revision r "
        "ON r.filing_id = f.id WHERE f.id = ?",
        filing,
    )[0]
    written = "撤销前的一刻" in json.dumps(json.loads(form), ensure_ascii=False)
    assert (state, written) == (("draft", True) if told[0].status == 200 else ("withdrawn", False))


def test_the_sums_of_the_county_are_those_of_its_filings(server: Server):
    filings = "state, count(*), sum(indicator_count), sum(errors), sum(warnings)"
    sums = "state, sum(filings), sum(indicators), sum(errors), sum(warnings)"
    assert server.rows(
        f"SELECT {sums} FROM filings_subtotal WHERE place_path = '0001.' "
        "GROUP BY state HAVING sum(filings) <> 0 ORDER BY state"
    ) == server.rows(f"SELECT {filings} FROM filings_filing GROUP BY state ORDER BY state")


def test_nobody_met_a_fault_of_ours(server: Server):
    assert "Traceback" not in server.log()
    server.log_is_whole()

"""A filing on its way: the whole round, refusals, frozen revisions, the chain of events."""

import json

import pytest

from jixiao.form.codec import decode
from jixiao.lifecycle.journey import journey_of
from jixiao.lifecycle.machine import Refused
from jixiao.official.editing import change
from jixiao.web.filings.models import Filing, Revision, Suppression
from jixiao.web.workflow.acting import Stale, act
from jixiao.web.workflow.chain import verify
from jixiao.web.workflow.filing import Conflict, NotYours, save_draft
from jixiao.web.workflow.models import Event, Notice, ReviewSheet
from tests.web.conftest import NOW

JOURNEY = journey_of()
WAY = (
    ("taole", "submit"),
    ("zhenzhang", "pass"),
    ("zhuguan", "pass"),
    ("yewu", "pass"),
    ("jixiao", "pass"),
    ("yusuan", "approve"),
    ("yusuan", "issue"),
)


def step(person, filing, name, action, **more):
    return act(
        actor=person(name), filing_id=filing.pk, action=action, journey=JOURNEY, now=NOW, **more
    )


def accept_everything(filing, person):
    """Suppress what the audit finds, so that the way itself is looked at."""
    for code in ("COS003", "YR001", "MND003", "VAL001", "VAL002"):
        Suppression.objects.create(
            filing=filing, code=code, path="", reason="样表", by=person("taole").user,
            until="2030-01-01",
        )  # fmt: skip


def graded(filing, person, grade):
    ReviewSheet.objects.create(
        filing=filing, state="with_performance_division", revision_number=filing.number,
        form="{}", grade=grade, by=person("jixiao").user, saved_at=NOW,
    )  # fmt: skip


def test_nobody_acts_out_of_turn(a_filing, person):
    filing = a_filing()
    outcome = step(person, filing, "jixiao", "submit")
    assert isinstance(outcome, Refused)
    assert "不由您办理" in outcome.reasons[0]
    assert Filing.objects.get(pk=filing.pk).state == "draft"


def test_errors_bar_submission_never_saving(a_filing, person, sample_forms):
    filing = a_filing(5)  # 成本 6000 against 24600
    outcome = step(person, filing, "taole", "submit")
    assert isinstance(outcome, Refused)
    assert "错误未处理" in outcome.reasons[0]
    saved = save_draft(
        actor=person("taole"), filing=filing, form=sample_forms[5],
        lock_version=filing.lock_version, journey=JOURNEY, now=NOW,
    )  # fmt: skip
    assert not isinstance(saved, Conflict)


def test_the_whole_way(a_filing, person):
    filing = a_filing()
    accept_everything(filing, person)
    for name, action in WAY:
        if name == "jixiao":
            assert isinstance(step(person, filing, name, action), Refused)  # no grade yet
            graded(filing, person, "良")
        moved = step(person, filing, name, action)
        assert isinstance(moved, Filing), moved
    assert (moved.state, moved.approved_number, moved.grade) == ("issued", 1, "良")
    revision = Revision.objects.get(filing=filing, number=1)
    assert revision.status == "approved"
    codes = list(Event.objects.filter(filing=filing).values_list("code", flat=True))
    assert codes == [
        "filing.begun", "filing.submitted", *["filing.passed"] * 4, "filing.approved",
        "filing.issued",
    ]  # fmt: skip
    assert not list(verify())


def test_a_return_opens_the_next_revision_and_tells_the_preparer(a_filing, person):
    filing = a_filing()
    accept_everything(filing, person)
    step(person, filing, "taole", "submit")
    assert isinstance(step(person, filing, "zhenzhang", "return"), Refused)  # words are owed
    back = step(person, filing, "zhenzhang", "return", opinion="请补充单价")
    assert (back.state, back.number) == ("draft", 2)
    assert Revision.objects.get(filing=filing, number=1).status == "submitted"
    notice = Notice.objects.get(user=person("taole").user, filing=filing)
    assert "请补充单价" in notice.text


def test_a_frozen_revision_is_not_written(a_filing, person, sample_forms):
    filing = a_filing()
    accept_everything(filing, person)
    filing = step(person, filing, "taole", "submit")
    with pytest.raises(NotYours):
        save_draft(
            actor=person("taole"), filing=filing, form=sample_forms[0],
            lock_version=filing.lock_version, journey=JOURNEY, now=NOW,
        )  # fmt: skip


def test_the_sender_may_take_it_back_until_the_next_acts(a_filing, person):
    filing = a_filing()
    accept_everything(filing, person)
    step(person, filing, "taole", "submit")
    assert step(person, filing, "taole", "cancel").state == "draft"
    step(person, filing, "taole", "submit")
    step(person, filing, "zhenzhang", "pass")
    assert isinstance(step(person, filing, "taole", "cancel"), Refused)


def test_a_stale_page_moves_nothing(a_filing, person):
    filing = a_filing()
    accept_everything(filing, person)
    assert isinstance(step(person, filing, "taole", "submit", lock_version=99), Stale)
    assert step(person, filing, "taole", "submit", lock_version=0).state == "with_unit_head"
    again = step(person, filing, "taole", "submit", lock_version=0)
    assert isinstance(again, Stale)  # pressed twice


def test_the_second_writer_is_told(a_filing, person, sample_forms):
    filing = a_filing()
    mine = change(sample_forms[12], "indicators[0].target", "≥9个")
    theirs = change(sample_forms[12], "indicators[1].target", "≥80%")
    shared = {"filing": filing, "lock_version": 0, "journey": JOURNEY, "now": NOW}
    assert not isinstance(save_draft(actor=person("taole"), form=mine, **shared), Conflict)
    conflict = save_draft(actor=person("taole2"), form=theirs, **shared)
    assert isinstance(conflict, Conflict)
    assert decode(conflict.theirs.form).indicators[0].target.raw == "≥9个"
    assert conflict.lock_version == 1


@pytest.mark.parametrize("grade", ["中", "差"])
def test_poor_grades_do_not_pass(a_filing, person, grade):
    filing = a_filing()
    accept_everything(filing, person)
    for name, action in WAY[:4]:
        step(person, filing, name, action)
    graded(filing, person, grade)
    assert isinstance(step(person, filing, "jixiao", "pass"), Refused)
    refused = step(person, filing, "jixiao", "refuse", opinion="无必要")
    assert isinstance(refused, Refused) is (grade == "中")


def test_a_flipped_byte_is_found(a_filing, person):
    filing = a_filing()
    event = Event.objects.filter(filing=filing).get()
    payload = json.loads(event.payload)
    payload["project"] += "。"
    Event.objects.filter(pk=event.pk).update(payload=json.dumps(payload, ensure_ascii=False))
    (found,) = verify()
    assert found.reason == "内容被改动"

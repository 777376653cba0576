"""Documents come in: told by their content, kept once, read, corrected, drafted once."""

import pytest

from jixiao.form.codec import decode
from jixiao.lifecycle.journey import journey_of
from jixiao.web.filings.documents import documents_of
from jixiao.web.filings.models import Batch, Document, Filing, Job, ReadForm
from jixiao.web.workflow.chain import verify
from jixiao.web.workflow.drafting import (
    Drafted,
    Lacking,
    Settled,
    draft,
    settle,
    unit_of,
    units_for,
)
from jixiao.web.workflow.filing import NotYours
from jixiao.web.workflow.jobs_run import run
from jixiao.web.workflow.models import Event
from tests.web.conftest import NOW
from tests.web.handing_in import TEXT, handed_in, own_storage, zipped

__all__ = ["handed_in", "own_storage"]

JOURNEY = journey_of()


def outcomes(batch):
    return {row.name: (row.status, row.form_count) for row in batch.files.all()}


def test_nobody_hands_in_for_others(handed_in):
    with pytest.raises(NotYours):
        handed_in(("a.txt", TEXT), by="nongji")
    with pytest.raises(NotYours):
        handed_in(("a.txt", TEXT), by="jixiao")
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.docx", b"", "是空的"),
        ("程序.docx", b"MZ\x90\x00" + b"\0" * 200, "内容却不是"),
        ("坏.docx", b"PK\x03\x04" + b"x" * 400, ""),
    ],
)
def test_what_no_reader_knows_is_refused_with_words(handed_in, name, content, said):
    received = handed_in((name, content))
    if received.job is not None:
        run(received.job.pk)
    (row,) = received.batch.files.all()
    assert row.status == "failed"
    assert said in row.problems[0]["message"]
    assert not ReadForm.objects.exists()


def test_too_large_is_said_and_not_kept(handed_in, settings, tmp_path):
    settings.LARGEST_UPLOAD = 1000
    received = handed_in(("大.txt", TEXT))
    (row,) = received.batch.files.all()
    assert "没有接收" in row.problems[0]["message"]
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept == []


def test_a_full_disk_leaves_nothing(handed_in, monkeypatch, tmp_path):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jixiao.web.filings.documents.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        handed_in(("a.txt", TEXT))
    assert not Batch.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_sixteen_forms_are_read_and_drafted_once(handed_in, person, county):
    received = handed_in(("附件2.txt", TEXT))
    assert run(received.job.pk) == "done"
    assert run(received.job.pk) == "nothing to do"
    assert outcomes(received.batch) == {"附件2.txt": ("read", 16)}
    document = Document.objects.get()
    assert document.read_forms.count() == 16
    first = document.read_forms.first()
    shared = {"actor": person("taole"), "journey": JOURNEY, "now": NOW, "budget_year": None}
    made = draft(read_form=first, agency=county["055001"], **shared)
    assert isinstance(made, Drafted)
    assert made.is_new
    again = draft(read_form=first, agency=county["055001"], **shared)
    assert isinstance(again, Drafted)
    assert (again.is_new, again.filing.pk) == (False, made.filing.pk)
    assert Filing.objects.count() == 1
    assert made.filing.revisions.get().document == document
    assert not list(verify())


def test_the_same_bytes_again_are_recognised(handed_in):
    run(handed_in(("附件2.txt", TEXT)).job.pk)
    again = handed_in(("副本.txt", TEXT))
    assert again.job is None
    assert outcomes(again.batch) == {"副本.txt": ("repeated", 16)}
    assert Document.objects.count() == 1
    assert ReadForm.objects.count() == 16


def test_a_project_that_is_there_is_linked(handed_in, a_filing, person, county):
    filing = a_filing(3)
    run(handed_in(("附件2.txt", TEXT)).job.pk)
    read_form = ReadForm.objects.get(number=4)
    made = draft(
        actor=person("taole"), read_form=read_form, agency=county["055001"],
        budget_year=None, journey=JOURNEY, now=NOW,
    )  # fmt: skip
    assert isinstance(made, Drafted)
    assert (made.is_new, made.filing.pk) == (False, filing.pk)
    assert ReadForm.objects.get(number=4).outcome == "linked"


def test_a_cell_is_confirmed_or_corrected(handed_in, person):
    run(handed_in(("附件2.txt", TEXT)).job.pk)
    read_form = ReadForm.objects.first()
    path = "indicators[0].target"
    before = decode(read_form.form).indicators[0].target.raw
    kept = settle(actor=person("taole"), read_form=read_form, path=path, text=before, now=NOW)
    assert (kept.settled, kept.form) == ([path], read_form.form)
    changed = settle(actor=person("taole"), read_form=read_form, path=path, text="≥99人", now=NOW)
    assert decode(changed.form).indicators[0].target.raw == "≥99人"
    assert decode(changed.original).indicators[0].target.raw == before
    codes = set(Event.objects.values_list("code", flat=True))
    assert {"files.received", "document.read", "read_form.confirmed"} <= codes
    with pytest.raises(NotYours):
        settle(actor=person("nongji"), read_form=read_form, path=path, text="x", now=NOW)


def test_a_drafted_form_is_corrected_in_its_filing(handed_in, person, county):
    run(handed_in(("附件2.txt", TEXT)).job.pk)
    read_form = ReadForm.objects.first()
    draft(
        actor=person("taole"), read_form=read_form, agency=county["055001"],
        budget_year=None, journey=JOURNEY, now=NOW,
    )  # fmt: skip
    answer = settle(
        actor=person("taole"), read_form=read_form, path="narrative.goal", text="x", now=NOW
    )
    assert isinstance(answer, Settled)


def test_a_form_without_year_waits_for_one(handed_in, person, county):
    run(handed_in(("附件2.txt", TEXT)).job.pk)
    ReadForm.objects.update(budget_year=None)
    shared = {"actor": person("taole"), "agency": county["055001"], "journey": JOURNEY, "now": NOW}
    read_form = ReadForm.objects.first()
    assert isinstance(draft(read_form=read_form, budget_year=None, **shared), Lacking)
    assert isinstance(draft(read_form=read_form, budget_year=2023, **shared), Drafted)


def test_units_are_matched_by_name(handed_in, person, county):
    run(handed_in(("附件2.txt", TEXT)).job.pk)
    units = units_for(person("taole"))
    assert [unit.code for unit in units] == ["055001"]
    both = [county["055001"], county["055002"]]
    one = ReadForm(unit="055002-陶乐镇综合服务中心")
    assert unit_of(one, both, county["055001"]) == county["055002"]
    assert unit_of(ReadForm(unit="别的单位"), both, county["055001"]) == county["055001"]


def test_documents_lie_within_reach(handed_in, person, county, a_filing):
    run(handed_in(("附件2.txt", TEXT)).job.pk)
    seen = {name: documents_of(person(name)).count() for name in ("taole", "zhenzhang", "nongji")}
    assert seen == {"taole": 1, "zhenzhang": 1, "nongji": 0}
    assert documents_of(person("jixiao")).count() == 0  # nothing was handed on yet
    assert documents_of(person("xitong")).count() == 0


def test_a_folder_is_read_whatever_one_file_is(handed_in):
    folder = zipped(**{
        "甲/附件2.txt": TEXT, "乙/坏.docx": b"PK\x03\x04broken" * 30, "丙/说明.txt": "没有表".encode(),
        "丁/再来.txt": TEXT,
    })  # fmt: skip
    received = handed_in(("全镇.zip", folder))
    assert run(received.job.pk) == "done"
    found = outcomes(received.batch)
    assert found["全镇.zip"] == ("unpacked", 0)
    assert {name: one for name, one in found.items() if "/" in name} == {
        "丁/再来.txt": ("read", 16), "丙/说明.txt": ("empty", 0), "乙/坏.docx": ("failed", 0),
        "甲/附件2.txt": ("repeated", 16),
    }  # fmt: skip
    assert ReadForm.objects.count() == 16
    assert Job.objects.get().words.startswith("4 个文件")

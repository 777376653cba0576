"""Correcting whole documents: seen to be done, done once and for all, nothing else touched."""

import csv
import io
from datetime import date
from functools import cache

import pytest

import jixiao.report.correction as module
from jixiao.audit.finding import Severity
from jixiao.intake.document import SourceFile
from jixiao.pipeline import audit
from jixiao.report.correction import correct
from jixiao.report.making import TAKEN_BACK
from jixiao.report.patch import PATCHES, Patched, Patcher, Revision
from jixiao.report.recheck import Looks
from tests.report.patches.revisions import accepted, looks_of, rejected, root_of, texts_of
from tests.support.office_files import Sheet, docx_of, xlsx_of
from tests.support.seed_forms import SAMPLE, seed_grids

GRIDS = seed_grids()[4:10]


def _csv() -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for grid in GRIDS:
        writer.writerows(grid.texts)
    return stream.getvalue()


def _markdown() -> str:
    lines = []
    for grid in GRIDS:
        for number, row in enumerate(grid.texts):
            lines.append(f"| {' | '.join(row)} |")
            if number == 0:
                lines.append("|---" * len(row) + "|")
        lines.append("")
    return "\n".join(lines)


FILES = {
    "目标表.docx": docx_of(GRIDS),
    "目标表.xlsx": xlsx_of([Sheet(f"表{number}", grid) for number, grid in enumerate(GRIDS)]),
    "目标表.csv": _csv().encode("gb18030"),
    "目标表.md": _markdown().encode(),
    "目标表.txt": SAMPLE.read_text(encoding="utf-8").replace("\n", "\r\n").encode("utf-16"),
}
HTML = (
    "<table><tr><td>项目名称</td><td colspan=3>甲</td></tr>"
    "<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>"
    "<tr><td>产出指标</td><td>数量指标</td><td>培训人数</td><td>≧10人</td></tr></table>"
).encode()


@cache
def _corrected(name: str, unsafe: bool):
    return correct(SourceFile(name=name, content=FILES[name]), audit, unsafe=unsafe)


def _texts(name: str, content: bytes):
    return Looks().at(SourceFile(name=name, content=content)).texts


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("name", FILES)
def test_correcting_twice_changes_nothing(name, unsafe):
    once = _corrected(name, unsafe)
    again = correct(SourceFile(name=name, content=once.content), audit, unsafe=unsafe)
    assert once.done
    assert again.done == ()
    assert again.content == once.content


@pytest.mark.parametrize("name", FILES)
def test_safe_corrections_keep_every_value(name):
    looks = Looks()
    before = looks.at(SourceFile(name=name, content=FILES[name]))
    after = looks.at(SourceFile(name=name, content=_corrected(name, False).content))
    assert len(before.forms) > 1
    assert before.forms == after.forms
    assert before.texts != after.texts


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("name", FILES)
def test_only_what_is_said_has_changed(name, unsafe):
    correction = _corrected(name, unsafe)
    before, after = _texts(name, FILES[name]), _texts(name, correction.content)
    differing = {place for place in before | after if before.get(place) != after.get(place)}
    assert differing == {change.place for change in correction.done}


@pytest.mark.parametrize("name", FILES)
def test_two_signs_become_one_only_when_a_person_agrees(name):
    """`≧ >90%` may mean either: choosing one is no matter of notation."""
    safe, unsafe = _corrected(name, False), _corrected(name, True)
    assert not any("VAL002" in change.codes for change in safe.done)
    assert any("VAL002" in item.change.codes for item in safe.left)
    made = {(change.old, change.new) for change in unsafe.done if "VAL002" in change.codes}
    assert made == {("≧ >90%", "≥90%")}
    errors = {finding.code for finding in unsafe.report.at_or_above(Severity.ERROR)}
    assert "VAL002" not in errors


@pytest.mark.parametrize("unsafe", [False, True])
def test_the_remaining_report_is_about_the_corrected_file(unsafe):
    correction = _corrected("目标表.docx", unsafe)
    reread = Looks().at(SourceFile(name="目标表.docx", content=correction.content)).result
    assert correction.report.findings == audit(reread.forms).findings


def test_a_format_that_cannot_be_changed_gives_proposals_only():
    correction = correct(SourceFile(name="目标表.html", content=HTML), audit, unsafe=False)
    assert correction.content is None
    assert [(change.old, change.new) for change in correction.done] == [("≧10人", "≥10人")]


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 broken", b"PK\x03\x04", b"\x00" * 50, b"hello"]
)
def test_what_cannot_be_read_or_holds_no_form_is_left_alone(content):
    correction = correct(SourceFile(name="a.docx", content=content), audit, unsafe=True)
    assert correction.done == ()
    assert correction.content in (None, content)


def _with_patcher(monkeypatch, apply):
    patcher = Patcher(code="text", suffixes=(".txt",), apply=apply)
    monkeypatch.setattr(module, "patcher_of", lambda _source: patcher)


def test_a_change_that_does_not_read_as_wished_is_taken_back(monkeypatch):
    """A patcher that writes into the wrong cell is found out, and the file stays as it was."""
    content = FILES["目标表.txt"]

    def wrong(given, changes):
        text = given.decode("utf-16").replace("平罗县", "别的县", 1)
        return Patched(content=text.encode("utf-16"), done=changes)

    _with_patcher(monkeypatch, wrong)
    correction = correct(SourceFile(name="目标表.txt", content=content), audit, unsafe=False)
    assert correction.done == ()
    assert correction.content == content
    assert TAKEN_BACK in {item.reason for item in correction.left}


def test_one_bad_change_does_not_cost_the_good_ones(monkeypatch):
    content = FILES["目标表.txt"]
    real = PATCHES["text"].apply
    good = {change.place for change in _corrected("目标表.txt", False).done}
    bad = min(good, key=str)

    def sometimes_wrong(given, changes):
        patched = real(given, changes)
        if any(change.place == bad for change in changes):
            spoilt = patched.content.decode("utf-16").replace("平罗县", "别的县", 1)
            return Patched(content=spoilt.encode("utf-16"), done=patched.done)
        return patched

    _with_patcher(monkeypatch, sometimes_wrong)
    correction = correct(SourceFile(name="目标表.txt", content=content), audit, unsafe=False)
    assert {change.place for change in correction.done} == good - {bad}
    assert "别的县" not in correction.content.decode("utf-16")
    assert [item.change.place for item in correction.left if item.reason == TAKEN_BACK] == [bad]


BY = Revision(day=date(2022, 6, 30))


@cache
def _tracked(unsafe: bool):
    source = SourceFile(name="目标表.docx", content=FILES["目标表.docx"])
    return correct(source, audit, unsafe=unsafe, revision=BY)


@pytest.mark.parametrize("unsafe", [False, True])
def test_tracked_it_reads_as_if_corrected_outright(unsafe):
    plain, tracked = _corrected("目标表.docx", unsafe), _tracked(unsafe)
    assert tracked.done == plain.done
    assert _texts("目标表.docx", tracked.content) == _texts("目标表.docx", plain.content)
    assert texts_of(accepted(tracked.content)) == texts_of(root_of(plain.content))
    assert tracked.report.findings == plain.report.findings


@pytest.mark.parametrize("unsafe", [False, True])
def test_rejected_it_is_the_document_as_it_was(unsafe):
    content = FILES["目标表.docx"]
    assert looks_of(rejected(_tracked(unsafe).content)) == looks_of(root_of(content))


@pytest.mark.parametrize("unsafe", [False, True])
def test_tracking_twice_changes_nothing(unsafe):
    once = SourceFile(name="目标表.docx", content=_tracked(unsafe).content)
    again = correct(once, audit, unsafe=unsafe, revision=BY)
    assert again.done == ()
    assert again.content == once.content


def test_safe_tracked_corrections_keep_every_value():
    looks = Looks()
    before = looks.at(SourceFile(name="目标表.docx", content=FILES["目标表.docx"]))
    after = looks.at(SourceFile(name="目标表.docx", content=_tracked(False).content))
    assert before.forms == after.forms


def test_a_format_without_revisions_gives_proposals_only():
    source = SourceFile(name="目标表.xlsx", content=FILES["目标表.xlsx"])
    correction = correct(source, audit, unsafe=False, revision=BY)
    assert correction.content is None
    assert correction.done

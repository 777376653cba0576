"""Which corrections are made: meaning kept, conflicts ordered, suppressions obeyed."""

from datetime import date

import pytest

from jixiao.audit.finding import Certainty, Edit, Finding, Fix, Severity
from jixiao.audit.report import AuditReport, Suppressed
from jixiao.audit.waiver import Waiver
from jixiao.foundation.location import SourceRef
from jixiao.report.changes import ONLY_UNSAFE, barred_by, collect, keeps_meaning, units_of


def _edit(old, new, *, column=1, quote=None, also=()):
    at = SourceRef(quote=old if quote is None else quote, line=1, column=column, also=also)
    return Edit(at=at, old=old, new=new)


def _finding(*edits, code="FMT001", safe=True, certainty=Certainty.SURE):
    return Finding(
        code=code,
        name="名",
        severity=Severity.WARNING,
        certainty=certainty,
        message="话",
        path="indicators[0].target",
        quote=edits[0].old,
        source=edits[0].at,
        file="a.txt",
        form=0,
        project="甲",
        fix=Fix(safe=safe, title=f"改{code}", edits=edits),
    )


def _report(*findings, suppressed=()):
    waiver = Waiver(code="FMT001", reason="因", person="人", until=date(2030, 1, 1))
    return AuditReport(
        findings=findings,
        duties=(),
        profile="p",
        profiles=(),
        engine_version="0",
        as_of=date(2022, 12, 31),
        suppressed=tuple(Suppressed(finding=one, waiver=waiver) for one in suppressed),
    )


MEANING = [
    (">=95%", "≥95%", True),
    ("９５％", "95%", True),
    ("( 一 ) 数量", "（一）数量", True),
    ("12 个 月", "12个月", True),
    ("≧ >90%", "≥90%", False),
    ("95%", "≥95%", False),
    ("4.5万", "4.5万元", False),
    ("", "0", False),
    ("提升", "有提升", False),
    ("≥95%", "≤95%", False),
    ("10 人", "10 次", False),
]


@pytest.mark.parametrize(("old", "new", "same"), MEANING)
def test_a_safe_change_keeps_the_meaning(old, new, same):
    assert keeps_meaning(old, new) is same


LEFT_OUT = [
    (_finding(_edit("95%", "≥95%")), "含义与原来不同"),
    (_finding(_edit("95%", "95%")), "没有不同"),
    (_finding(_edit("(一)", "（一）", quote="(二)")), "已经不是这样"),
    (_finding(_edit("(一)", "（一）", quote="(一)和(一)")), "几段相同"),
    (_finding(_edit("(一)", "（一）", also=(SourceRef(quote="二"),))), "几个单元格接成"),
    (_finding(_edit("95%", "≥95%"), safe=False), ONLY_UNSAFE),
]


@pytest.mark.parametrize(("finding", "why"), LEFT_OUT)
def test_left_out_with_a_reason(finding, why):
    changes = collect(_report(finding), unsafe=False)
    assert changes.made == ()
    assert why in changes.left[0].reason


def test_unsafe_changes_are_made_when_asked_for():
    changes = collect(_report(_finding(_edit("95%", "≥95%"), safe=False)), unsafe=True)
    assert [(one.old, one.new, one.safe) for one in changes.made] == [("95%", "≥95%", False)]


def test_changes_of_one_cell_become_one_where_they_do_not_touch():
    report = _report(
        _finding(_edit("（１） >=5", "（1） >=5")),
        _finding(_edit("（１） >=5", "（１） ≥5"), code="FMT002"),
    )
    (change,) = collect(report, unsafe=False).made
    assert change.new == "（1） ≥5"
    assert change.codes == ("FMT001", "FMT002")
    assert change.titles == ("改FMT001", "改FMT002")


def test_the_same_change_by_two_rules_is_one():
    report = _report(_finding(_edit(">=5", "≥5")), _finding(_edit(">=5", "≥5"), code="FMT002"))
    changes = collect(report, unsafe=False)
    assert len(changes.made) == 1
    assert changes.left == ()


FIRST = [
    (  # a safe one goes before an unsafe one
        _finding(_edit("> =5", "≥5人"), code="AAA001", safe=False),
        _finding(_edit("> =5", "≥5"), code="FMT002"),
        "FMT002",
    ),
    (  # a sure one before a likely one
        _finding(_edit("5", "6"), code="AAA001", safe=False, certainty=Certainty.LIKELY),
        _finding(_edit("5", "7"), code="VAL002", safe=False),
        "VAL002",
    ),
]


@pytest.mark.parametrize(("one", "other", "winner"), FIRST)
def test_of_two_changes_that_conflict_one_waits(one, other, winner):
    changes = collect(_report(one, other), unsafe=True)
    assert [change.codes for change in changes.made] == [(winner,)]
    assert f"先做了 {winner}" in changes.left[0].reason


def test_edits_of_an_unsafe_correction_stand_or_fall_together():
    moved = _finding(_edit("人数（人）", "人数"), _edit("5", "5 人", column=2), safe=False)
    changes = collect(_report(moved), unsafe=True)
    assert len(changes.made) == 2
    assert [len(unit) for unit in units_of(changes.made)] == [2]

    gone = _finding(
        _edit("人数（人）", "人数"), _edit("5", "5 人", column=2, quote="6"), safe=False
    )
    changes = collect(_report(gone), unsafe=True)
    assert changes.made == ()
    assert len(changes.left) == 2


def test_edits_of_a_safe_correction_are_independent():
    finding = _finding(_edit(">=5", "≥5"), _edit("６", "6", column=2, quote="7"))
    changes = collect(_report(finding), unsafe=False)
    assert [change.new for change in changes.made] == ["≥5"]
    assert [item.change.old for item in changes.left] == ["６"]


def test_what_is_suppressed_is_not_corrected():
    finding = _finding(_edit(">=5", "≥5"))
    assert collect(_report(suppressed=[finding]), unsafe=True).made == ()
    barred = barred_by(_report(suppressed=[finding]))
    assert collect(_report(finding), unsafe=True, barred=barred).made == ()
    other = _finding(_edit(">=5", "≥5"), code="FMT002")
    assert len(collect(_report(other), unsafe=True, barred=barred).made) == 1

"""Suppressions: refused without an answerable person, visible while they work, told when stale."""

from datetime import date

import pytest

from jixiao.audit.engine import audit
from jixiao.audit.report import AuditReport
from jixiao.audit.waiver import Waiver, read_waivers, without_rows
from jixiao.foundation.errors import ConfigurationError
from tests.support.forms import a_form
from tests.support.rules import flags_rows

DAY = date(2024, 6, 1)
ROWS = [["output.quality", "合格率", "良好"], ["output.quality", "完好率", "良好"]]
GOOD = '[[suppress]]\ncode = "VAL001"\nreason = "理由"\nperson = "某人"\nuntil = 2024-12-31\n'


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["不是有效的 TOML"], "[[suppress"),
        (["不认识的内容“supress”"], "[[supress]]"),
        (
            ["缺少理由（reason）、责任人（person）、截止日期（until）、规则编号（code）"],
            "[[suppress]]",
        ),
        (["缺少理由（reason）"], GOOD.replace('"理由"', '"  "')),
        (["“until”应为日期"], GOOD.replace("2024-12-31", '"年底"')),
        (["“place”不认识"], GOOD + 'place = "x"'),
        (["应写作 [[suppress]]"], "suppress = 3"),
        (["第 1 条豁免：应写作"], "suppress = [3]"),
        (
            ["第 1 条豁免：缺少责任人", "第 2 条豁免：缺少理由", "第 3 条豁免：“until”"],
            GOOD.replace('person = "某人"', "")
            + GOOD.replace('reason = "理由"', "")
            + GOOD.replace("2024-12-31", "true"),
        ),
    ],
)
def test_a_faulty_file_is_refused_with_all_its_mistakes(pieces: list[str], text: str) -> None:
    with pytest.raises(ConfigurationError) as told:
        read_waivers(text, "waivers.toml")
    assert len(told.value.mistakes) == len(pieces)
    for piece, mistake in zip(pieces, told.value.mistakes, strict=True):
        assert piece in mistake


def test_a_good_file_is_read() -> None:
    (waiver,) = read_waivers(GOOD + 'project = "甲项目"\nfile = "*.docx"', "waivers.toml")
    assert waiver == Waiver(
        code="VAL001",
        reason="理由",
        person="某人",
        until=date(2024, 12, 31),
        project="甲项目",
        file="*.docx",
        origin="waivers.toml",
        number=1,
    )


def a_waiver(**more) -> Waiver:
    usual = {"code": "VAL001", "reason": "理由", "person": "某人", "until": date(2024, 12, 31)}
    return Waiver(**{**usual, "origin": "w.toml", "number": 1, **more})


def run(*waivers: Waiver, rows=ROWS) -> AuditReport:
    forms = [a_form(project="甲项目", file="a.docx", indicators=rows)]
    rules = (flags_rows("VAL001", "良好"), flags_rows("VAL002", "优秀"))
    return audit(forms, profile="cn_mof_2015", as_of=DAY, rules=rules, waivers=waivers)


@pytest.mark.parametrize(
    ("suppressed", "asked"),
    [
        (0, {"code": "VAL002"}),
        (0, {"project": "乙项目"}),
        (0, {"file": "b.docx"}),
        (0, {"path": "narrative.goal"}),
        (2, {}),
        (2, {"project": "甲 项目"}),
        (2, {"file": "*.docx"}),
        (2, {"path": "indicators[].target"}),
        (1, {"path": "indicators[1].target"}),
    ],
)
def test_a_waiver_suppresses_what_it_names(suppressed: int, asked) -> None:
    report = run(a_waiver(**asked))
    assert len(report.suppressed) == suppressed
    assert [f.code for f in report.findings].count("VAL001") == 2 - suppressed


def test_the_ledger_shows_a_suppressed_duty_with_reason_and_person() -> None:
    duty = run(a_waiver()).duties[0]
    assert (duty.outcome.value, duty.reason) == ("suppressed", "理由（某人，至 2024-12-31）")


def test_a_duty_with_something_left_is_still_a_finding() -> None:
    assert run(a_waiver(path="indicators[1].target")).duties[0].outcome.value == "finding"


@pytest.mark.parametrize(
    ("message", "rows", "asked"),
    [
        ("已经没有对应的问题", [["output.quality", "合格率", "≥95%"]], {}),
        ("已经没有对应的问题", ROWS, {"code": "VAL002"}),
        ("已于 2024-05-31 到期", ROWS, {"until": date(2024, 5, 31)}),
        (None, ROWS, {"until": DAY}),
        (None, ROWS, {"project": "另一个项目", "code": "VAL002"}),
    ],
)
def test_a_stale_waiver_is_told(message: str | None, rows, asked) -> None:
    told = [f.message for f in run(a_waiver(**asked), rows=rows).findings if f.code == "SYS002"]
    assert len(told) == (message is not None)
    if message is not None:
        assert message in told[0]


def test_an_expired_waiver_suppresses_nothing() -> None:
    report = run(a_waiver(until=date(2024, 5, 31)))
    assert [f.code for f in report.findings] == ["VAL001", "VAL001", "SYS002"]
    assert report.suppressed == ()


@pytest.mark.parametrize(
    ("bare", "path"),
    [
        ("indicators[].target", "indicators[3].target"),
        ("narrative.goal", "narrative.goal"),
        ("a[].b[].c", "a[10].b[2].c"),
        ("", ""),
    ],
)
def test_rows_are_left_out_of_a_path(bare: str, path: str) -> None:
    assert without_rows(path) == bare

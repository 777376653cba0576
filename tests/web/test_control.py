"""Control figures: written by the bureau, given out by a paper, held against what is filed."""

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from jixiao.lifecycle.journey import journey_of
from jixiao.lifecycle.machine import Refused
from jixiao.lifecycle.roles import AgencyKind
from jixiao.web.agencies.services import add_agency
from jixiao.web.config.backup import restore, take
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing
from jixiao.web.workflow import acting
from jixiao.web.workflow.chain import verify
from jixiao.web.workflow.control_reading import against_of, projects_of, table_of, years_of
from jixiao.web.workflow.control_sheet import in_unit, read_block, read_sheet, write_template
from jixiao.web.workflow.controlling import Entered, Entry, NotIssued, enter
from jixiao.web.workflow.filing import NotYours
from jixiao.web.workflow.models import (
    ControlFigure,
    ControlIssue,
    Event,
    Notice,
    RoundTotal,
    Window,
)
from jixiao.web.workflow.round_totals import recount_rounds
from tests.web.conftest import NOW, TODAY
from tests.web.controlling import HEADER, book
from tests.web.controlling import give_out as give_out  # noqa: PLC0414  a fixture
from tests.web.controlling import handed_in as handed_in  # noqa: PLC0414  a fixture
from tests.web.controlling import opened as opened  # noqa: PLC0414  a fixture
from tests.web.controlling import write as write  # noqa: PLC0414  a fixture
from tests.web.test_backup import empty_database
from tests.web.test_journey import step


def row_of(table, code):
    return next(one for one in table.rows if one.agency.code == code)


# --- refusals ---


@pytest.mark.parametrize(
    "by", ["taole", "zhenzhang", "zhuguan", "jixiao", "pingjia", "renda", "shenji", "xitong"]
)
def test_only_divisions_write_and_only_the_budget_division_gives_out(write, give_out, by):
    with pytest.raises(NotYours):
        write(by, at055001="100")
    with pytest.raises(NotYours):
        give_out(by=by)
    assert not ControlFigure.objects.exists()
    assert not Event.objects.filter(code__startswith="control.").exists()


def test_a_line_division_writes_for_its_own_places_and_gives_nothing_out(write, give_out):
    assert write("yewu", at055001="100") == Entered(count=1)
    with pytest.raises(NotYours):
        write("yewu", at055002="100", at021001="100")
    assert ControlFigure.objects.count() == 1  # all or none
    with pytest.raises(NotYours):
        give_out(by="yewu")


def test_nothing_new_no_number_or_a_number_twice_is_not_given_out(write, give_out):
    assert give_out() == NotIssued(("没有新填或改动的控制数，不用下达",))
    write(at055001="100")
    assert give_out("  ") == NotIssued(("请填写下达控制数的文号",))
    assert isinstance(give_out(), ControlIssue)
    write(at055001="120")
    again = give_out(" 平财预〔2022〕1号 ")
    assert isinstance(again, NotIssued)
    assert "已用来下达过" in again.reasons[0]
    assert isinstance(give_out("平财预〔2022〕2号"), ControlIssue)


def test_not_outside_of_the_days_of_the_pass(write, give_out, opened):
    window = opened("一下", days=-1)
    write(at055001="100")  # a draft is saved at any time
    refused = give_out()
    assert isinstance(refused, NotIssued)
    assert "截止" in refused.reasons[0]
    Window.objects.filter(pk=window.pk).update(closes_on=TODAY)
    assert isinstance(give_out(), ControlIssue)


def test_who_was_slower_writes_nothing(write, county, person):
    write(at055001="100", base="")
    stale = write("yewu", at055001="70", at055002="30", base="")
    assert [one.entry.agency.code for one in stale.changed] == ["055001"]
    assert (stale.changed[0].by_name, stale.changed[0].amount) == ("预算股经办人", 100)
    assert ControlFigure.objects.count() == 1
    mark = row_of(table_of(person("yewu"), 2022), "055001").base
    assert write("yewu", at055001="70", base=mark) == Entered(count=1)
    assert write(at055001="80", base=mark).changed


def test_the_same_twice_writes_once(write):
    assert write(at055001="100").count == 1
    assert write(at055001="100").count == 0
    assert Event.objects.filter(code="control.entered").count() == 1


# --- what is seen ---


def test_drafts_are_the_bureaus_own_business(write, give_out, person):
    write(at055001="100")
    for name in ("yusuan", "yewu", "jixiao"):
        assert row_of(table_of(person(name), 2022), "055001").draft.amount == 100, name
    for name in ("taole", "zhenzhang", "zhuguan", "renda", "shenji", "pingjia"):
        row = row_of(table_of(person(name), 2022), "055001")
        assert (row.draft, row.control, row.wanted) == (None, None, None), name
        assert years_of(person(name)) == []
    give_out()
    row = row_of(table_of(person("taole"), 2022), "055001")
    assert (row.control, row.draft) == (100, None)
    assert years_of(person("taole")) == [2022]


def test_nobody_sees_beyond_their_reach(write, give_out, person):
    write(at055="500", at055001="100", at021001="70")
    give_out()
    codes = lambda name: {one.agency.code for one in table_of(person(name), 2022).rows}  # noqa: E731
    assert codes("taole") == {"055001"}
    assert codes("zhuguan") == {"055", "055001", "055002"}
    assert codes("nongji") == {"021001"}
    assert codes("xitong") == set()  # administrators read no figures
    assert table_of(person("taole"), 2022, under="021001").rows == ()


def test_a_blank_takes_a_figure_away_and_0_does_not(write, give_out, person):
    write(at055001="100", at055002="0")
    give_out()
    taole = lambda: row_of(table_of(person("taole"), 2022), "055001")  # noqa: E731
    assert row_of(table_of(person("fuwu"), 2022), "055002").control == 0
    write(at055001=None)
    assert taole().control == 100  # until it is given out
    give_out("2号")
    assert taole().control is None
    assert not taole().against.is_over
    kept = ControlFigure.objects.filter(issue__isnull=False, agency__code="055001")
    assert sorted(kept.values_list("amount", "is_current"), key=str) == [
        (Decimal("100.00"), False), (None, True)
    ]  # fmt: skip


def test_a_draft_that_is_taken_back_leaves_what_counts(write, give_out, person):
    write(at055001="100")
    give_out()
    write(at055001="120")
    write(at055001="100")
    assert not ControlFigure.objects.filter(issue=None).exists()
    assert isinstance(give_out("2号"), NotIssued)


# --- the log and the notices ---


def test_every_step_is_in_the_log_and_who_is_concerned_is_told_once(
    write, give_out, person, county
):
    write(at055001="1234567.50", at055002="70")
    assert not Notice.objects.exists()
    give_out()
    entered = Event.objects.filter(code="control.entered", agency=county["055001"]).get()
    assert json.loads(entered.payload)["amount"] == "1234567.50"
    issued = Event.objects.filter(code="control.issued").order_by("pk")
    assert [one.agency.code for one in issued] == ["055001", "055002", "640221"]
    assert list(verify()) == []
    assert {one.user.username for one in Notice.objects.all()} == {
        "taole", "taole2", "zhenzhang", "fuwu", "zhuren", "zhuguan"
    }  # fmt: skip
    text = Notice.objects.get(user=person("taole").user).text
    assert text == "陶乐镇人民政府本级：2022 年度控制数 1,234,567.5 元已下达（平财预〔2022〕1号）"
    assert "涉及 2 项" in Notice.objects.get(user=person("zhuguan").user).text


def test_a_backup_brings_all_of_it_back(write, give_out, handed_in, tmp_path, settings):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        }
    }
    handed_in()
    write(at055001="100", at055002="0")
    give_out()
    write(at055001=None)
    kinds = (ControlIssue, ControlFigure, RoundTotal)
    before = [list(kind.objects.order_by("pk").values()) for kind in kinds]
    stream = BytesIO()
    take(stream)
    empty_database()
    restore(BytesIO(stream.getvalue()))
    assert [list(kind.objects.order_by("pk").values()) for kind in kinds] == before
    assert all(before)


# --- held against what is filed ---


def test_the_first_pass_stays_when_the_second_changes_it(
    handed_in, opened, person, write, give_out
):
    first = opened("一上")
    filing = handed_in()
    first.delete()
    write(at055001=str(filing.total - 1))
    give_out()
    opened("二上")
    row = row_of(table_of(person("yusuan"), 2022), "055001")
    assert (row.first, row.second, row.against.is_over) == (filing.total, None, False)
    step(person, filing, "taole", "cancel")
    Filing.objects.filter(pk=filing.pk).update(total=filing.total)
    step(person, filing, "taole", "submit")
    row = row_of(table_of(person("yusuan"), 2022), "055001")
    assert (row.first, row.second, row.against.left) == (filing.total, filing.total, -1)
    above = row_of(table_of(person("yusuan"), 2022), "055")
    assert (above.first, above.second, above.control) == (filing.total, filing.total, None)
    over = table_of(person("yusuan"), 2022, only_over=True)
    assert [one.agency.code for one in over.rows] == ["055001"]
    assert dict(RoundTotal.objects.values_list("round", "total")) == {
        "一上": filing.total, "二上": filing.total
    }  # fmt: skip


def test_a_county_may_bar_the_way_in_the_second_pass(
    handed_in, opened, person, write, give_out, monkeypatch, tmp_path, settings
):
    source = Path("src/jixiao/standards/data/journeys/cn_county.yml")
    text = source.read_text(encoding="utf-8").replace("exceeding: warn", "exceeding: refuse")
    (tmp_path / "strict.yml").write_text(text, encoding="utf-8")
    settings.JOURNEY = str(tmp_path / "strict.yml")
    strict = county_journey()
    filing = handed_in()
    write(at055001=str(filing.total - 1))
    give_out()
    step(person, filing, "taole", "cancel")
    submit = lambda: acting.act(  # noqa: E731
        actor=person("taole"), filing_id=filing.pk, action="submit", journey=strict, now=NOW
    )
    opened("二上")
    refused = submit()
    assert isinstance(refused, Refused)
    assert "超过控制数" in refused.reasons[0]
    assert "超出 1 元" in refused.reasons[0]
    write(at055001=str(filing.total))
    give_out("2号")
    assert isinstance(submit(), Filing)
    usual = journey_of()
    write(at055001="1")
    give_out("3号")
    step(person, filing, "taole", "cancel")
    told = acting.act(
        actor=person("taole"), filing_id=filing.pk, action="submit", journey=usual, now=NOW
    )
    assert isinstance(told, Filing)  # it is only told where the county says so


def test_a_project_and_a_department_have_figures_of_their_own(
    handed_in, person, write, give_out, county
):
    filing = handed_in()
    entry = Entry(
        agency=county["055001"], amount=filing.total - 5, project=str(filing.project_key),
        project_name=filing.project_name,
    )  # fmt: skip
    enter(actor=person("yusuan"), year=2022, entries=[entry], now=NOW)
    write(at055=str(filing.total - 7))
    give_out()
    told = {one.name: one.left for one in against_of(person("jixiao"), filing)}
    assert told == {"本项目": -5, county["055"].name: -7}
    # The unit is not told what its department was given.
    assert [one.name for one in against_of(person("taole"), filing)] == ["本项目"]
    (row,) = projects_of(person("yusuan"), 2022, county["055001"]).rows
    assert (row.control, row.first, row.project_name) == (
        filing.total - 5, filing.total, filing.project_name
    )  # fmt: skip


def test_passes_can_be_made_anew_from_what_was_handed_in(handed_in, a_filing):
    filing = handed_in()
    a_filing(13)  # a draft
    known = list(RoundTotal.objects.values_list("filing", "round", "total"))
    RoundTotal.objects.all().delete()
    recount_rounds()
    recount_rounds()
    assert list(RoundTotal.objects.values_list("filing", "round", "total")) == known
    assert known == [(filing.pk, "", filing.total)]


def test_the_table_asks_as_often_for_many_places_as_for_few(
    county, person, write, give_out, handed_in, django_assert_num_queries
):
    handed_in()
    write(at055001="100")
    give_out()
    who = person("yusuan")
    with django_assert_num_queries(4):
        table_of(who, 2022)
    for number in range(30):
        add_agency(
            code=f"0558{number:02}",
            name=f"第{number}所",
            kind=AgencyKind.UNIT,
            parent=county["055"],
        )
    with django_assert_num_queries(4):
        assert len(table_of(who, 2022).rows) > 30


# --- sheets ---


def test_rows_that_name_no_unit_or_no_figure_are_named(person):
    content = book(
        ["2022年控制数"], HEADER,
        ["999", "没有的单位", None, 1], ["055001", "别的名称", None, 1],
        ["055001", "陶乐镇人民政府本级", None, -1], ["055002", None, None, "无"],
        ["055002", None, None, 5], ["021", None, None, None],
    )  # fmt: skip
    read = read_sheet(person("yusuan"), "控制数.xlsx", content, unit="元")
    assert [one.number for one in read.refused] == [3, 4, 5, 6, 7]
    reasons = [one.reason for one in read.refused]
    assert "没有单位“999”" in reasons[0]
    assert "不符" in reasons[1]
    assert "负数" in reasons[2]
    assert "不是金额" in reasons[3]
    assert "第 6 行已经有了" in reasons[4]
    assert read.blank == 1


def test_units_of_others_are_not_there(person):
    read = read_sheet(person("yewu"), "a.xlsx", book(HEADER, ["021001", "", "", 5]), unit="元")
    assert [one.number for one in read.refused] == [2]
    assert read_sheet(person("yusuan"), "a.xlsx", book(["甲"], ["乙"]), unit="元").fault
    assert read_sheet(person("yusuan"), "a.xlsx", b"no workbook", unit="元").fault
    assert read_block(person("yusuan"), " \n", unit="元").fault


def test_the_unit_of_the_heading_goes_before_that_of_the_page(person):
    content = book(["单位名称", "控制数（万元）"], ["陶乐镇人民政府本级", 12.5])
    (entry,) = read_sheet(person("yusuan"), "a.xlsx", content, unit="元").entries
    assert (entry.agency.code, entry.amount) == ("055001", 125000)


def test_a_pasted_block_with_and_without_heading(person):
    text = "陶乐镇人民政府本级\t1,200\t含上年结转\n055002\t30.5"
    read = read_block(person("yusuan"), text, unit="万元")
    assert [(one.agency.code, one.amount, one.note) for one in read.entries] == [
        ("055001", Decimal("12000000.00"), "含上年结转"), ("055002", Decimal("305000.00"), "")
    ]  # fmt: skip
    headed = "单位编码\t控制数（元）\n055002\t7"
    (entry,) = read_block(person("yusuan"), headed, unit="万元").entries
    assert entry.amount == 7


def test_the_template_is_read_back_as_it_was(write, person):
    write(at055001="1234567.89")
    stream = BytesIO()
    write_template(person("yusuan"), 2022, stream)
    sheet = openpyxl.load_workbook(BytesIO(stream.getvalue())).active
    assert [cell.value for cell in sheet[1]] == HEADER
    read = read_sheet(person("yusuan"), "a.xlsx", stream.getvalue(), unit="万元")
    assert not read.refused
    assert [(one.agency.code, one.amount) for one in read.entries] == [
        ("055001", Decimal("1234567.89"))
    ]
    assert in_unit(Decimal("1234567.80"), Decimal(10000)) == "123.45678"
    assert in_unit(Decimal("0.00"), Decimal(1)) == "0"
    assert in_unit(None, Decimal(1)) == ""

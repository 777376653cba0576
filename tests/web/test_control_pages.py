"""Pages of control figures: typed like a sheet, read from one, given out, seen by who may."""

from decimal import Decimal
from io import BytesIO

import openpyxl

from jixiao.web.filings.models import Filing
from jixiao.web.workflow.models import ControlFigure, Window
from tests.web.controlling import HEADER, book
from tests.web.controlling import give_out as give_out  # noqa: PLC0414  a fixture
from tests.web.controlling import handed_in as handed_in  # noqa: PLC0414  a fixture
from tests.web.controlling import opened as opened  # noqa: PLC0414  a fixture
from tests.web.controlling import write as write  # noqa: PLC0414  a fixture
from tests.web.test_journey import step


def typed(page_of, **figures):
    """What the table of the page would send, with other figures for some places."""
    page = page_of.get("/control?year=2022").context
    sent = {"year": "2022", "unit": "元"}
    for line in page["lines"]:
        row = line["row"]
        code = f"at{row.agency.code}"
        sent[f"base.{row.key}"] = line["base"]
        sent[f"amount.{row.key}"] = figures.get(code, line["amount"])
        sent[f"note.{row.key}"] = line["note"]
    return sent


def test_what_is_typed_wrong_comes_back_with_everything_typed(signed_in):
    browser = signed_in("yusuan")
    answer = browser.post("/control", typed(browser, at055001="-5", at055002="70"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "控制数不能是负数" in page
    assert 'value="-5"' in page
    assert 'value="70"' in page
    assert not ControlFigure.objects.exists()


def test_typed_saved_given_out_and_seen_by_the_unit(signed_in, county):
    bureau, unit = signed_in("yusuan"), signed_in("taole")
    sent = typed(bureau, at055001="１２０万", at055002="0")
    assert bureau.post("/control", sent).status_code == 302
    assert dict(ControlFigure.objects.values_list("agency__code", "amount")) == {
        "055001": 1_200_000, "055002": 0
    }  # fmt: skip
    assert "1,200,000" not in unit.get("/control/progress?year=2022").content.decode()
    assert unit.get("/control/standing").content == b""
    paper = {"year": "2022", "number": "平财预〔2022〕1号", "issued_on": "2026-11-22"}
    assert bureau.post("/control/issue", paper | {"issued_on": "x"}).status_code == 409
    assert bureau.post("/control/issue", paper).status_code == 302
    assert bureau.post("/control/issue", paper).status_code == 409
    assert "1,200,000" in unit.get("/control/progress?year=2022").content.decode()
    assert "1,200,000" in unit.get("/control/standing").content.decode()
    assert "还没有填报金额" in unit.get("/control/standing").content.decode()
    neighbour = signed_in("nongji").get("/control/progress?year=2022").content.decode()
    assert "1,200,000" not in neighbour


def test_a_stale_page_writes_nothing_and_shows_both(signed_in):
    bureau, division = signed_in("yusuan"), signed_in("yewu")
    stale = typed(division, at055001="70")
    bureau.post("/control", typed(bureau, at055001="100", at055002="30"))
    answer = division.post("/control", stale)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "预算股经办人" in page
    assert "刚才改为" in page
    assert 'value="70"' in page
    assert page.count('class=" wrong"') == 1  # 055002 was not touched here
    assert ControlFigure.objects.get(agency__code="055001").amount == 100
    again = typed(division, at055001="70")
    assert division.post("/control", again).status_code == 302
    assert ControlFigure.objects.get(agency__code="055002").amount == 30


def test_a_sheet_is_taken_whole_or_not_at_all(signed_in):
    bureau = signed_in("yusuan")
    wrong = {"year": "2022", "pasted": "055001\t5\n没有的单位\t6"}
    answer = bureau.post("/control/sheet", wrong)
    assert answer.status_code == 409
    assert "没有单位“没有的单位”" in answer.content.decode()
    assert not ControlFigure.objects.exists()
    content = BytesIO(book(HEADER, ["055001", "", "", 5.5]))
    content.name = "控制数.xlsx"
    assert bureau.post("/control/sheet", {"year": "2022", "sheet": content}).status_code == 302
    assert ControlFigure.objects.get().amount == Decimal("5.50")
    assert bureau.post("/control/sheet", {"year": "2022"}).status_code == 409
    template = b"".join(bureau.get("/control/template.xlsx?year=2022").streaming_content)
    assert openpyxl.load_workbook(BytesIO(template)).active["D3"].value == 5.5


def test_only_what_exceeds_is_shown_and_leaves_as_a_file(
    handed_in, opened, signed_in, write, give_out
):
    opened("二上")
    filing = handed_in()
    write(at055001=str(filing.total - 1), at055002="9")
    give_out()
    bureau = signed_in("jixiao")
    rows = bureau.get("/control/progress?year=2022&over=1").context["rows"]
    assert [one.agency.code for one in rows] == ["055001"]
    file = b"".join(bureau.get("/control/progress.csv?year=2022&over=1").streaming_content)
    (_, line) = file.decode("utf-8-sig").splitlines()
    assert line.startswith("055001,陶乐镇人民政府本级,预算单位,,")
    assert ",1.00,," in line
    book_ = b"".join(bureau.get("/control/progress.xlsx?year=2022").streaming_content)
    assert openpyxl.load_workbook(BytesIO(book_)).active["B3"].value == "陶乐镇人民政府本级"
    assert bureau.get("/control/progress.pdf?year=2022").status_code == 404
    told = bureau.get(f"/control/standing?filing={filing.pk}").content.decode()
    assert "超出" in told
    assert bureau.get("/control/standing?filing=0").status_code == 404
    assert signed_in("nongji").get(f"/control/standing?filing={filing.pk}").status_code == 404


def test_in_the_second_pass_too_much_is_told_at_submission(
    handed_in, opened, signed_in, person, write, give_out
):
    filing = handed_in()
    write(at055001="1")
    give_out()
    Window.objects.filter(pk=opened("二上").pk).update(
        opens_on="2000-01-01", closes_on="2199-01-01"
    )
    step(person, filing, "taole", "cancel")
    unit = signed_in("taole")
    told = unit.get(f"/control/standing?filing={filing.pk}").content.decode()
    assert "超出" in told
    now = Filing.objects.get(pk=filing.pk)
    answer = unit.post(
        f"/filings/{filing.pk}/act", {"action": "submit", "lock_version": now.lock_version},
        follow=True,
    )  # fmt: skip
    assert "超过控制数 1 元" in answer.content.decode()
    assert Filing.objects.get(pk=filing.pk).state == "with_unit_head"

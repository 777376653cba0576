"""From a Word file to an approved target, as the people of a town and its county do it.

Upload → correct → submit → return → resubmit → approve → compare → export, in a real browser
against the real command; every step leaves a picture (JIXIAO_SHOTS).
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from jixiao.pipeline import read
from tests.story.running import jixiao
from tests.story_web.browser import cell, saved, shots, sign_in_here
from tests.story_web.desk import Desk
from tests.story_web.server import Server

pytestmark = pytest.mark.xdist_group("story")
SAMPLE = "src/jixiao/sample/taole-2022.txt"
PROJECT = "社区党组织建设工作经费"
TIME_NAME, TIME_TARGET = "indicators[6].name", "indicators[6].target"
QUALITY = "indicators[4].target"
WHY = "“规范”无法衡量，请写明合格率。"


@pytest.fixture(scope="module")
def annex(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's sixteen forms as the Word file a unit would have."""
    path = tmp_path_factory.mktemp("annex") / "陶乐镇2022年绩效目标表.docx"
    done = jixiao("convert", SAMPLE, "-o", path)
    assert done.status == 0, done.err
    return path


@pytest.fixture
def desk(server: Server, chromium: Browser) -> Desk:
    made = Desk(chromium, server.url, shots())
    yield made
    made.close()


def test_from_a_file_to_an_approved_target(desk: Desk, server: Server, annex: Path, tmp_path: Path):
    filing = hand_in(desk, annex)
    correct(desk)
    sign_and_return(desk)
    answer_and_send_on(desk)
    review(desk)
    approve(desk)
    compare(desk, filing)
    export(desk, filing, tmp_path)
    # Two steps were refused on purpose; nothing else may be said in the browser's console.
    refused = [one for one in desk.complaints if "409" in one]
    assert len(refused) == 2, refused
    assert [one for one in desk.complaints if one not in refused] == []
    number = filing.rsplit("/", 1)[1]
    state, revision, approved = server.rows(
        "SELECT state, number, approved_number FROM filings_filing WHERE id = ?", int(number)
    )[0]
    assert (state, revision, approved) == ("issued", 2, 2)
    server.log_is_whole()


def hand_in(desk: Desk, annex: Path) -> str:
    """The clerk uploads the file, looks at what was read, and makes drafts of it."""
    page = desk.page
    page.goto("/sign-in")
    desk.shot("登录页")
    sign_in_here(page, "fuwu")
    expect(page.locator("h1").first).to_contain_text("待我办理")
    desk.shot("经办人待办")
    page.get_by_role("link", name="文件导入").first.click()
    page.locator("#files").set_input_files(annex)
    desk.shot("选好文件")
    page.get_by_role("button", name="上传并读取").click()
    expect(page.get_by_text("读出 16 张表")).to_be_visible(timeout=60_000)
    desk.shot("读出的表", whole=True)
    _look_beside(desk)
    for box in page.locator('input[name="form"]').all():
        box.check()
    page.get_by_role("button", name="确认为草稿").click()
    expect(page.locator(".message.success")).to_contain_text("已建立 16 张草稿")
    desk.shot("已建草稿")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=PROJECT, exact=True))
    row.get_by_role("link", name="已建草稿").click()
    expect(page.locator("#project")).to_have_text(PROJECT)
    return page.url


def _look_beside(desk: Desk) -> None:
    """One form beside its source, a cell looked at."""
    page = desk.page
    page.get_by_role("link", name=PROJECT, exact=True).click()
    page.locator("a[data-cell]").filter(has_text="2020 年全年").first.click()
    expect(page.locator("#text")).to_have_value("2020 年全年")
    desk.shot("原件对照")
    page.locator("p.way").get_by_role("link").nth(1).click()
    expect(page.get_by_text("读出 16 张表")).to_be_visible()


def correct(desk: Desk) -> None:
    """In the editor: the cell that is wrong, a safe fix, a finding somebody answers for."""
    page = desk.page
    expect(page.locator('#found [data-code="YR001"]')).to_be_visible()
    desk.shot("草稿与校核", whole=True)
    desk.act("提交")
    expect(page.locator(".refused")).to_contain_text("项错误未处理")
    desk.shot("有错误不能提交")
    cell(page, TIME_NAME).click()
    expect(page.locator(".tip")).to_contain_text("2020")
    desk.shot("错误提示在单元格旁")
    cell(page, TIME_NAME).fill("党建活动完成时间")
    cell(page, TIME_TARGET).fill("2022年12月15日前")
    expect(page.locator('#found [data-code="YR001"]')).to_have_count(0)
    saved(page)
    fix = page.locator('#found [data-code="FMT001"] button.fix.safe')
    fix.click()
    expect(page.locator('#found [data-code="FMT001"]')).to_have_count(0)
    saved(page)
    desk.shot("采纳了安全的改正")
    _answer_for(desk, "COS003", "培训按人次结算，单价为每次场地费，合计以合同为准。")


def _answer_for(desk: Desk, code: str, reason: str) -> None:
    page = desk.page
    page.locator(f'#found [data-code="{code}"]').get_by_role(
        "button", name="说明理由后保留"
    ).click()
    page.locator("dialog.ask textarea").fill(reason)
    desk.shot("说明理由后保留")
    page.locator("dialog.ask").get_by_role("button", name="保存理由").click()
    expect(page.locator(".accepted")).to_contain_text(reason)
    expect(page.locator(f'#found [data-code="{code}"]')).to_have_count(0)


def sign_and_return(desk: Desk) -> None:
    """Submitted; the head of the unit signs; the department sends it back at a cell."""
    desk.act("提交")
    desk.stands("单位审签")
    desk.shot("已提交")
    leave(desk)
    with desk.somebody("zhuren"):
        desk.open_from_inbox(PROJECT)
        desk.shot("单位负责人审签")
        desk.act("审签同意")
        desk.stands("主管部门审核")
    with desk.somebody("zhuguan") as page:
        desk.open_from_inbox(PROJECT)
        give_reason(page, QUALITY, WHY)
        desk.shot("主管部门写退回理由")
        desk.act("退回修改", "质量指标请量化后重新报送。")
        desk.stands("草稿")


def give_reason(page: Page, path: str, words: str) -> None:
    """A click on the cell, and the reason in the panel there; it goes with the return."""
    page.locator(f'#target [data-path="{path}"]').click()
    page.locator(".cell-panel textarea").fill(words)
    expect(page.locator(f'#reasons li[data-path="{path}"] input')).to_have_value(words)


def answer_and_send_on(desk: Desk) -> None:
    """The clerk sees why, mends that cell, and it goes up again as version 2."""
    with desk.somebody("fuwu") as page:
        desk.open_from_inbox(PROJECT)
        expect(page.locator("main")).to_contain_text("质量指标请量化后重新报送。")
        expect(page.locator(".sent-back")).to_contain_text(WHY)
        desk.shot("退回后的草稿")
        cell(page, "indicators[4].name").fill("党建活动开展合格率")
        cell(page, QUALITY).fill("≥95%")
        saved(page)
        desk.act("提交")
        desk.stands("单位审签")
    for name, label, after in (
        ("zhuren", "审签同意", "主管部门审核"),
        ("zhuguan", "审核通过", "财政业务股室审核"),
        ("yewu", "审核通过", "绩效股室审核"),
    ):
        with desk.somebody(name):
            desk.open_from_inbox(PROJECT)
            desk.act(label)
            desk.stands(after)


def review(desk: Desk) -> None:
    """The performance division fills in the review sheet; the grade is decided by a person."""
    with desk.somebody("jixiao") as page:
        desk.open_from_inbox(PROJECT)
        desk.act("审核通过")
        expect(page.locator(".refused")).to_contain_text("请先评定审核等级")
        for item in page.locator("#review .item").all():
            item.locator('input[value="良"]').check()
        expect(page.locator("#suggestion .grade")).to_have_text("良")
        page.locator('input[name="grade"][value="良"]').check()
        desk.shot("绩效股室审核表", whole=True)
        desk.act("审核通过")
        desk.stands("待批复")


def approve(desk: Desk) -> None:
    """The budget division approves, and issues with the budget."""
    with desk.somebody("yusuan"):
        desk.open_from_inbox(PROJECT)
        desk.act("批复")
        desk.stands("已批复")
        desk.shot("已批复")
        desk.act("下达")
        desk.stands("已下达")
        desk.shot("已下达", whole=True)


def compare(desk: Desk, filing: str) -> None:
    """What changed from version 1 to version 2, cell by cell, and nothing else."""
    with desk.somebody("zhuguan") as page:
        page.goto(filing)
        page.get_by_role("link", name="版本对照").click()
        rows = page.locator("table.compare tbody tr")
        expect(rows).to_have_count(2)
        expect(rows.locator("ins")).to_have_text(["党建活动开展合格率", "≥95%"])
        expect(rows.locator("del")).to_have_text(["规范开展党建活动", "规范"])
        desk.shot("版本对照")


def export(desk: Desk, filing: str, folder: Path) -> None:
    """The approved form as Word and PDF, read back with the same reader."""
    with desk.somebody("fuwu") as page:
        page.goto(filing)
        for to in ("docx", "pdf"):
            with page.expect_download() as coming:
                page.locator(f'.filing-head a[href$="/official.{to}"]').click()
            path = folder / f"批复.{to}"
            coming.value.save_as(path)
            (form,) = read(str(path)).forms
            assert form.header.project_name.value == PROJECT
            assert form.indicators[4].target.raw == "≥95%"
            assert form.indicators[6].name.raw == "党建活动完成时间"


def leave(desk: Desk) -> None:
    desk.page.get_by_role("button", name="退出", exact=True).click()
    desk.page.wait_for_url("**/sign-in*")

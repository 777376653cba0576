"""What goes wrong while somebody types: a clear word, and every keystroke is there afterwards.

A real browser against the real command. What counts is what stands in the database in the end.
"""

import json
import os
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.story_web.browser import cell, opened, saved, sign_in, sign_in_here
from tests.story_web.server import Server, until

pytestmark = pytest.mark.xdist_group("lost")
GOAL = "narrative.goal"
FIRST, SECOND = "indicators[0].target", "indicators[1].target"


@pytest.fixture
def window(chromium: Browser, server: Server) -> Iterator[BrowserContext]:
    made = opened(chromium, server.url)
    yield made
    made.close()


@pytest.fixture(scope="module")
def pile(server: Server) -> Iterator[int]:
    return iter(drafts(server))


@pytest.fixture
def draft(window: BrowserContext, pile: Iterator[int]) -> Page:
    """A draft of the sample town, open in the editor; each test has one of its own."""
    page = window.new_page()
    sign_in(page, "taole")
    page.goto(f"/filings/{next(pile)}")
    page.locator("#toolbar").wait_for()
    return page


def drafts(server: Server) -> list[int]:
    """The drafts of the sample clerk."""
    found = server.rows(
        "SELECT f.id FROM filings_filing f JOIN agencies_agency a ON a.id = f.agency_id "
        "WHERE a.code = '055001' AND f.state = 'draft' ORDER BY f.id"
    )
    return [one[0] for one in found]


def text_of(server: Server, page: Page) -> str:
    """The newest revision of the page's filing, as it stands in the database."""
    pk = int(page.url.rstrip("/").rsplit("/", 1)[1].split("?")[0])
    return server.value(
        "SELECT form FROM filings_revision WHERE filing_id = ? ORDER BY number DESC LIMIT 1", pk
    )


def test_a_web_worker_is_killed_in_mid_save(draft: Page, server: Server):
    cell(draft, FIRST).fill("第一次保存 11 次")
    saved(draft)
    workers = server.web_workers()
    assert workers
    for pid in workers:  # nobody answers any more, but the request is taken
        os.kill(pid, signal.SIGSTOP)
    with draft.expect_request(lambda one: one.url.endswith("/edit")):
        cell(draft, FIRST).fill("断电之前 12 次")
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    cell(draft, SECOND).fill("断电之后 13 次")
    until(lambda: set(server.web_workers()) - set(workers), "new workers")
    again(draft)
    saved(draft)
    assert {"断电之前 12 次", "断电之后 13 次"} <= words_in(text_of(server, draft))
    server.log_is_whole()


def test_the_server_is_killed_and_comes_back(draft: Page, server: Server):
    server.kill()
    cell(draft, GOAL).fill("服务器停着的时候写的目标")
    expect(draft.locator("#save-state")).to_have_attribute("data-state", "offline")
    expect(draft.locator("#save-state")).to_contain_text("已存在这台电脑上")
    cell(draft, FIRST).fill("停机时又写 21 次")
    server.start()
    again(draft)
    saved(draft)
    text = text_of(server, draft)
    assert "服务器停着的时候写的目标" in text
    assert "停机时又写 21 次" in words_in(text)
    server.log_is_whole()


def test_the_tab_is_closed_while_the_server_is_down(
    draft: Page, server: Server, window: BrowserContext
):
    server.kill()
    cell(draft, GOAL).fill("关掉窗口以后也还在的目标")
    expect(draft.locator("#save-state")).to_have_attribute("data-state", "offline")
    address = draft.url
    draft.close()
    server.start()
    page = window.new_page()
    page.goto(address)
    expect(page.locator("#notices")).to_contain_text("找回了上次没有保存的 1 处修改")
    saved(page)
    assert "关掉窗口以后也还在的目标" in text_of(server, page)


def test_the_session_ends_while_typing(draft: Page, server: Server, window: BrowserContext):
    window.clear_cookies()
    cell(draft, GOAL).fill("登录过期以后写的目标")
    expect(draft.locator("#notices")).to_contain_text("登录已过期")
    draft.get_by_role("button", name="重新登录").click()
    draft.wait_for_url("**/sign-in?*")
    sign_in_here(draft, "taole")
    expect(draft.locator("#notices")).to_contain_text("找回了上次没有保存的 1 处修改")
    saved(draft)
    assert "登录过期以后写的目标" in text_of(server, draft)


def test_somebody_signs_in_elsewhere_while_this_one_types(
    draft: Page, server: Server, chromium: Browser
):
    other = opened(chromium, server.url)
    sign_in(other.new_page(), "taole")
    cell(draft, GOAL).fill("别处登录以后写的目标")
    expect(draft.locator("#notices")).to_contain_text("登录已过期")
    draft.get_by_role("button", name="重新登录").click()
    sign_in_here(draft, "taole")
    saved(draft)
    until(lambda: "别处登录以后写的目标" in text_of(server, draft), "the text is kept")
    other.close()


def test_a_stale_tab_merges_what_nobody_else_touched(
    draft: Page, server: Server, window: BrowserContext
):
    second = window.new_page()
    second.goto(draft.url)
    cell(second, SECOND).fill("第二个窗口 31 次")
    saved(second)
    cell(draft, FIRST).fill("第一个窗口 32 次")
    expect(draft.locator("#notices")).to_contain_text("您在另一个窗口")
    saved(draft)
    assert {"第二个窗口 31 次", "第一个窗口 32 次"} <= words_in(text_of(server, draft))


def test_two_people_in_one_cell_are_asked(draft: Page, server: Server, chromium: Browser):
    other = opened(chromium, server.url)
    theirs = other.new_page()
    sign_in(theirs, "taole2")
    theirs.goto(draft.url)
    cell(theirs, FIRST).fill("同事写的 41 次")
    saved(theirs)
    cell(draft, FIRST).fill("我写的 42 次")
    dialog = draft.locator("dialog.ask")
    expect(dialog).to_contain_text("陶乐镇第二经办人")
    expect(dialog).to_contain_text("同事写的 41 次")
    dialog.get_by_role("button", name="按选择合并").click()
    saved(draft)
    assert "我写的 42 次" in words_in(text_of(server, draft))
    other.close()


def test_the_disk_of_the_server_is_full_for_a_while(draft: Page, server: Server):
    said = {
        "code": "unavailable",
        "message": "服务器磁盘已满，请通知系统管理员清理。",
        "details": {},
    }
    draft.route("**/edit", lambda route: route.fulfill(status=503, json=said))
    cell(draft, GOAL).fill("磁盘满着的时候写的目标")
    expect(draft.locator("#save-state")).to_have_attribute("data-state", "offline")
    assert "磁盘满着的时候写的目标" in draft.evaluate("Object.values(localStorage).join()")
    draft.unroute("**/edit")
    again(draft)
    saved(draft)
    assert "磁盘满着的时候写的目标" in text_of(server, draft)


def test_a_button_pressed_twice_takes_one_step(draft: Page, server: Server):
    pk = int(draft.url.rsplit("/", 1)[1])
    draft.locator(".withdraw summary").click()
    draft.get_by_label("撤销的原因").fill("连按了两下。")
    draft.get_by_role("button", name="撤销申报").dblclick()
    expect(draft.locator(".state").first).to_have_text("已撤销")
    events = "SELECT count(*) FROM workflow_event WHERE filing_id = ? AND code = ?"
    assert server.value(events, pk, "filing.withdrawn") == 1
    assert server.value("SELECT count(*) FROM workflow_opinion WHERE filing_id = ?", pk) == 1
    server.log_is_whole()


def test_a_form_that_was_handed_in_meanwhile_is_closed(
    draft: Page, server: Server, window: BrowserContext
):
    pk = int(draft.url.rsplit("/", 1)[1])
    second = window.new_page()
    second.goto(draft.url)
    second.locator(".withdraw summary").click()
    second.get_by_label("撤销的原因").fill("这个项目今年不办了。")
    second.get_by_role("button", name="撤销申报").click()
    expect(second.locator(".state").first).to_have_text("已撤销")
    before = server.value("SELECT form FROM filings_revision WHERE filing_id = ?", pk)
    cell(draft, GOAL).fill("撤销以后写的目标")
    expect(draft.locator("#save-state")).to_contain_text("不能再修改")
    assert server.value("SELECT form FROM filings_revision WHERE filing_id = ?", pk) == before
    assert "撤销以后写的目标" in draft.evaluate("Object.values(localStorage).join()")


def again(page: Page) -> None:
    """What the browser tells the page when the line is back: no wait for the next attempt."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


def words_in(text: str) -> set[str]:
    """Every text of the record as it was written."""
    found: set[str] = set()

    def walk(one: object) -> None:
        if isinstance(one, dict):
            for value in one.values():
                walk(value)
        elif isinstance(one, list):
            for value in one:
                walk(value)
        elif isinstance(one, str):
            found.add(one)

    walk(json.loads(text))
    return found

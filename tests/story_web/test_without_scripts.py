"""A browser without scripts: everything can be read, and the plain form saves too."""

import pytest
from playwright.sync_api import Browser, expect

from tests.story_web.browser import cell, opened, sign_in
from tests.story_web.server import Server
from tests.story_web.test_nothing_is_lost import text_of

pytestmark = pytest.mark.xdist_group("lost")


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["desk", "phone"])
def test_reading_signing_in_and_saving(chromium: Browser, server: Server, size: tuple[int, int]):
    screen = {"width": size[0], "height": size[1]}
    window = opened(chromium, server.url, java_script_enabled=False, viewport=screen)
    page = window.new_page()
    sign_in(page, "taole")
    expect(page.locator("h1")).to_contain_text("待我办理")
    page.goto("/filings")
    expect(page.locator("table.list tbody tr")).to_have_count(16)
    page.goto("/filings?state=draft")
    page.locator("table.list tbody a").first.click()
    expect(page.locator("#paper table")).to_be_visible()
    expect(page.locator("#found li").first).to_be_visible()
    cell(page, "narrative.goal").fill(f"不用脚本写的目标 {size[0]}")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url("**?saved=1")
    assert f"不用脚本写的目标 {size[0]}" in text_of(server, page)
    for path in ("/documents", "/filings/new", "/jobs", "/account"):
        page.goto(path)
        expect(page.locator("h1").first).to_be_visible()
    window.close()

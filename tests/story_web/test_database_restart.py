"""PostgreSQL is restarted while somebody saves: a page that says so, and nothing is lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.story_web.browser import cell, opened, saved, sign_in
from tests.story_web.cluster import Cluster
from tests.story_web.server import Server
from tests.story_web.test_nothing_is_lost import again, drafts, text_of

pytestmark = pytest.mark.xdist_group("lost")


def test_the_database_restarts_in_mid_save(chromium: Browser, cluster: Cluster, tmp_path: Path):
    server = Server(tmp_path / "data", cluster.url)
    server.start()
    try:
        window = opened(chromium, server.url)
        page, other = window.new_page(), window.new_page()
        sign_in(page, "taole")
        page.goto(f"/filings/{drafts(server)[0]}")
        page.locator("#toolbar").wait_for()
        cluster.stop()
        cell(page, "narrative.goal").fill("数据库停着的时候写的目标")
        expect(page.locator("#save-state")).to_have_attribute("data-state", "offline")
        answer = other.goto("/filings")
        assert answer is not None
        assert answer.status == 503
        expect(other.locator("main")).to_contain_text("数据库暂时连不上")
        cluster.start()
        again(page)
        saved(page)
        assert "数据库停着的时候写的目标" in text_of(server, page)
        other.reload()
        expect(other.locator("h1")).to_contain_text("申报列表")
        server.log_is_whole()
        window.close()
    finally:
        server.stop()

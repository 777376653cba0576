"""PostgreSQL is restarted while somebody saves: a page that says so, and nothing is lost."""

from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, expect

from tests.story_web.browser import cell, opened, saved, sign_in
from tests.story_web.cluster import Cluster
from tests.story_web.person import Person
from tests.story_web.server import Server
from tests.story_web.test_nothing_is_lost import again, drafts, text_of

pytestmark = pytest.mark.xdist_group("restart")


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


def test_a_row_that_somebody_holds_is_waited_for_not_for_ever(cluster: Cluster, tmp_path: Path):
    server = Server(tmp_path / "data", f"{cluster.url}&lock_timeout=2")
    server.start()
    try:
        clerk, pk = Person(server.url, "taole"), drafts(server)[0]
        lock = server.value("SELECT lock_version FROM filings_filing WHERE id = ?", pk)
        step = {"lock_version": lock, "action": "withdraw", "opinion": "今年不办了，改到明年。"}
        with psycopg.connect(cluster.url) as other:
            other.execute("SELECT * FROM filings_filing WHERE id = %s FOR UPDATE", [pk])
            told = clerk.post(f"/filings/{pk}/act", **step)
            assert (told.status, "数据库正忙" in told.text) == (503, True)
            assert "今年不办了，改到明年。" in told.text
            assert clerk.get(f"/filings/{pk}").status == 200
        assert clerk.post(f"/filings/{pk}/act", **step).status == 302
    finally:
        server.stop()


def test_a_database_that_is_not_there_is_said_at_the_start(tmp_path: Path):
    server = Server(tmp_path / "data", "postgresql://nobody@127.0.0.1:1/nothing")
    server.begin()
    process = server.process
    assert process is not None
    assert process.wait(timeout=120) == 2
    assert "数据库暂时连不上" in server.log()
    assert "Traceback" not in server.log()

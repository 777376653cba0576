"""Chromium as an official has it: Chinese, in Shanghai, on a small screen."""

import os
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.chromium import PATIENCE

SCREEN = {"width": 1366, "height": 768}


def opened(browser: Browser, url: str, **more: Any) -> BrowserContext:
    """A window of somebody's own."""
    made = browser.new_context(
        base_url=url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        **({"viewport": SCREEN, "accept_downloads": True} | more),
    )
    made.set_default_timeout(PATIENCE)
    return made


def shots() -> Path:
    """Where pictures are kept: the folder JIXIAO_SHOTS names, else one that is thrown away."""
    named = os.environ.get("JIXIAO_SHOTS")
    folder = Path(named) if named else Path(tempfile.mkdtemp(prefix="jixiao-shots-"))
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        folder = folder / "postgresql"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def sign_in(page: Page, name: str) -> None:
    """By a click on the sample account, as somebody does who sees the system first."""
    page.goto("/sign-in")
    sign_in_here(page, name)


def sign_in_here(page: Page, name: str) -> None:
    """The same on the sign-in page one stands on."""
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.locator("#id_username")).to_have_value(name)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="退出", exact=True).click()
    page.wait_for_url("**/sign-in*")


def cell(page: Page, path: str) -> Any:
    """The field of the table at a path of the record."""
    return page.locator(f'#paper [name="{path}"]').first


def saved(page: Page) -> None:
    """Wait until the editor says that everything is kept."""
    page.locator('#save-state[data-state="saved"]').wait_for()

"""The one Chromium of a test process: a second playwright in the same process cannot start."""

import os
import shutil
import subprocess

import pytest
from playwright.sync_api import Browser, Playwright, expect

#: How long a page may take on a build server that does much else (ms).
PATIENCE = 60_000

_ARGUMENTS = (
    "--lang=zh-CN",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def missing(what: str, why: str) -> None:
    """On a build server a browser or database that is not there is a failure, elsewhere a skip."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}: {why}")
    pytest.skip(f"{what}: {why}")


def launch(playwright: Playwright) -> Browser:
    """The machine's Chromium; none is ever fetched."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing("browser", "apt-get install chromium")
    if b"cjk" not in _fonts().lower():
        missing("Chinese fonts", "apt-get install fonts-noto-cjk")
    expect.set_options(timeout=PATIENCE)
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return playwright.chromium.launch(executable_path=path, args=[*_ARGUMENTS, *as_root])


def _fonts() -> bytes:
    program = shutil.which("fc-list")
    if program is None:
        return b""
    return subprocess.run([program, ":lang=zh"], capture_output=True, check=False).stdout

"""A real server in a process of its own, and a real browser in front of it.

Skips, visibly, where there is no Chromium or no playwright; in CI a skip is a failure.
"""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.support.chromium import PATIENCE
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Jixiao-2022"


class Served:
    """The system on a folder of its own; it can be killed and started again."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "jixiao.web.config.settings.embedded",
            "JIXIAO_DATA": str(data),
            "JIXIAO_DEMO": "1",
            "DATABASE_URL": "",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def manage(self, *command: str) -> None:
        made = [sys.executable, "manage.py", *command]
        subprocess.run(made, cwd=ROOT, env=self.environment, check=True, capture_output=True)

    def start(self) -> None:
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(900):
            if self._answers():
                return
            assert self.process.poll() is None, "the server ended while it was starting"
            time.sleep(0.1)
        raise TimeoutError(self.url)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory):
    system = Served(tmp_path_factory.mktemp("served"))
    system.manage("migrate", "--no-input")
    system.manage("jixiao_demo")
    system.start()
    yield system
    system.kill()


@pytest.fixture
def visit(chromium, served):
    """Sign somebody in, in a window of their own; what goes wrong on a page fails the test."""
    contexts, wrong = [], []

    def sign_in(name: str, path: str = "/", **more):
        size = {"viewport": {"width": 1366, "height": 768}, **more}
        context = chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", **size)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda said: (
                wrong.append(said.text) if "Content Security Policy" in said.text else None
            ),
        )
        page.goto(f"{served.url}/sign-in")
        page.fill("#id_username", name)
        page.fill("#id_password", PASSWORD)
        page.click("main form button.primary")
        page.wait_for_url(f"{served.url}/")
        if path != "/":
            page.goto(f"{served.url}{path}")
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def draft(visit, request):
    """A page with a new draft of its own, in which somebody is signed in."""

    def begin(name="taole", **more):
        page = visit(name, "/filings/new", **more)
        page.fill("#name", f"{request.node.name[:40]}项目")
        page.fill("#year", "2027")
        page.select_option("#layout", "nx_pingluo/project_target_2022")
        page.click("main form button.primary")
        page.wait_for_selector("#toolbar:not([hidden])")
        return page

    return begin

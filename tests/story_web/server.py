"""The web system as its own process on loopback: started, killed, started again.

Whatever is proved here is proved of `jixiao serve`, the same command people use, and never of
Django inside the tests' own process.
"""

import contextlib
import os
import signal
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.story.running import COMMAND
from tests.support.ports import free_port

#: Long, for machines on which much else runs: whoever waits for a condition waits no longer.
_PATIENCE = 180


def until(ready: Any, what: str, patience: float = _PATIENCE) -> Any:
    """The first true answer of `ready`; a process outside is asked again and again."""
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        found = ready()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what}: not within {patience} s")


class Server:
    """`jixiao serve` with data of its own; `database` is empty for SQLite."""

    def __init__(
        self, data: Path, database: str = "", *, demo: bool = True, **settings: str
    ) -> None:
        self.demo = demo
        self.data = data
        self.database = database
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = settings
        self.process: subprocess.Popen[bytes] | None = None
        data.mkdir(parents=True, exist_ok=True)

    @property
    def environment(self) -> dict[str, str]:
        own = {"JIXIAO_DATA": str(self.data), "PYTHONUTF8": "1"}
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
        }
        if self.database:
            own["DATABASE_URL"] = self.database
        return {**kept, **own, **self.settings}

    def start(self) -> None:
        self.begin()
        until(self._is_up, "the server answers")

    def begin(self) -> None:
        """Started, and not waited for."""
        with (self.data / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [COMMAND, "serve", "--port", str(self.port), *(["--demo"] if self.demo else [])],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _is_up(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log()
        return self.answers("/readyz") == 200

    def answers(self, path: str) -> int:
        """The status of a page, 0 where nobody listens."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def log(self) -> str:
        return (self.data / "serve.log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """As Ctrl+C or an operator would."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process = None

    def kill(self) -> None:
        """As a power cut would: every process of the tree, nothing said."""
        while everyone := self.everyone():
            for pid in everyone:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            if self.process is not None:
                self.process.wait()
        self.process = None

    def everyone(self) -> dict[int, str]:
        """Every process that lives on this data (Linux), by its command line, whoever's child."""
        mark = f"JIXIAO_DATA={self.data}".encode()
        found: dict[int, str] = {}
        for place in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if mark in (place / "environ").read_bytes().split(b"\0"):
                    found[int(place.name)] = _command(int(place.name))
        return found

    def children(self, *, of: int | None = None) -> dict[int, str]:
        """Processes under the server (Linux), by their command line."""
        top = self.process.pid if of is None and self.process is not None else of
        assert top is not None
        found: dict[int, str] = {}
        for pid in _children(top):
            found[pid] = _command(pid)
            found.update(self.children(of=pid))
        return found

    def web_workers(self) -> list[int]:
        """The processes that answer requests."""
        return [pid for pid, line in self.children().items() if "jixiao serve" in line]

    def background_workers(self) -> list[int]:
        """The processes that do what takes long; the one that watches over them is not killed."""
        return [pid for pid, line in self.children().items() if "jixiao_queue" in line]

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database says, asked from outside; `?` stands for a value."""
        if not self.database.startswith("postgres"):
            name = urlsplit(self.database).path.removeprefix("/") or self.data / "jixiao.sqlite3"
            address = f"file:{name}?mode=ro"
            with contextlib.closing(sqlite3.connect(address, uri=True, timeout=20)) as one:
                return one.execute(sql, values).fetchall()
        import psycopg

        address = self.database.partition("&lock_timeout=")[0]  # which is a word of ours
        with psycopg.connect(address) as found:
            return found.execute(sql.replace("?", "%s"), values).fetchall()

    def value(self, sql: str, *values: object) -> Any:
        return self.rows(sql, *values)[0][0]

    def jixiao(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Another command on the same data."""
        return subprocess.run(
            [COMMAND, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
        )

    def log_is_whole(self) -> None:
        """The chain of events holds."""
        done = self.jixiao("verify-log")
        assert done.returncode == 0, done.stdout + done.stderr


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with contextlib.suppress(OSError):
            yield from map(int, (task / "children").read_text().split())


def _command(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def database_name(url: str) -> str:
    return unquote(urlsplit(url).path.removeprefix("/"))

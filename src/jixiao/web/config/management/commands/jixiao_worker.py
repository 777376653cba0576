"""The background worker of one machine: begins what was broken off, and never stays dead.

The queue's own processes are replaced when they die; this one is above them and starts the whole
queue again, so that a killed worker costs seconds. It ends with the process that started it. Once
a day it clears out the machine's shelf (`web.shelf`), and SQLite takes stock of its tables.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from threading import Event
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, connections

from jixiao.web.filings.statistics import look_at_tables
from jixiao.web.shelf import clear_out
from jixiao.web.workflow.jobs import keep_watch, release
from jixiao.web.workflow.reminders import keep_reminding

_LOOK_SECONDS, _AGAIN_SECONDS = 0.2, 2.0
_GRACE_SECONDS = 10
_DAY_SECONDS = 24 * 3600


class Command(BaseCommand):
    help = "运行后台任务；中断的任务接着做，后台程序意外结束时自动重新启动"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--one-of-many", action="store_true", help="另有其他后台程序同时运行（多台机器）"
        )
        parser.add_argument("--parent", type=int, help="这个进程结束时随之结束")

    def handle(self, *_args: Any, **options: Any) -> None:
        stopping = Event()

        def stop(_number: int, _frame: FrameType | None) -> None:
            stopping.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        parent = options["parent"] or os.getppid()
        while not stopping.is_set() and os.getppid() == parent:
            if not _is_ready(alone=not options["one_of_many"]):
                stopping.wait(_AGAIN_SECONDS)
                continue
            queue, cleared = _begin(), 0.0
            while not stopping.wait(_LOOK_SECONDS) and os.getppid() == parent:
                if time.time() - cleared > _DAY_SECONDS:
                    cleared = time.time()
                    clear_out(cleared)
                    _take_stock()
                if queue.poll() is not None:
                    break
            _end(queue)


def _is_ready(*, alone: bool) -> bool:
    """Whether the database could be asked to call what waits; it may be away for a while."""
    try:
        keep_watch()
        keep_reminding()
        if alone:
            release()
    except (OperationalError, InterfaceError):
        return False
    finally:
        connections.close_all()
    return True


def _take_stock() -> None:
    """Figures for the planner of the database; without them until tomorrow where it is busy."""
    try:
        look_at_tables()
    except (OperationalError, InterfaceError):
        return
    finally:
        connections.close_all()


def _begin() -> "subprocess.Popen[bytes]":
    """The queue, in a process group of its own: a terminal's Ctrl+C reaches us only."""
    command = [sys.executable, "-m", "django", "jixiao_queue", "--parent", str(os.getpid())]
    return subprocess.Popen(  # noqa: S603  our own command
        command, stdout=subprocess.DEVNULL, process_group=0
    )


def _end(queue: "subprocess.Popen[bytes]") -> None:
    """End the queue, and whatever it left behind: what they were at is begun again later."""
    if queue.poll() is None:
        queue.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            queue.wait(timeout=_GRACE_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(queue.pid, signal.SIGKILL)
    queue.wait()

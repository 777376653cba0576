"""The background worker of one machine: begins what was broken off, and never stays dead.

The queue's own processes are replaced when they die; this one is above them and starts the whole
queue again, so that a killed worker costs seconds. It ends with the process that started it.
"""

import os
import signal
import subprocess
import sys
from threading import Event
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from jixiao.web.workflow.jobs import keep_watch, release
from jixiao.web.workflow.reminders import keep_reminding

_LOOK_SECONDS = 1.0
_GRACE_SECONDS = 10


class Command(BaseCommand):
    help = "运行后台任务；中断的任务接着做，后台程序意外结束时自动重新启动"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--one-of-many", action="store_true", help="另有其他后台程序同时运行（多台机器）"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        keep_watch()
        keep_reminding()
        parent = os.getppid()
        alone = not options["one_of_many"]
        stopping = Event()

        def stop(_number: int, _frame: FrameType | None) -> None:
            stopping.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        while not stopping.is_set() and os.getppid() == parent:
            if alone:
                release()
            connections.close_all()
            cluster = subprocess.Popen(
                [sys.executable, "-m", "django", "qcluster"], stdout=subprocess.DEVNULL
            )
            while not stopping.is_set() and os.getppid() == parent and not _has_ended(cluster):
                pass
            _end(cluster)


def _has_ended(cluster: "subprocess.Popen[bytes]") -> bool:
    try:
        cluster.wait(timeout=_LOOK_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True


def _end(cluster: "subprocess.Popen[bytes]") -> None:
    if cluster.poll() is None:
        cluster.terminate()
        try:
            cluster.wait(timeout=_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            cluster.kill()

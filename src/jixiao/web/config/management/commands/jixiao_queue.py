"""The queue of background jobs, as one process group that ends with whoever started it.

Being told to stop is only noted by the signal and done by the loop: the queue's own way answers
in the middle of its start, when there is nothing yet that could be stopped.
"""

import os
import signal
from threading import Timer
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django_q.cluster import Cluster

_LOOK_SECONDS = 0.2
#: What is still at work after this, when nobody is there any more, is broken off.
_GRACE_SECONDS = 10


class Command(BaseCommand):
    help = "后台任务的队列；由 jixiao_worker 启动"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--parent", type=int, required=True, help="这个进程结束时随之结束")

    def handle(self, *_args: Any, **options: Any) -> None:
        _Queue().run(options["parent"])


class _Queue(Cluster):  # type: ignore[misc]  # django-q has no types
    """The queue's processes under one that looks at its parent."""

    def __init__(self) -> None:
        self.told = False
        super().__init__()

    def sig_handler(self, _number: int, _frame: FrameType | None) -> None:
        self.told = True

    def run(self, parent: int) -> None:
        """Until told to stop, until the parent is gone, or until the processes are."""
        self.start()
        while not self.told and self.sentinel.is_alive() and os.getppid() == parent:
            self.sentinel.join(timeout=_LOOK_SECONDS)
        if os.getppid() != parent:
            last = Timer(_GRACE_SECONDS, os.killpg, (os.getpgrp(), signal.SIGKILL))
            last.daemon = True
            last.start()
        self.stop()

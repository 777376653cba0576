"""Ctrl+C at any moment: one line, no traceback, and nobody is left behind.

The moments are told by what the program has done so far, never by the clock.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.story_web.server import Server, until

pytestmark = pytest.mark.xdist_group("stopping")

#: As long as anybody waits for anything here.
PATIENCE = 180
SAID = ("Traceback", "Exception", "Error", "ERROR")


def while_it_loads(server: Server) -> bool:
    return (server.data / "secret.key").exists()


def while_migrating(server: Server) -> bool:
    return (server.data / "jixiao.sqlite3").exists()


def when_said(server: Server) -> bool:
    return "已启动" in server.log()


def while_the_worker_starts(server: Server) -> bool:
    return any("jixiao_worker" in line for line in server.everyone().values())


def while_the_queue_starts(server: Server) -> bool:
    return bool(server.background_workers())


def at_work(server: Server) -> bool:
    return len(server.background_workers()) > 4 and server.answers("/readyz") == 200


MOMENTS = (
    *(while_it_loads, while_migrating, when_said, while_the_worker_starts),
    *(while_the_queue_starts, at_work),
)


@pytest.fixture
def server(tmp_path: Path):
    made = Server(tmp_path / "data", demo=False)
    yield made
    made.kill()


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda one: one.__name__)
def test_a_keyboard_interrupt_is_quiet_at_any_moment(server: Server, moment):
    server.begin()
    process = server.process
    assert process is not None
    until(lambda: moment(server), moment.__name__)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: all of its group at once
    status = process.wait(timeout=PATIENCE)
    assert status in (0, 130), server.log()
    assert not [word for word in SAID if word in server.log()], server.log()
    assert server.everyone() == {}


def test_a_taken_address_is_said_and_told_to_end_it_ends(server: Server, tmp_path: Path):
    server.start()
    second = Server(tmp_path / "second", demo=False)
    second.port = server.port
    second.begin()
    process = second.process
    assert process is not None
    assert process.wait(timeout=PATIENCE) == 2
    assert "已被别的程序占用" in second.log()
    assert not (second.data / "jixiao.sqlite3").exists()
    process = server.process
    assert process is not None
    process.terminate()
    assert process.wait(timeout=PATIENCE) == 0
    assert server.log().splitlines()[-1] == "已停止"
    assert server.everyone() == {}


def test_a_closed_terminal_leaves_nobody_running(server: Server):
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # these tests may run under nohup
    try:
        server.start()
    finally:
        signal.signal(signal.SIGHUP, before)
    process = server.process
    assert process is not None
    os.killpg(process.pid, signal.SIGHUP)
    process.wait(timeout=PATIENCE)
    until(lambda: not server.everyone(), "all have ended")


def test_whoever_worked_for_a_killed_server_ends_by_itself(server: Server):
    server.start()
    until(lambda: len(server.background_workers()) > 4, "the queue is at work")
    process = server.process
    assert process is not None
    process.kill()
    process.wait()
    until(lambda: not server.everyone(), "all have ended")


#: A web worker that is told to end where an exception is swallowed, and while it ends.
_TOLD_ANYWHERE = """
import atexit, os, signal, weakref
from types import SimpleNamespace
from jixiao.web.answering import Worker

ENDS = (signal.SIGINT, signal.SIGQUIT)
worker = Worker.__new__(Worker)
worker.tpool = SimpleNamespace(shutdown=lambda wait: None)
worker.cfg = SimpleNamespace(worker_int=lambda worker: None)
worker.method_queue = SimpleNamespace(defer=lambda called: None)
worker.alive = True
for one in ENDS:
    signal.signal(one, worker.handle_quit)
told = lambda: [os.kill(os.getpid(), one) for one in ENDS]
passing = type("Passing", (), {})()
weakref.finalize(passing, told)
del passing
assert not worker.alive
atexit.register(told)
"""


def test_a_web_worker_told_anywhere_ends_quietly():
    done = subprocess.run(
        [sys.executable, "-c", _TOLD_ANYWHERE],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, "")

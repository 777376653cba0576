"""The web worker: a connection on which nothing is said holds no thread."""

import selectors
import socket
import time
from collections.abc import Iterator

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger

from jixiao.web.answering import Worker

PARTNER = ("127.0.0.1", 0)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(PARTNER) as one:
        one.setblocking(False)
        yield one


@pytest.fixture
def worker(listener: socket.socket) -> Iterator[Worker]:
    settings = Config()
    made = Worker(1, 1, [listener], None, 30, settings, Logger(settings))
    made.poller = selectors.DefaultSelector()
    made.asked = []
    made.enqueue_req = made.asked.append
    yield made
    for connection in made.pending_conns:
        connection.close()
    made.poller.close()
    made.tmp.close()


def test_a_silent_connection_waits_beside_the_threads(
    worker: Worker, listener: socket.socket
) -> None:
    with socket.create_connection(listener.getsockname()) as browser:
        worker.accept(listener)
        assert worker.poller.select(timeout=0) == []
        assert (worker.asked, len(worker.pending_conns), worker.nr_conns) == ([], 1, 1)
        browser.sendall(b"GET / HTTP/1.1\r\n")
        worker.wait_for_and_dispatch_events(timeout=5)
        assert [one.data_ready for one in worker.asked] == [True]
        assert not worker.pending_conns
        worker.asked[0].close()


def test_who_says_nothing_for_long_is_sent_away(
    worker: Worker, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_connection(listener.getsockname()) as browser:
        worker.accept(listener)
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + 60)
        worker.murder_pending()
        assert worker.nr_conns == 0
        browser.settimeout(5)
        assert browser.recv(1) == b""


def test_nobody_there_is_no_fault(worker: Worker, listener: socket.socket) -> None:
    """Two processes are told of one connection; one of them comes too late."""
    worker.accept(listener)
    assert worker.nr_conns == 0

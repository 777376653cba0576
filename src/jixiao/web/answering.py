"""The web worker: gunicorn's threads, which people share and silent connections do not hold.

An installation that starts gunicorn itself names it: `-k jixiao.web.answering.Worker`, with
`--keep-alive 65`.
"""

import sys
import time
from functools import partial
from selectors import EVENT_READ
from socket import socket
from types import FrameType

from gunicorn.workers.gthread import TConn, ThreadWorker

#: Seconds. A clerk who thinks for a while goes on over the connection there is.
KEPT_SECONDS = 65
#: Seconds in which a new connection has to say something; a browser opens another one.
_SILENT_SECONDS = 5
#: Seconds after which a thread that works lets another one in. Every statement of a save waits for
#: its turn after the database has answered, and all who save wait for that save.
_TURN_SECONDS = 0.0005


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A thread is taken when something was said, not when a connection was opened.

    Browsers open connections in advance and may never use them. The worker this one is made from
    gives each of them a thread for five seconds: sixteen people who open a page at once would
    keep everybody else waiting.
    """

    def init_process(self) -> None:
        """The process has been forked, and no thread has begun."""
        sys.setswitchinterval(_TURN_SECONDS)
        super().init_process()

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        """Told to end at once: by the loop, and by the process above where that takes too long.

        An exception raised wherever the interpreter stands just now may meet a finalizer or
        the end itself, which swallow it and complain aloud.
        """
        self.handle_exit(sig, frame)

    def accept(self, listener: socket) -> None:
        """Take a connection, and look after it where the kept ones are looked after."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        connection = TConn(self.cfg, client, address, listener.getsockname())
        connection.timeout = time.monotonic() + _SILENT_SECONDS
        self.pending_conns.append(connection)
        answer = partial(self.on_pending_socket_readable, connection)
        self.poller.register(client, EVENT_READ, answer)

"""Ports for servers of tests, out of reach of whatever else asks the machine for one.

A port the system hands out may be handed out again, to a connection between two programs, while the
server that is to have it is still starting or has been killed. These lie below that range.
"""

import itertools
import os
import socket

_FIRST, _COUNT = 20_000, 12_000
_turns = itertools.count(os.getpid() * 61)


def free_port() -> int:
    """A port nobody listens on, and which this process has not given out."""
    for turn in itertools.islice(_turns, _COUNT):
        port = _FIRST + turn % _COUNT
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no port is free")

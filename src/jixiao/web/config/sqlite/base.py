"""Whoever wants to write waits for the turn, instead of asking again after ever longer naps.

SQLite has one writer at a time and no queue: who comes second sleeps 1, 2, 5 … 100 ms between
tries, and others who come later get in between. Here threads of one process hand a lock on, and
processes a lock on a file beside the database, which ends with its process whatever happens.
"""

import fcntl
import os
import sqlite3
import threading
import time
from collections import defaultdict

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

_PATIENCE_SECONDS, _AGAIN_SECONDS = 20.0, 0.001
_QUEUES: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that takes its turn before it begins to write."""

    # What a backend is asked to do its own way has no types.
    transaction_mode: str | None
    _turn: "_Turn | None" = None

    def _start_transaction_under_autocommit(self) -> None:
        if self.transaction_mode == "IMMEDIATE" and not self.is_in_memory_db():
            self._turn = _Turn(str(self.settings_dict["NAME"]))
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # no types
        except BaseException:
            self._hand_on()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # no types
        self._hand_on()  # a commit that failed is followed by a rollback

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # no types
        finally:
            self._hand_on()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # no types
        finally:
            self._hand_on()

    def _hand_on(self) -> None:
        if self._turn is not None:
            self._turn.end()
            self._turn = None


class _Turn:
    """The right to write. Raises OperationalError, as SQLite would, where it does not come."""

    def __init__(self, database: str) -> None:
        ends = time.monotonic() + _PATIENCE_SECONDS
        self.file = -1
        self.lock = _QUEUES[database]
        if not self.lock.acquire(timeout=_PATIENCE_SECONDS):
            raise _busy()
        try:
            self.file = os.open(f"{database}.turn", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return  # a full disk or a lost folder is told better by SQLite itself
        while not _is_taken(self.file):
            if time.monotonic() > ends:
                self.end()
                raise _busy()
            time.sleep(_AGAIN_SECONDS)

    def end(self) -> None:
        """The next one, please."""
        if self.file >= 0:
            os.close(self.file)
        self.lock.release()


def _is_taken(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _busy() -> OperationalError:
    """As Django passes on what SQLite says after it has waited long enough."""
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
    told = OperationalError(*cause.args)
    told.__cause__ = cause
    return told

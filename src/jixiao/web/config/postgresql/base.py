"""PostgreSQL as Django speaks to it, with two savings for what every request and save does.

A statement whose text never changes is planned once for each connection (`prepared_cursor`): half
of the database's work for a save was planning what it had planned a moment before. And a connection
that was used a moment ago, from which nobody has said anything since, is not asked whether it is
still there.
"""

import select
import time
from typing import Any

from django.db.backends.postgresql import base

#: A connection that has been idle for longer is asked before it is used.
_FRESH_SECONDS = 10.0


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that knows when it was last used."""

    _looked_at = 0.0
    _prepares = False

    def prepared_cursor(self) -> Any:
        """A cursor whose statements are prepared once they have been run a few times."""
        self._prepares = True
        try:
            return self.cursor()
        finally:
            self._prepares = False

    def create_cursor(self, name: str | None = None) -> Any:
        """As Django makes it; prepared statements need values that travel beside the text."""
        if not self._prepares:
            return super().create_cursor(name)
        usual = self.connection.cursor_factory
        self.connection.cursor_factory = base.ServerBindingCursor
        try:
            return super().create_cursor(name)
        finally:
            self.connection.cursor_factory = usual

    def is_usable(self) -> bool:
        """Whether the connection answers; after an error, or a while, it is asked."""
        now = time.monotonic()
        was_fresh, self._looked_at = now - self._looked_at < _FRESH_SECONDS, now
        if was_fresh and not self.errors_occurred and self._is_quiet():
            return True
        return bool(super().is_usable())

    def _is_quiet(self) -> bool:
        """A server that went away has closed its end, which can be read."""
        if self.connection is None or self.connection.closed:
            return False
        asked = select.poll()
        asked.register(self.connection.pgconn.socket, select.POLLIN)
        return not asked.poll(0)

"""A database address as Django wants it: `sqlite:///…` or `postgresql://…`, nothing else.

PostgreSQL: one connection a thread, looked at before it is used again. A pool would wait for a
database that is away, and would be shared by processes that were forked after it was opened;
a connection of one's own says at once that nobody answers, and the next request tries anew.
"""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from jixiao.foundation.errors import ConfigurationError

#: How long one writer waits for another on SQLite; `sqlite:///…?timeout=5` says otherwise.
_PATIENCE = "20"
#: Whoever holds a row for longer keeps others from their answer; they are told to try again.
_LONGEST_LOCK = "20"
#: Runs of a statement on one connection before its plan is kept.
_PREPARED_AFTER = 2
#: A server that answers no more, or a cut line, is noticed in seconds, not in the two hours of TCP.
_NOTICED = {
    "connect_timeout": "4",
    "keepalives_idle": "10",
    "keepalives_interval": "3",
    "keepalives_count": "3",
    "tcp_user_timeout": "5000",
}


def database(url: str) -> dict[str, Any]:
    """Settings for one database. Raises ConfigurationError for an address that is none."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path.removeprefix("/")) if parts.path != "/:memory:" else ":memory:"
        absolute = url.startswith("sqlite:////")
        return _sqlite(f"/{name.removeprefix('/')}" if absolute else name, parts.query)
    if parts.scheme in ("postgresql", "postgres"):
        query = dict(parse_qsl(parts.query))
        host = query.pop("host", None) or parts.hostname or ""
        return {
            "ENGINE": "jixiao.web.config.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or query.pop("port", "")),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "LOCK_SECONDS": _seconds("lock_timeout", query.pop("lock_timeout", _LONGEST_LOCK)),
            "OPTIONS": {"prepare_threshold": _prepared(query), **_NOTICED, **query},
        }
    raise ConfigurationError(
        (f"DATABASE_URL“{parts.scheme}:…”认不出来：请写 sqlite:///路径 或 postgresql://…",)
    )


def _sqlite(name: str, query: str) -> dict[str, Any]:
    seconds = _seconds("timeout", dict(parse_qsl(query)).get("timeout", _PATIENCE))
    return {
        "ENGINE": "jixiao.web.config.sqlite",
        "NAME": name,
        # Opening the file and reading its tables anew costs a third of an ordinary request.
        "CONN_MAX_AGE": 600,
        # One writer at a time, said at once instead of after a read: no upgrade deadlocks.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": seconds,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            f"PRAGMA foreign_keys=ON; PRAGMA busy_timeout={seconds * 1000};",
        },
    }


def _prepared(query: dict[str, str]) -> int | None:
    """After how many runs a statement is prepared; `prepared=no` is for poolers that forbid it."""
    said = query.pop("prepared", "yes")
    if said not in ("yes", "no"):
        raise ConfigurationError((f"DATABASE_URL 里 prepared 应当是 yes 或 no：{said}",))
    return _PREPARED_AFTER if said == "yes" else None


def _seconds(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ConfigurationError((f"DATABASE_URL 里 {name} 应当是整数秒：{text}",))
    return int(text)


def bound_waits() -> None:
    """No request waits for ever for a row that somebody holds."""
    connection_created.connect(_bound, dispatch_uid="jixiao-bound")


def _bound(*, connection: BaseDatabaseWrapper, **_more: Any) -> None:
    if connection.vendor == "postgresql":
        seconds = connection.settings_dict.get("LOCK_SECONDS", 0)
        with connection.cursor() as cursor:
            # Said by a statement and not in the address, which poolers in front may refuse.
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{seconds}s"])


def own_after_fork() -> None:
    """A process that was forked begins without its parent's connections, and leaves them open."""
    os.register_at_fork(after_in_child=_forget)


def _forget() -> None:
    for one in connections.all(initialized_only=True):
        if one.vendor == "postgresql":
            one.connection = None

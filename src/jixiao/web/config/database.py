"""A database address as Django wants it: `sqlite:///…` or `postgresql://…`, nothing else."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from jixiao.foundation.errors import ConfigurationError

_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    # One writer at a time, said at once instead of after a read: no upgrade deadlocks.
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000;",
    },
}


def database(url: str) -> dict[str, Any]:
    """Settings for one database. Raises ConfigurationError for an address that is none."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path.removeprefix("/")) if parts.path != "/:memory:" else ":memory:"
        absolute = url.startswith("sqlite:////")
        return {**_SQLITE, "NAME": f"/{name.removeprefix('/')}" if absolute else name}
    if parts.scheme in ("postgresql", "postgres"):
        query = dict(parse_qsl(parts.query))
        host = query.pop("host", None) or parts.hostname or ""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or query.pop("port", "")),
            "CONN_MAX_AGE": 0,
            "OPTIONS": {"pool": {"min_size": 2, "max_size": 8, "timeout": 15}, **query},
        }
    raise ConfigurationError(
        (f"DATABASE_URL“{parts.scheme}:…”认不出来：请写 sqlite:///路径 或 postgresql://…",)
    )

"""The tests: an SQLite file in memory, or the database `DATABASE_URL` names; cheap passwords."""

import os
import tempfile
from pathlib import Path

from jixiao.web.config.env import Environment
from jixiao.web.config.settings.base import settings_for

_DATA = Path(tempfile.gettempdir()) / f"jixiao-test-{os.getuid() if hasattr(os, 'getuid') else 0}"

_SETTINGS = settings_for(
    Environment(
        database_url=os.environ.get("DATABASE_URL", "") or f"sqlite:///{_DATA}/test.sqlite3",
        data=_DATA,
        secret_key="only-for-tests-" * 4,
        hosts=("testserver", "127.0.0.1", "localhost"),
        secure=False,
        production=False,
    )
)
globals().update(_SETTINGS)
_DATA.mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
SHELF: Path | None = None  # what one test worked out is nothing to the next
if "sqlite" in _SETTINGS["DATABASES"]["default"]["ENGINE"]:  # each worker has a memory of its own
    _SETTINGS["DATABASES"]["default"]["TEST"] = {"NAME": ":memory:"}

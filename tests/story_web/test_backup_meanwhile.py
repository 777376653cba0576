"""A backup while people work: it is of one moment, and nobody waits for it."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.story_web.server import Server

#: While the first table is read, somebody else marks a holiday, at once and for good.
_MEANWHILE = """
import sys, threading
from datetime import date
from pathlib import Path
import django
django.setup()
from django.db import connection
from jixiao.web.config import backup
from jixiao.web.config.sqlite import base
from jixiao.web.workflow.models import Holiday

base._PATIENCE_SECONDS = 1.0
lines, done = backup._lines, []

def mark():
    Holiday.objects.create(day=date(2031, 5, 1), is_workday=False)
    done.append(1)
    connection.close()

def and_somebody_else(model):
    yield from lines(model)
    if not done:
        other = threading.Thread(target=mark)
        other.start()
        other.join()
        assert done, "who writes waits for the backup"

backup._lines = and_somebody_else
with Path(sys.argv[1]).open("wb") as stream:
    backup.take(stream)
assert Holiday.objects.filter(day=date(2031, 5, 1)).exists()
"""


def test_a_backup_is_of_one_moment_and_holds_nobody_up(own_server: Server, tmp_path: Path) -> None:
    own_server.stop()
    package = tmp_path / "backup.zip"
    done = subprocess.run(
        [sys.executable, "-c", _MEANWHILE, str(package)],
        env=own_server.environment
        | {"DJANGO_SETTINGS_MODULE": "jixiao.web.config.settings.embedded"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(package) as found:
        assert b"2031-05-01" not in found.read("rows/workflow.holiday.jsonl")
        assert found.read("rows/filings.filing.jsonl").count(b"\n") == 16

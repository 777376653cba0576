"""A PostgreSQL of one test's own, which may be stopped while somebody is saving."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from tools import with_postgres


class Cluster:
    """Private, in a temporary folder, a socket only; `changed` are settings of PostgreSQL."""

    def __init__(self, **changed: str) -> None:
        self.changed = changed
        found = with_postgres.binaries()
        assert found is not None
        self.folder = found
        self.owner = with_postgres._owner()
        self.home = Path(tempfile.mkdtemp(prefix="jixiao-pg-"))
        if self.owner is not None:
            shutil.chown(self.home, self.owner)
        with_postgres._start(self.folder, self.home, self.owner, **changed)
        self.url = f"postgresql://postgres@/postgres?host={quote(str(self.home))}"

    def stop(self) -> None:
        """At once, as in a restart: whoever is connected is cut off."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        options = " ".join(
            f"-c {name}={value!r}"
            for name, value in {**with_postgres._SETTINGS, **self.changed}.items()
        )
        log = str(self.home / "log")
        self._control("-l", log, "-w", "-o", f"-k {self.home} {options}", "start")

    def _control(self, *command: str) -> None:
        whole = [str(self.folder / "pg_ctl"), "-D", str(self.home / "data"), *command]
        as_owner = [] if self.owner is None else ["runuser", "-u", self.owner, "--"]
        done = subprocess.run([*as_owner, *whole], cwd="/", stdout=subprocess.DEVNULL, check=False)
        assert done.returncode == 0, (self.home / "log").read_text()

    def remove(self) -> None:
        as_owner = [] if self.owner is None else ["runuser", "-u", self.owner, "--"]
        data = str(self.home / "data")
        stop = [str(self.folder / "pg_ctl"), "-D", data, "-m", "immediate", "stop"]
        subprocess.run([*as_owner, *stop], cwd="/", capture_output=True, check=False)
        shutil.rmtree(self.home, ignore_errors=True)

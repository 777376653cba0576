"""Run the installed command on files on disk, as a person or another program would."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

COMMAND = str(Path(sys.executable).with_name("jixiao"))
DAY = ("--as-of", "2023-12-31")
_PATIENCE = 60


class Ran(NamedTuple):
    status: int
    out: bytes
    err: str

    @property
    def record(self) -> Any:
        """Standard output as the one JSON document it must be."""
        return json.loads(self.out)


def jixiao(*arguments: str | Path, **settings: Any) -> Ran:
    """Exit status, standard output and standard error of one run; no run may show a traceback."""
    done = subprocess.run(
        [COMMAND, *map(str, arguments)],
        check=False,
        timeout=_PATIENCE,
        stderr=subprocess.PIPE,
        **({"stdout": subprocess.PIPE} | settings),
    )
    error = done.stderr.decode()
    assert "Traceback" not in error, error
    return Ran(done.returncode, done.stdout or b"", error)

"""The guide for developers: every command of it is run, and says what the page says."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "developer" / "api.md"
_BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NEXT = "----- the next block -----"


def test_every_command_of_the_guide_does_what_it_says(server, tmp_path):
    if shutil.which("curl") is None:
        pytest.skip("no curl here")
    blocks = _BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
    commands = [text for kind, text in blocks if kind == "sh"]
    assert len(commands) >= 8
    script = "set -euo pipefail\n" + f"echo '{_NEXT}'\n".join(commands)
    ran = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "URL": server.url, "no_proxy": "127.0.0.1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.split(f"{_NEXT}\n") == promised(blocks)


def promised(blocks):
    """What each command prints by the page: the text after it, or nothing."""
    found = []
    for kind, text in blocks:
        if kind == "sh":
            found.append("")
        else:
            found[-1] = text
    return found

"""What a production machine installs, written anew from the lock file: deploy/requirements.txt.

Part of `make lock`; nothing is asked of a registry. A test compares the file with what this makes.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "deploy" / "requirements.txt"
EXPORT = (
    *("uv", "export", "--frozen", "--no-dev", "--extra", "web", "--extra", "ocr"),
    *("--no-emit-project", "--no-header"),
)
_HEAD = (
    "# What a production machine installs, and nothing for developers. Made by:\n"
    f"#   {' '.join(EXPORT)} -o deploy/requirements.txt\n"
)


def made() -> str:
    """The text of the file, by the lock file as it is."""
    uv = ROOT / ".venv" / "bin" / "uv"
    asked = [str(uv), *EXPORT[1:], "--quiet", "--offline"]
    done = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    return _HEAD + done.stdout


def main() -> int:
    """Write the file."""
    FILE.write_text(made(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

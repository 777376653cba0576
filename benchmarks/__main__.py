"""`make bench`: every benchmark of this folder, one after the other, each in a process of its own.

Absolute times belong to a machine; what counts are the ratios within one run.
"""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The benchmarks: every module of this folder that can be run by itself."""
    return sorted(
        path.stem
        for path in FOLDER.glob("*.py")
        if not path.stem.startswith("_") and "__main__" in path.read_text(encoding="utf-8")
    )


def main() -> int:
    failed = []
    for name in names():
        print(f"\n== {name}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        if subprocess.run(command, cwd=FOLDER.parent, check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

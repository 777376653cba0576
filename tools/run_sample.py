"""`make sample`: audit the bundled sample as a newcomer would, and say where the report lies.

Findings are what the sample is for, so the exit status 1 of `audit` is a success here; only a
run that could not be made fails. The day is fixed so that everybody sees the same output.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = ROOT / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "jixiao"
SAMPLE = Path("src/jixiao/sample/taole-2022.txt")
REPORT = Path("report/sample.html")
COULD_NOT = 2


def audit(*options: str) -> int:
    """One run of the command, in the project's folder; its exit status."""
    asked = (str(COMMAND), "audit", str(SAMPLE), "--as-of", "2022-06-30", "--no-config", *options)
    return subprocess.run(asked, cwd=ROOT, check=False).returncode


def main() -> int:
    (ROOT / REPORT).parent.mkdir(exist_ok=True)
    (ROOT / REPORT).unlink(missing_ok=True)
    for options in ((), ("--format", "html", "-o", str(REPORT), "--quiet")):
        status = audit(*options)
        if status >= COULD_NOT:
            return status
    if not (ROOT / REPORT).exists():
        return COULD_NOT
    print(f"\n网页报告：{REPORT}（用浏览器打开）")
    print(f"再试一次：.venv/bin/jixiao audit {SAMPLE} --select VAL")
    return 0


if __name__ == "__main__":
    sys.exit(main())

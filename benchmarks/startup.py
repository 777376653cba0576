"""What a whole process costs: CPU time of each command against two imports it cannot do without.

    .venv/bin/python -m benchmarks.startup [--runs 15] [--file FILE]

The commands take turns with the bare process, so that a busy machine slows both alike; the least
of many runs is what the machine does undisturbed. Byte code is kept in a folder of its own and
is warm, as after an installation.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import jixiao.sample

SAMPLE = Path(jixiao.sample.__path__[0]) / "taole-2022.txt"
BARE = "import msgspec, lxml.etree"
JIXIAO = (sys.executable, "-m", "jixiao.cli.main")


def commands(file: str) -> dict[str, tuple[str, ...]]:
    """The commands that are measured, the bare process first."""
    return {
        "two imports": (sys.executable, "-c", BARE),
        "--help": (*JIXIAO, "--help"),
        "rules": (*JIXIAO, "rules"),
        "read": (*JIXIAO, "read", file, "-q"),
        "audit, text": (*JIXIAO, "audit", file, "-q"),
        "audit, JSON": (*JIXIAO, "audit", file, "-q", "--format", "json"),
    }


def milliseconds(command: tuple[str, ...], environment: dict[str, str]) -> float:
    """User and system CPU time of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used * 1000


def show(runs: int, file: str) -> None:
    taken: dict[str, list[float]] = {name: [] for name in commands(file)}
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for command in commands(file).values():
            milliseconds(command, environment)  # writes the byte code
        for _ in range(runs):
            for name, command in commands(file).items():
                taken[name].append(milliseconds(command, environment))
    bare = taken["two imports"]
    print("command        least ms   median ms   least ×   median ×")
    for name, each in taken.items():
        ratios = f"{min(each) / min(bare):>9.2f} {median(each) / median(bare):>10.2f}"
        print(f"{name:<12} {min(each):>10.0f} {median(each):>11.0f} {ratios}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure whole processes.")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--file", default=str(SAMPLE))
    asked = parser.parse_args()
    show(asked.runs, asked.file)

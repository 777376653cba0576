"""Three hundred clerks in the last hour: no error, no lost save, and how long people wait.

    .venv/bin/python -m benchmarks.web_load [--clerks 300] [--seconds 60] [--pauses 10 3 0]
        [--database sqlite|postgresql]

The real `jixiao serve` on loopback, a county made for it, and all clerks in one process beside it
(`web_load_clerks`), on the same cores. All sign in, then type for so many seconds at each pause: a
save every 10 s is what people do, every 3 s what they could, and without pause what the machine
can; then everybody hands in within a sixth of that time. Afterwards the database must hold what
was acknowledged (`web_load_proof`). PostgreSQL is private, in a temporary folder, and as safe as in
an office: fsync and synchronous commit are on. Ends by itself, with 1 where anything was lost.
"""

import argparse
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.web_load_proof import proved
from tests.story_web.cluster import Cluster
from tests.story_web.server import Server
from tools.with_postgres import binaries

SAFE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
DATABASES = ("sqlite", "postgresql")
_PARTS = 5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clerks", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pauses", type=float, nargs="+", default=[10, 3, 0])
    parser.add_argument("--database", choices=DATABASES, default=None)
    parser.add_argument("--part", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    # Whoever ends it ends the server and the cluster with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if asked.part:
        return part(*asked.part)
    wanted = [asked.database] if asked.database else list(DATABASES)
    if binaries() is None and "postgresql" in wanted:
        print("PostgreSQL is not installed: left out")
        wanted.remove("postgresql")
    lost = False
    for name in wanted:
        with database(name) as (url, processes):
            met, said = measured(url, processes, asked.clerks, asked.seconds, asked.pauses)
        show(f"{name}, {asked.clerks} clerks", met)
        print("\n".join(said) or "proved: nothing lost, nothing twice, the log holds", flush=True)
        lost = lost or bool(said)
    return 1 if lost else 0


def part(name: str, folder: str) -> int:
    """The processes beside this one: `fill` the county, or be the `clerks`."""
    plan_file = Path(folder) / "plan.json"
    plan = json.loads(plan_file.read_text())
    if name == "fill":
        from benchmarks.web_load_county import fill  # noqa: PLC0415  Django is not for the others

        plan_file.write_text(json.dumps(plan | {"clerks": fill(plan["count"])}))
    else:
        from benchmarks.web_load_clerks import run  # noqa: PLC0415  one part, one import

        (Path(folder) / "met.json").write_text(json.dumps(run(plan), ensure_ascii=False))
    return 0


@contextmanager
def database(name: str) -> Iterator[tuple[str, dict[str, int]]]:
    """An address (empty for SQLite), and the process whose work is to be counted."""
    if name == "sqlite":
        yield "", {}
        return
    cluster = Cluster(**SAFE)
    try:
        pid = int((cluster.home / "data" / "postmaster.pid").read_text().split()[0])
        yield cluster.url, {"database": pid}
    finally:
        cluster.remove()


def measured(
    url: str, processes: dict[str, int], clerks: int, seconds: float, pauses: list[float]
) -> tuple[dict[str, Any], list[str]]:
    """What the clerks met, and what is not as it was acknowledged."""
    with tempfile.TemporaryDirectory(prefix="jixiao-load-") as folder:
        server = Server(Path(folder) / "data", url, demo=False)
        plan = {"count": clerks, "seconds": seconds, "pauses": pauses, "port": server.port}
        plan_file = Path(folder) / "plan.json"
        plan_file.write_text(json.dumps(plan))
        _beside("fill", folder, server, patience=600)
        server.start()
        try:
            assert server.process is not None
            plan = json.loads(plan_file.read_text())
            plan["processes"] = {"server": server.process.pid, **processes}
            plan_file.write_text(json.dumps(plan))
            _beside("clerks", folder, server, patience=_PARTS * 60 + 3 * seconds * len(pauses))
            met = json.loads((Path(folder) / "met.json").read_text())
            met["log"] = server.log()
            return met, proved(server, met["clerks"])
        finally:
            server.stop()


def _beside(name: str, folder: str, server: Server, *, patience: float) -> None:
    address = server.database or f"sqlite:///{server.data / 'jixiao.sqlite3'}"
    subprocess.run(
        [sys.executable, "-m", "benchmarks.web_load", "--part", name, folder],
        env=server.environment | {"DATABASE_URL": address},
        cwd=Path(__file__).parent.parent,
        check=True,
        timeout=patience,
    )


def show(title: str, met: dict[str, Any]) -> None:
    print(f"\n{title}")
    for name, window in met["windows"].items():
        cores = ", ".join(f"{who} {used:.2f}" for who, used in window["cores"].items())
        statuses = ", ".join(f"{count} × {code}" for code, count in window["statuses"].items())
        print(f"\n{name}: {window['lasted']:.0f} s; cores used: {cores}; answers: {statuses}")
        for kind, seconds in window["seconds"].items():
            found = sorted(seconds)
            at = {share: found[min(len(found) - 1, int(len(found) * share))] for share in SHARES}
            shown = " ".join(f"{1000 * one:7.0f}" for one in (*at.values(), found[-1]))
            rate = len(found) / window["lasted"]
            print(f"  {kind:14s} {len(found):6d}  {rate:6.1f}/s  p50 p90 p99 max {shown} ms")
        for fault in window["faults"][:10]:
            print(f"  fault: {fault}")
    print(f"connections opened {met['opened']}, found closed {met['reopened']}")
    if any(window["faults"] for window in met["windows"].values()):
        print(f"the server said: {met['log'][-3000:]}")


SHARES = (0.5, 0.9, 0.99)

if __name__ == "__main__":
    sys.exit(main())

"""Whether lists stay quick: pages over 100,000 filings beside the same pages over 1,000.

    .venv/bin/python -m benchmarks.web_lists [--large 100000] [--only WORD] [--databases URL URL]
    .venv/bin/python tools/with_postgres.py .venv/bin/python -m benchmarks.web_lists

Two processes, each with a database of its own (SQLite files; two new databases beside the one of
`DATABASE_URL`; or the two named, filled where they are empty), are asked in turns for the same
pages; the ratio is that of their best times. Rows are written directly (`web_lists_rows`). Both
show the same number of rows but where the question itself has more answers.
"""

# ruff: noqa: PLC0415  Django's modules may be imported only once it is set up
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

ROUNDS = 25
#: Who asks for which address; `next:` and `end:` are pages found by the links of that one.
_LIST, _API = "/filings", "/api/v1/filings"
BUREAU = {
    "list": _LIST,
    "second page": f"next:{_LIST}",
    "last page": f"end:{_LIST}",
    "year": f"{_LIST}?year=2027",
    "state": f"{_LIST}?state=with_department",
    "round": f"{_LIST}?round=一上",
    "category": f"{_LIST}?category=专项业务",
    "grade": f"{_LIST}?grade=优",
    "with errors": f"{_LIST}?trouble=errors",
    "key": f"{_LIST}?key=1",
    "overdue": f"{_LIST}?overdue=1",
    "under a department": f"{_LIST}?under=000",
    "of a unit": f"{_LIST}?agency=000000",
    "waiting": f"{_LIST}?waiting=1",
    "by name": f"{_LIST}?order=name",
    "by unit": f"{_LIST}?order=agency",
    "by state": f"{_LIST}?order=state",
    "by money": f"{_LIST}?order=total",
    "by money, second": f"next:{_LIST}?order=total",
    "by money, last": f"end:{_LIST}?order=total",
    "by indicators": f"{_LIST}?order=rows",
    "by errors": f"{_LIST}?order=errors",
    "by grade": f"{_LIST}?order=grade",
    "by term": f"{_LIST}?order=due",
    "year, by money": f"{_LIST}?year=2027&order=total",
    "state, by term": f"{_LIST}?state=with_department&order=due",
    "department, by money": f"{_LIST}?under=000&order=total",
    "rare word": f"{_LIST}?q=水库",
    "often": f"{_LIST}?q=道路",
    "often, by money": f"{_LIST}?q=道路&order=total",
    "everywhere": f"{_LIST}?q=项目",
    "everywhere, a year": f"{_LIST}?q=项目&year=2027",
    "inbox": "/",
    "inbox, a state": "/?state=with_performance_division",
    "totals": f"{_LIST}/totals",
    "board": "/board",
    "API": f"{_API}",
    "API, newest": f"{_API}?order=newest&limit=50",
    "API, next page": f"cursor:{_API}?limit=50",
    "API, changed": f"{_API}?order=changed&updated_since=2020-01-01T00:00:00Z",
    "API, totals": f"{_API}/totals",
}
BELOW = {
    "list": _LIST,
    "second page": f"next:{_LIST}",
    "last page": f"end:{_LIST}",
    "year": f"{_LIST}?year=2027",
    "state": f"{_LIST}?state=with_department",
    "with errors": f"{_LIST}?trouble=errors",
    "by name": f"{_LIST}?order=name",
    "by unit": f"{_LIST}?order=agency",
    "by state": f"{_LIST}?order=state",
    "by money": f"{_LIST}?order=total",
    "by money, second": f"next:{_LIST}?order=total",
    "by errors": f"{_LIST}?order=errors",
    "by term": f"{_LIST}?order=due",
    "year, by money": f"{_LIST}?year=2027&order=total",
    "rare word": f"{_LIST}?q=水库",
    "often": f"{_LIST}?q=道路",
    "everywhere": f"{_LIST}?q=项目",
    "inbox": "/",
    "totals": f"{_LIST}/totals",
    "board": "/board",
    "API": f"{_API}",
}
PAGES = {
    f"{who}: {name}": (user, address)
    for who, user, pages in (
        ("bureau", "jixiao", BUREAU),
        ("department", "dept", BELOW),
        ("unit", "unit", BELOW),
    )
    for name, address in pages.items()
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--only", default="", help="pages whose names contain this")
    parser.add_argument("--databases", nargs=2, default=None, metavar="URL")
    parser.add_argument("--fill", type=int, default=None, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.fill is not None:
        return work(asked.fill, asked.only)
    with tempfile.TemporaryDirectory() as folder:
        urls = asked.databases or databases(folder)
        sizes = (1000, asked.large)
        workers = [start(*each, asked.only) for each in zip(urls, sizes, strict=True)]
        best: list[dict[str, float]] = [{} for _ in workers]
        for worker in workers:
            answer(worker)  # filled
        for _ in range(ROUNDS):
            for known, worker in zip(best, workers, strict=True):
                for name, seconds in answer(worker, "round").items():
                    known[name] = min(known.get(name, seconds), seconds)
        for worker in workers:
            worker.communicate("", timeout=60)
    show(best, asked.large)
    return 0


def databases(folder: str) -> list[str]:
    """Addresses of two empty databases."""
    server = os.environ.get("DATABASE_URL", "")
    names = ("lists_small", "lists_large")
    if not server.startswith("postgres"):
        return [f"sqlite:///{folder}/{name}.sqlite3" for name in names]
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
    return [re.sub(r"(?<=[^/]/)[^/?]+(?=\?|$)", name, server, count=1) for name in names]


def start(url: str, size: int, only: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.web_lists", "--fill", str(size), "--only", only]
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "jixiao.web.config.settings.test",
    }
    return subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    )


def answer(worker: "subprocess.Popen[str]", word: str = "") -> dict[str, float]:
    assert worker.stdin is not None
    assert worker.stdout is not None
    if word:
        worker.stdin.write(f"{word}\n")
        worker.stdin.flush()
    line = worker.stdout.readline()
    if not line:
        raise SystemExit("a worker has ended; see its words above")
    return json.loads(line)


def show(best: list[dict[str, float]], large: int) -> None:
    print(f"{'':34}{'1,000':>9}{f'{large:,}':>12}{'ratio':>8}   rows shown")
    for name in PAGES:
        if name not in best[0]:
            continue
        small, big = (1000 * known[name] for known in best)
        few, many = (int(known[f"rows of {name}"]) for known in best)
        print(f"{name:32}{small:>8.1f} ms{big:>9.1f} ms{big / small:>8.2f}{few:>7} {many:>5}")


def work(size: int, only: str) -> int:
    """One process: fill the database, then measure a round for every line that comes in."""
    import django

    django.setup()
    from benchmarks.web_lists_rows import fill, settle
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from jixiao.web.filings.models import Filing

    settings.API_REQUESTS_A_MINUTE = 1_000_000
    call_command("migrate", verbosity=0)
    if not Filing.objects.exists():
        fill(size)
        settle()
    browsers = {name: browser(name) for name in ("jixiao", "dept", "unit")}
    asked = {
        name: (browsers[who], found(browsers[who], address))
        for name, (who, address) in PAGES.items()
        if only in name
    }
    clock = clock_of(connection)
    print("{}", flush=True)
    for _ in sys.stdin:
        times: dict[str, float] = {}
        for name, (client, address) in asked.items():
            begun = clock()
            response = client.get(address)
            times[name] = clock() - begun
            assert response.status_code == 200, (address, response.content[:300])
            times[f"rows of {name}"] = max(response.content.count(b"<tr") - 1, rows_of(response))
        print(json.dumps(times), flush=True)
    return 0


def clock_of(connection) -> Callable[[], float]:
    """The work of this process, and of the server's where the database is another one here.

    Where that cannot be read, the time that passes.
    """
    if connection.vendor == "sqlite":
        return time.process_time
    work = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    if not work.exists():
        return time.perf_counter
    return lambda: time.process_time() + int(work.read_text().split()[0]) / 1e9


def browser(name: str):
    from django.test import Client

    from jixiao.web.accounts.models import User

    client = Client()
    user = User.objects.get(username=name)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def rows_of(response) -> int:
    is_json = response["Content-Type"].startswith("application/json")
    return len(response.json().get("items", ())) if is_json else 0


def found(client, address: str) -> str:
    """The address of a page that is found by a link: the next one, or the end of the list."""
    which, _, address = address.rpartition(":") if ":/" in address else ("", "", address)
    if not which:
        return address
    if which == "cursor":
        return f"{address}&cursor={client.get(address).json()['next']}"
    order = re.search(r"order=(\w+)", address)
    turned = f"{address.partition('?')[0]}?order=-{order[1] if order else 'updated'}"
    page = client.get(turned if which == "end" else address).content.decode()
    link = re.search(r"[?&](after=[\w=-]+)", unescape(page))
    if link is None:  # all of it stands on one page
        return address
    mark = link[1].partition("=")[2]
    return f"{address}{'&' if '?' in address else '?'}after={mark}"


if __name__ == "__main__":
    sys.exit(main())

"""Whether lists stay quick: pages over 100,000 filings beside the same pages over 1,000.

    .venv/bin/python -m benchmarks.web_lists [--large 100000] [--databases URL URL]

Two processes, each with a database of its own (SQLite files, or the two empty databases named),
are asked in turns for the same pages; the ratio is that of their best times. Rows are written
directly: 300 units, four years, every state, with terms, grades and findings counted.
"""

# ruff: noqa: PLC0415  Django's modules may be imported only once it is set up
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 25
RARE, OFTEN, EVERYWHERE = "水库", "道路", "项目"
PAGES = {
    "list": ("jixiao", "/filings"),
    "list, a year": ("jixiao", "/filings?year=2027"),
    "list, a state": ("jixiao", "/filings?state=with_department"),
    "list, by money": ("jixiao", "/filings?order=total"),
    "list of a department": ("dept", "/filings"),
    "search, rare word": ("jixiao", f"/filings?q={RARE}"),
    "search, often": ("jixiao", f"/filings?q={OFTEN}"),
    "search, everywhere": ("jixiao", f"/filings?q={EVERYWHERE}"),
    "inbox of the division": ("jixiao", "/"),
    "inbox of a department": ("dept", "/"),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--databases", nargs=2, default=None, metavar="URL")
    parser.add_argument("--fill", type=int, default=None, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.fill is not None:
        return work(asked.fill)
    with tempfile.TemporaryDirectory() as folder:
        urls = asked.databases or [f"sqlite:///{folder}/{name}.sqlite3" for name in ("a", "b")]
        workers = [start(url, size) for url, size in zip(urls, (1000, asked.large), strict=True)]
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


def start(url: str, size: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.web_lists", "--fill", str(size)]
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
    print(f"{'':26}{'1,000':>11}{f'{large:,}':>12}{'ratio':>8}   rows shown")
    for name in PAGES:
        small, big = (1000 * known[name] for known in best)
        few, many = (int(known[f"rows of {name}"]) for known in best)
        print(f"{name:26}{small:>8.1f} ms{big:>9.1f} ms{big / small:>8.2f}{few:>7} {many:>5}")


def work(size: int) -> int:
    """One process: fill the database, then measure a round for every line that comes in."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    fill(size)
    from django.db import connection
    from django.test import Client

    from jixiao.web.accounts.models import User

    browsers = {}
    for name in ("jixiao", "dept"):
        browsers[name] = Client()
        browsers[name].force_login(
            User.objects.get(username=name), "django.contrib.auth.backends.ModelBackend"
        )
    # A database within the process is measured by its work, another one by the clock.
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    print("{}", flush=True)
    for _ in sys.stdin:
        times: dict[str, float] = {}
        for name, (who, address) in PAGES.items():
            begun = clock()
            response = browsers[who].get(address)
            times[name] = clock() - begun
            times[f"rows of {name}"] = response.content.count(b"<tr") - 1
            assert response.status_code == 200, response.content[:300]
        print(json.dumps(times), flush=True)
    return 0


def fill(size: int) -> None:
    from datetime import date, timedelta
    from decimal import Decimal

    from django.db import connection, transaction
    from django.utils import timezone

    from jixiao.lifecycle.journey import journey_of
    from jixiao.lifecycle.roles import AgencyKind, RoleCode
    from jixiao.web.accounts.models import User
    from jixiao.web.agencies.models import Agency
    from jixiao.web.agencies.services import add_agency, grant
    from jixiao.web.filings.content import bigrams
    from jixiao.web.filings.counting import keep_tally
    from jixiao.web.filings.models import Filing

    states = [state.code for state in journey_of().stage.states]
    now, today = timezone.now(), timezone.localdate()
    with transaction.atomic():
        county = add_agency(code="c", name="某县", kind=AgencyKind.COUNTY, parent=None)
        units: list[Agency] = []
        for number in range(30):
            department = add_agency(
                code=f"{number:03}", name=f"第{number}局", kind=AgencyKind.DEPARTMENT, parent=county
            )
            units += [
                add_agency(
                    code=f"{number:03}{unit:03}",
                    name=f"第{number}局{unit}站",
                    kind=AgencyKind.UNIT,
                    parent=department,
                )
                for unit in range(10)
            ]
        roles = (("jixiao", RoleCode.PERFORMANCE_DIVISION, county),
                 ("dept", RoleCode.DEPARTMENT_REVIEWER, units[0].parent))  # fmt: skip
        for name, role, place in roles:
            user = User.objects.create_user(username=name, full_name=name, password=None)
            assert place is not None
            grant(user=user, agency=place, role=role, starts_on=date(2021, 1, 1))
    rows = (
        Filing(
            agency=(unit := units[number * 7 % len(units)]),
            agency_path=unit.path,
            project_name=f"第{number % 997}号{OFTEN if number % 3 == 0 else '设备'}{EVERYWHERE}",
            budget_year=2024 + number % 4,
            stage="target_setting",
            state=states[number * 13 % len(states)],
            layout="",
            number=2,
            total=None if number % 50 == 0 else Decimal(number % 9973 * 100),
            indicator_count=number % 20,
            errors=number % 5 if number % 4 == 0 else 0,
            due_on=None if number % 3 else today + timedelta(days=number % 40 - 10),
            created_by=user,
            updated_at=now - timedelta(minutes=number),
            words=bigrams(
                f"第{number % 997}号{OFTEN if number % 3 == 0 else '设备'}{EVERYWHERE} "
                f"{RARE if number < 40 else '完成率'} 服务对象满意度 按期完成"
            ),
        )
        for number in range(size)
    )
    batch: list[Filing] = []
    for row in rows:
        batch.append(row)
        if len(batch) == 2000:
            Filing.objects.bulk_create(batch)
            batch.clear()
    Filing.objects.bulk_create(batch)
    with transaction.atomic():
        for unit in units:
            for year in range(2024, 2028):
                keep_tally(unit.pk, year)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    sys.exit(main())

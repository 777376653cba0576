"""What saving a draft of twelve rows costs: operations in, audit, log; against one bare transaction.

    .venv/bin/python -m benchmarks.web_save [--rounds 150]
    .venv/bin/python tools/with_postgres.py .venv/bin/python -m benchmarks.web_save

Floor: the same document written in one transaction of the same framework and database, nothing
looked at (`bare`). `service` is what the workflow does: rights, audit, columns, event in the chain.
`request` is the whole of an edit through the web framework: session, person, roles, reading the
draft, operations, save, list of findings; it stands beside a bare view that finds session and
person and writes the same document (`bare request`). `after its look` is the save the page really
sends: it has asked for the findings of the same text 0.8 s before; `service after it` the same for
the service. Every save is of another text.
SQLite in a temporary folder, or the database of `DATABASE_URL`; everything in turns in one process.
CPU time of the process, and beside it the time on the clock; medians, because the machine is shared.
"""

import argparse
import json
import time
from statistics import median

from benchmarks.web_county import BareWrite, a_draft, actor_named, client_of
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jixiao.lifecycle.journey import journey_of
from jixiao.official.editing import change
from jixiao.web.filings.content import audited
from jixiao.web.workflow.filing import Conflict, save_draft

_RATIOS = (
    ("service", "bare"),
    ("service after it", "bare"),
    ("request", "bare request"),
    ("after its look", "bare request"),
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=150)
    measure(parser.parse_args().rounds)


def measure(rounds: int) -> None:
    filing, form = a_draft(rows=12)
    client = client_of("taole")
    bare = BareWrite(filing)
    request, looked_at = Request(client, a_draft(rows=12)[0]), Request(client, a_draft(rows=12)[0])
    known = Service(*a_draft(rows=12))
    tasks = {
        "bare": bare.write,
        "service": Service(filing, form).save,
        "service's look": known.look,
        "service after it": known.save_again,
        "bare request": lambda: client.post(bare.address, b"{}", content_type="application/json"),
        "request": request.save,
        "look": looked_at.look,
        "after its look": looked_at.save_again,
    }
    clock = {name: [] for name in tasks}
    times = side_by_side({name: timed(task, clock[name]) for name, task in tasks.items()}, rounds)
    cpu = {name: 1000 * median(found) for name, found in times.items()}
    print(f"{connection.vendor:16}{'CPU':>10}{'clock':>10}  statements, with begin and commit")
    for name, task in tasks.items():
        with CaptureQueriesContext(connection) as asked:
            task()
        elapsed = 1000 * median(clock[name][rounds // 10 :])
        print(f"{name:16}{cpu[name]:7.2f} ms{elapsed:7.2f} ms  {len(asked)}")
    for name, floor in _RATIOS:
        print(f"{name} ÷ {floor}".ljust(32) + f"{cpu[name] / cpu[floor]:.2f}")


def timed(task, found):
    """The same task; its seconds on the clock are put down."""

    def run():
        start = time.perf_counter()
        task()
        found.append(time.perf_counter() - start)

    return run


def side_by_side(tasks, rounds):
    """CPU seconds of each task, in turns (the machine is shared); the first tenth warms up."""
    times = {name: [] for name in tasks}
    for number in range(rounds + rounds // 10):
        for name, task in tasks.items():
            start = time.process_time()
            task()
            if number >= rounds // 10:
                times[name].append(time.process_time() - start)
    return times


class Service:
    """The workflow's own verb, on a filing and a form that are at hand."""

    def __init__(self, filing, form):
        self.filing, self.form, self.new, self.number = filing, form, form, 0
        self.actor = actor_named("taole")

    def look(self):
        """What the engine says of the next text, as the page asks before it saves."""
        self.number += 1
        text = f"≥{self.number}个/{self.filing.pk}"
        self.new = change(self.form, "indicators[3].target", text)
        audited(self.new, profile=self.filing.profile, as_of=timezone.localdate())

    def save(self):
        self.number += 1
        text = f"≥{self.number}个/{self.filing.pk}"
        self.new = change(self.form, "indicators[3].target", text)
        self.save_again()

    def save_again(self):
        saved = save_draft(
            actor=self.actor,
            filing=self.filing,
            form=self.new,
            lock_version=self.filing.lock_version,
            journey=journey_of(),
            now=timezone.now(),
            before=self.form,
        )
        assert not isinstance(saved, Conflict)
        self.form = self.new


class Request:
    """Edits as the page's script sends them: looked at after a pause, kept a little later."""

    def __init__(self, client, filing):
        self.client, self.filing = client, filing
        self.number, self.lock_version = 0, filing.lock_version

    def look(self):
        self.number += 1
        self._send(keep=False)

    def save(self):
        self.number += 1
        self.save_again()

    def save_again(self):
        self._send(keep=True)
        self.lock_version += 1

    def _send(self, *, keep):
        path = "indicators[3].target"
        write = {"type": "write", "path": path, "text": f"≥{self.number}人/{self.filing.pk}"}
        sent = {"lock_version": self.lock_version, "operations": [write], "keep": keep}
        response = self.client.post(
            f"/filings/{self.filing.pk}/edit",
            json.dumps({**sent, "batch": str(self.number) if keep else ""}),
            content_type="application/json",
        )
        assert response.status_code == 200, response.content


if __name__ == "__main__":
    main()

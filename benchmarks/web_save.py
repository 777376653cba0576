"""What saving a draft of twelve rows costs: operations in, audit, log; against one bare transaction.

    .venv/bin/python -m benchmarks.web_save [--rounds 150]

Floor: the same document written in one transaction of the same framework and database, nothing
looked at (`bare`). `service` is what the workflow does: rights, audit, columns, event in the chain.
`request` is the whole of an edit through the web framework: session, person, roles, reading the
draft, operations, save, list of findings; it stands beside a bare view that finds session and
person and writes the same document (`bare request`). SQLite in a temporary folder, or the database
of `DATABASE_URL`; everything in turns in one process.
"""

import argparse
import json
import time

from benchmarks.web_county import BareWrite, a_draft, actor_named, client_of
from django.utils import timezone

from jixiao.lifecycle.journey import journey_of
from jixiao.official.editing import change
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.filing import Conflict, save_draft


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=150)
    measure(parser.parse_args().rounds)


def measure(rounds: int) -> None:
    filing, form = a_draft(rows=12)
    client = client_of("taole")
    bare = BareWrite(filing)
    tasks = {
        "bare": bare.write,
        "service": Service(filing, form).save,
        "bare request": lambda: client.post(bare.address, b"{}", content_type="application/json"),
        "request": Request(client, filing).save,
    }
    times = side_by_side(tasks, rounds)
    for name, found in times.items():
        print(f"{name:14s} {1000 * min(found):7.2f} ms")
    best = {name: min(found) for name, found in times.items()}
    print(f"service ÷ bare                 {best['service'] / best['bare']:.2f}")
    print(f"request ÷ bare request         {best['request'] / best['bare request']:.2f}")


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
    """The workflow's own verb, on a filing that is at hand."""

    def __init__(self, filing, form):
        self.filing, self.form, self.number = filing, form, 0
        self.actor = actor_named("taole")

    def save(self):
        self.number += 1
        known = Filing.objects.values_list("lock_version", flat=True).get(pk=self.filing.pk)
        self.form = change(self.form, "indicators[3].target", f"≥{self.number}个")
        saved = save_draft(
            actor=self.actor,
            filing=self.filing,
            form=self.form,
            lock_version=known,
            journey=journey_of(),
            now=timezone.now(),
        )
        assert not isinstance(saved, Conflict)


class Request:
    """An edit as the page's script sends it."""

    def __init__(self, client, filing):
        self.client, self.filing, self.number = client, filing, 0

    def save(self):
        self.number += 1
        known = Filing.objects.values_list("lock_version", flat=True).get(pk=self.filing.pk)
        write = {"type": "write", "path": "indicators[3].target", "text": f"≥{self.number}人"}
        response = self.client.post(
            f"/filings/{self.filing.pk}/edit",
            json.dumps({"lock_version": known, "operations": [write], "batch": str(self.number)}),
            content_type="application/json",
        )
        assert response.status_code == 200, response.content


if __name__ == "__main__":
    main()

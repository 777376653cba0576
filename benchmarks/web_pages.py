"""What the page of a form costs against a bare view of the same framework with the same bytes.

    .venv/bin/python -m benchmarks.web_pages [--rounds 100]

The bare view finds session, person and roles as every page must, and answers the very bytes the
page answered. `editor` is a draft of twelve rows as its writer sees it, `reading` the same form as
a reviewer does. CPU time of the process, in turns; SQLite in a temporary folder, or the database
of `DATABASE_URL`.
"""

import argparse

from benchmarks.web_county import a_draft, bare_page, client_of
from benchmarks.web_save import side_by_side


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=100)
    measure(parser.parse_args().rounds)


def measure(rounds: int) -> None:
    filing, _ = a_draft(rows=12)
    tasks = {}
    for name, person in (("editor", "taole"), ("reading", "zhenzhang")):
        client = client_of(person)
        address = f"/filings/{filing.pk}"
        page = client.get(address)
        assert page.status_code == 200, page.status_code
        floor = bare_page(name, page.content)
        tasks[name] = lambda client=client, address=address: client.get(address)
        tasks[f"{name} bare"] = lambda client=client, floor=floor: client.get(floor)
    best = {name: min(found) for name, found in side_by_side(tasks, rounds).items()}
    for name, seconds in best.items():
        print(f"{name:14s} {1000 * seconds:7.2f} ms")
    for name in ("editor", "reading"):
        print(f"{name} ÷ bare   {best[name] / best[f'{name} bare']:.2f}")


if __name__ == "__main__":
    main()

"""What pages cost against a bare view of the same framework with the same bytes.

    .venv/bin/python -m benchmarks.web_pages [--rounds 100] [--only WORD]

The bare view finds session, person and roles as every page must, and answers the very bytes the
page answered. `editor` is a draft of twelve rows as its writer sees it, `reading` the same form as
another person of its unit does, `review` a form at the department with its review sheet; lists and
inboxes show fifty rows. "Again" is a page that was looked at before. "First" is a form this process
has not seen, that somebody has looked at (who handed it in, or another reviewer): each round shows
another form of another content, and nothing of it is in memory. "Unseen" is one that nobody has
looked at since it was written. CPU time of the process, in turns, medians; SQLite in a
temporary folder, or the database of `DATABASE_URL`.
"""

import argparse
import re
from html import unescape
from statistics import median

from benchmarks.web_county import bare_page, client_of, some_filings
from benchmarks.web_save import side_by_side
from django.test import Client

from jixiao.web.kept import forget_all

_PEOPLE = {
    "editor": ("taole", "draft"),
    "reading": ("zhenzhang", "draft"),
    "review": ("zhuguan", "with_department"),
}
_TIMES = ("bare", "again", "first", "unseen")
LISTS = {
    "list of the bureau": ("jixiao", "/filings"),
    "list of a department": ("zhuguan", "/filings"),
    "list of a unit": ("taole", "/filings"),
    "inbox of the bureau": ("jixiao", "/"),
    "inbox of a department": ("zhuguan", "/"),
    "inbox of a unit": ("taole", "/"),
    "board": ("jixiao", "/board"),
    "totals": ("jixiao", "/filings/totals"),
    "narrowed list": ("jixiao", "/filings?year=2022&state=with_department"),
    "searched list": ("jixiao", "/filings?q=清运"),
    "second page of a list": ("jixiao", "next:/filings"),
    "list under a department": ("jixiao", "/filings?under=055"),
    "list of what is overdue": ("jixiao", "/filings?overdue=1"),
    "windows": ("taole", "/windows"),
    "jobs": ("taole", "/jobs"),
    "documents": ("taole", "/documents"),
    "exports": ("jixiao", "/exports"),
    "log": ("shenji", "/log"),
}
_NEXT = "next:"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    filings = some_filings(2 * (asked.rounds + asked.rounds // 10))
    pages = {
        name: (person, [address(name, one) for one in filings[state]])
        for name, (person, state) in _PEOPLE.items()
    } | {name: (person, [place]) for name, (person, place) in LISTS.items()}
    pages = {name: page for name, page in pages.items() if asked.only in name}
    print(f"{'':24}" + "".join(f"{one:>10}" for one in _TIMES) + "".join(map(_over, _TIMES[1:])))
    for name, (person, places) in pages.items():
        measure(name, person, places, asked.rounds)


def address(name: str, pk: int) -> str:
    return f"/filings/{pk}/review" if name == "review" else f"/filings/{pk}"


def further(client: Client, place: str) -> str:
    """The address; of `next:`, that of the page after it."""
    if not place.startswith(_NEXT):
        return place
    address = place.removeprefix(_NEXT)
    page = client.get(address).content.decode()
    found = re.search(r'href="([^"]*)" rel="next"', page)
    assert found is not None, address
    return address + unescape(found[1])


def measure(name: str, person: str, places: list[str], rounds: int) -> None:
    client = client_of(person)
    places = [further(client, place) for place in places]
    page = client.get(places[0])
    assert page.status_code == 200, page.status_code
    floor = bare_page(name.replace(" ", "-"), page.content)
    tasks = {
        "bare": lambda: client.get(floor),
        "again": lambda: client.get(places[0]),
    }
    if len(places) > 1:
        seen, unseen = places[: len(places) // 2], places[len(places) // 2 :]
        for place in seen:
            client.get(place)
        forget_all()
        ahead, new = iter(seen), iter(unseen)
        tasks |= {"first": lambda: client.get(next(ahead)), "unseen": lambda: client.get(next(new))}
    best = {task: median(found) for task, found in side_by_side(tasks, rounds).items()}
    shown = [f"{1000 * best[task]:7.2f} ms" if task in best else "" for task in _TIMES]
    ratios = [f"{best[task] / best['bare']:.2f}" if task in best else "" for task in _TIMES[1:]]
    print(
        f"{name:24}"
        + "".join(f"{one:>10}" for one in shown)
        + "".join(f"{one:>14}" for one in ratios)
    )


def _over(task: str) -> str:
    return f"{task} ÷ bare".rjust(14)


if __name__ == "__main__":
    main()

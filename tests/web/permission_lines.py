"""The table of permissions, and every address of the project to hold it against.

`permissions.txt` has a line for each address and method: what five people get. Columns: name of
the address, method, address, then the status for nobody, for a neighbour, for a subordinate and
for a superior, then who is right and the status they get, then what is sent (JSON, or fields of a
page's form). `{filing}` and the like are things of the fixture `things`.
"""

from pathlib import Path
from typing import NamedTuple

from django.urls import get_resolver
from django.urls.resolvers import URLPattern

TABLE = Path(__file__).with_name("permissions.txt")
NEIGHBOUR, SUBORDINATE, SUPERIOR = "nongji", "taole", "jixiao"


class Line(NamedTuple):
    name: str
    method: str
    address: str
    anonymous: int
    neighbour: int
    subordinate: int
    superior: int
    person: str
    right: int
    sent: str

    @property
    def expected(self):
        """Who gets what; None is nobody signed in."""
        return {
            None: self.anonymous,
            NEIGHBOUR: self.neighbour,
            SUBORDINATE: self.subordinate,
            SUPERIOR: self.superior,
            self.person: self.right,
        }


def lines():
    found = []
    for text in TABLE.read_text(encoding="utf-8").splitlines():
        if text.strip() and not text.startswith("#"):
            name, method, address, *statuses, person, right = text.split(maxsplit=9)[:9]
            rest = text.split(maxsplit=9)[9:]
            found.append(
                Line(name, method, address, *map(int, statuses), person, int(right), *rest or [""])
            )
    return found


def addresses(patterns=None, before=""):
    """Every address of the URL configuration: its name and route."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield one.name or route, f"/{route}"
        else:
            yield from addresses(one.url_patterns, route)

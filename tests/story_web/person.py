"""Somebody's browser without a picture: cookies and forms, so that eight can press at once."""

import http.cookiejar
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, NamedTuple

_PATIENCE = 120
PASSWORD = "Jixiao-2022"


class Told(NamedTuple):
    """An answer: its status, its text, where it leads."""

    status: int
    text: str
    location: str = ""

    @property
    def data(self) -> Any:
        return json.loads(self.text)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class Person:
    """Signed in by name, as on the sign-in page."""

    def __init__(self, url: str, name: str) -> None:
        self.url = url
        self.cookies = http.cookiejar.CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self.cookies)
        self.opener = urllib.request.build_opener(cookies, _Stay)
        self.get("/sign-in")
        done = self.post("/sign-in", username=name, password=PASSWORD)
        assert done.status == 302, done.text

    @property
    def token(self) -> str:
        return next(one.value or "" for one in self.cookies if one.name == "csrftoken")

    def get(self, path: str) -> Told:
        return self._told(urllib.request.Request(self.url + path))

    def post(self, path: str, **fields: object) -> Told:
        """An ordinary form."""
        fields["csrfmiddlewaretoken"] = self.token if self.cookies_of("csrftoken") else ""
        return self._told(self._request(path, urllib.parse.urlencode(fields).encode()))

    def send(self, path: str, content: object, **headers: str) -> Told:
        """What a script or a program sends."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {"Content-Type": "application/json", "Accept": "application/json", **named}
        return self._told(self._request(path, json.dumps(content).encode(), **given))

    def hand_in(self, path: str, body: bytes | Iterable[bytes], kind: str, length: int) -> Told:
        """A body as it is, of the length that is told."""
        told = {"Content-Type": kind, "Content-Length": str(length)}
        return self._told(self._request(path, body, **told))

    def cookies_of(self, name: str) -> list[str]:
        return [one.value or "" for one in self.cookies if one.name == name]

    def _request(self, path: str, body: Any, **headers: str) -> urllib.request.Request:
        token = {"X-CSRFToken": self.token} if self.cookies_of("csrftoken") else {}
        return urllib.request.Request(self.url + path, body, {**token, **headers}, method="POST")

    def _told(self, request: urllib.request.Request) -> Told:
        try:
            with self.opener.open(request, timeout=_PATIENCE) as answer:
                return Told(answer.status, answer.read().decode())
        except urllib.error.HTTPError as error:
            return Told(error.code, error.read().decode(), error.headers.get("Location", ""))


def at_once(count: int, ask: Callable[[int], Told]) -> list[Told]:
    """The answers to requests that all leave at the same moment."""
    ready = Barrier(count)

    def one(number: int) -> Told:
        ready.wait()
        return ask(number)

    with ThreadPoolExecutor(count) as people:
        return list(people.map(one, range(count)))

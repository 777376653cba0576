"""A browser as cheap as can be: HTTP/1.1 over one kept connection, cookies, nothing else.

Three hundred of them live in one process beside the server they load, so they must cost little.
Like a browser it tries once more where a kept connection turns out to be closed, and like a
browser it may open a second connection in advance and never say a word on it.
"""

import asyncio
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATIENCE = 60
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
_GONE = (ConnectionError, asyncio.IncompleteReadError)


@dataclass(frozen=True)
class Answer:
    status: int  # 0 where there was none
    body: bytes
    seconds: float
    location: str = ""


@dataclass
class Browser:
    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    opened: int = 0
    reopened: int = 0
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None
    spare: asyncio.StreamWriter | None = None

    async def get(self, path: str) -> Answer:
        return await self._ask(f"GET {path}", "", b"")

    async def post(self, path: str, **fields: str) -> Answer:
        """An ordinary form."""
        fields["csrfmiddlewaretoken"] = self.cookies.get("csrftoken", "")
        return await self._ask(f"POST {path}", FORM, urlencode(fields).encode())

    async def send(self, path: str, content: bytes) -> Answer:
        """What a script sends."""
        return await self._ask(f"POST {path}", JSON, content)

    async def open_a_spare(self) -> None:
        """A connection in advance, as browsers open one beside the first."""
        if self.spare is None:
            _, self.spare = await asyncio.open_connection(self.host, self.port)

    def close(self) -> None:
        for one in (self.writer, self.spare):
            if one is not None:
                one.close()
        self.reader = self.writer = self.spare = None

    async def _ask(self, what: str, kind: str, body: bytes) -> Answer:
        began = time.perf_counter()
        request = self._head(what, kind, len(body)) + body
        try:
            async with asyncio.timeout(PATIENCE):
                status, headers, content = await self._exchange(request)
        except (*_GONE, OSError, TimeoutError) as fault:
            self.close()
            return Answer(0, repr(fault).encode(), time.perf_counter() - began)
        seconds = time.perf_counter() - began
        return Answer(status, content, seconds, headers.get("location", ""))

    def _head(self, what: str, kind: str, length: int) -> bytes:
        lines = [f"{what} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        if self.cookies:
            said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            lines.append(f"Cookie: {said}")
        if kind:
            lines += [f"Content-Type: {kind}", f"Content-Length: {length}"]
        if kind == JSON:
            lines.append(f"X-CSRFToken: {self.cookies.get('csrftoken', '')}")
        return "\r\n".join((*lines, "", "")).encode()

    async def _exchange(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        kept = self.writer is not None
        try:
            return await self._once(request)
        except _GONE:
            if not kept:
                raise
            self.close()
            self.reopened += 1
            return await self._once(request)

    async def _once(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        if self.reader is None or self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
            self.opened += 1
        self.writer.write(request)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip("\r\n").split("\r\n")
        headers = {}
        for line in lines:
            name, _, value = line.partition(": ")
            name = name.lower()
            if name == "set-cookie":
                cookie, _, said = value.partition(";")[0].partition("=")
                self.cookies[cookie] = said
            else:
                headers[name] = value
        assert "content-length" in headers, head
        body = await self.reader.readexactly(int(headers["content-length"]))
        if headers.get("connection", "").lower() == "close":
            self.writer.close()
            self.reader = self.writer = None
        return int(first.split(" ", 2)[1]), headers, body

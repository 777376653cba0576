"""The clerks of a county in the last hour, all in one process: `run(plan)` → what they met.

Each signs in, opens the list and its form, and types: after every pause the page's script asks
what the engine says (`look`), and keeps the text a moment later (`save`), exactly as `store.js`
does, with the same answers to failure. In the end everybody hands in within a few seconds.
"""

import asyncio
import json
import random
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from benchmarks.web_load_browser import Answer, Browser

PASSWORD = "Jixiao-2022"
SIGNING_IN_AT_ONCE = 8
#: As in the page: the engine is asked soon after the last key, the text is kept later.
LOOK_TO_SAVE = 0.84
RETRY_AFTER = (2, 4, 8, 15)
_STAT = Path("/proc/stat")
_LOCK = re.compile(rb'"lock_version": (\d+)')
Work = Callable[["Clerk"], Coroutine[Any, Any, None]]


class Met:
    """What was answered, window by window and kind by kind."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.statuses: Counter[str] = Counter()
        self.faults: list[str] = []

    def note(self, kind: str, answer: Answer) -> None:
        self.seconds[kind].append(answer.seconds)
        self.statuses[str(answer.status)] += 1
        if not 200 <= answer.status < 400:
            said = answer.body[:300].decode(errors="replace")
            self.faults.append(f"{kind} {answer.status} {said}")


class Clerk:
    """One person with one form."""

    def __init__(self, number: int, plan: dict[str, Any]) -> None:
        self.name, self.filing, self.rows = plan["clerks"][number]
        self.number = number
        self.browser = Browser("127.0.0.1", plan["port"])
        self.random = random.Random(number)
        self.met = Met()
        self.lock = 0
        self.count = 0
        self.typed: dict[str, str] = {}
        self.batches: list[str] = []
        self.handed_in = 0

    async def sign_in(self) -> None:
        self.met.note("sign-in page", await self.browser.get("/sign-in"))
        asked = self.browser.post(
            "/sign-in", username=self.name, password=PASSWORD, next="/filings"
        )
        self.met.note("sign-in", await asked)

    async def open(self) -> None:
        """The list, then the form."""
        self.met.note("list", await self.browser.get("/filings"))
        page = await self.browser.get(f"/filings/{self.filing}")
        self.met.note("page", page)
        found = _LOCK.search(page.body)
        self.lock = int(found[1]) if found else self.lock

    async def type(self, pause: float, until: float) -> None:
        """Until the bell: think, type a text, let it be looked at and kept."""
        while True:
            think = self.random.uniform(2 / 3, 4 / 3) * pause
            between = min(LOOK_TO_SAVE, think / 2)
            if time.monotonic() + think >= until:
                return
            await asyncio.sleep(think - between)
            path, text = self._thought()
            self.met.note("look", await self._send(path, text, keep=False))
            await asyncio.sleep(between)
            await self._save(path, text)

    def _thought(self) -> tuple[str, str]:
        """A text nobody else writes, in the next row."""
        self.count += 1
        row = self.count % self.rows
        return f"indicators[{row}].name", f"清运{self.number}号点第{self.count}批垃圾"

    async def _save(self, path: str, text: str) -> None:
        batch = f"{self.number}-{self.count}"
        for wait in (*RETRY_AFTER, 0):
            answer = await self._send(path, text, batch=batch)
            self.met.note("save", answer)
            if answer.status == 200:
                self.lock = json.loads(answer.body)["lock_version"]
                self.typed[path] = text
                self.batches.append(batch)
                return
            if 0 < answer.status < 500:
                await self.open()
                return
            await asyncio.sleep(wait)

    async def _send(self, path: str, text: str, **more: object) -> Answer:
        operation = {"type": "write", "path": path, "text": text}
        content = {"lock_version": self.lock, "operations": [operation], **more}
        return await self.browser.send(
            f"/filings/{self.filing}/edit", json.dumps(content, ensure_ascii=False).encode()
        )

    async def hand_in(self) -> None:
        answer = await self.browser.post(
            f"/filings/{self.filing}/act", action="submit", lock_version=str(self.lock)
        )
        self.met.note("submit", answer)
        self.handed_in += answer.status == 302
        self.met.note("page", await self.browser.get(f"/filings/{self.filing}"))


def run(plan: dict[str, Any]) -> dict[str, Any]:
    return asyncio.run(_day(plan))


async def _day(plan: dict[str, Any]) -> dict[str, Any]:
    clerks = [Clerk(number, plan) for number in range(len(plan["clerks"]))]
    gate = asyncio.Semaphore(SIGNING_IN_AT_ONCE)
    seconds = plan["seconds"]

    async def arrive(clerk: Clerk) -> None:
        async with gate:
            await clerk.sign_in()

    windows = {"sign-in": await _window(plan, clerks, arrive)}
    for pause in plan["pauses"]:
        windows[f"pause {pause:g} s"] = await _window(plan, clerks, _typing(pause, seconds))

    async def last_minute(clerk: Clerk) -> None:
        await asyncio.sleep(clerk.random.uniform(0, seconds / 6))
        await clerk.hand_in()

    windows["handing in"] = await _window(plan, clerks, last_minute)
    for clerk in clerks:
        clerk.browser.close()
    return {
        "windows": windows,
        "opened": sum(clerk.browser.opened for clerk in clerks),
        "reopened": sum(clerk.browser.reopened for clerk in clerks),
        "clerks": [
            {
                "filing": clerk.filing,
                "typed": clerk.typed,
                "batches": clerk.batches,
                "handed_in": clerk.handed_in,
            }
            for clerk in clerks
        ],
    }


def _typing(pause: float, seconds: float) -> Work:
    until = time.monotonic() + seconds

    async def work(clerk: Clerk) -> None:
        await asyncio.sleep(clerk.random.uniform(0, min(pause or 1, seconds / 3)))
        if pause or not clerk.lock:  # without pause the page that is open goes on
            await clerk.browser.open_a_spare()
            await clerk.open()
        await clerk.type(pause, until)

    return work


async def _window(plan: dict[str, Any], clerks: list[Clerk], work: Work) -> dict[str, Any]:
    """Everybody at once; what was met in this time, and what it cost whom."""
    for clerk in clerks:
        clerk.met = Met()
    before, began = _used(plan), time.monotonic()
    await asyncio.gather(*(work(clerk) for clerk in clerks))
    lasted, after = time.monotonic() - began, _used(plan)
    seconds: dict[str, list[float]] = defaultdict(list)
    statuses: Counter[str] = Counter()
    for clerk in clerks:
        statuses.update(clerk.met.statuses)
        for kind, found in clerk.met.seconds.items():
            seconds[kind] += found
    return {
        "lasted": lasted,
        "cores": {name: (after[name] - before[name]) / lasted for name in after},
        "statuses": statuses,
        "faults": [fault for clerk in clerks for fault in clerk.met.faults],
        "seconds": seconds,
    }


def _used(plan: dict[str, Any]) -> dict[str, float]:
    """CPU seconds so far: of this process, of the trees named in the plan, and of all others."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    found = {name: _of_tree(pid) for name, pid in plan["processes"].items()}
    found["clerks"] = own.ru_utime + own.ru_stime
    return found | {"others": _of_machine() - sum(found.values())}


def _of_machine() -> float:
    """Everything but idle time and waiting for disks (Linux)."""
    try:
        user, nice, system, _, _, *rest = map(int, _STAT.read_text().split("\n")[0].split()[1:9])
    except OSError:
        return 0.0
    return (user + nice + system + sum(rest)) / 100


def _of_tree(pid: int) -> float:
    try:
        said = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        tasks = list(Path(f"/proc/{pid}/task").glob("*"))
        below = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:  # gone meanwhile, or no Linux
        return 0.0
    return sum(map(int, said[11:15])) / 100 + sum(_of_tree(int(child)) for child in below)

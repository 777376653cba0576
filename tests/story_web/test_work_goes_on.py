"""Whoever does what takes long is killed in the middle of it: all is done once, nothing twice.

Through the real command: the queue's processes, the queue as a whole, the one above it, and in
the end everybody at once, as when the power fails.
"""

import json
import os
import signal
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.story_web.person import Person
from tests.story_web.server import Server, until
from tests.web.conftest import SAMPLE

pytestmark = pytest.mark.xdist_group("work")
FILES = 12
_ENDS = ("job.done", "job.failed")


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("busy"))
    made.start()
    yield made
    made.stop()
    made.kill()


def kill_children(server: Server) -> None:
    """The processes that do the work, and those that hand it out."""
    everyone = server.background_workers()
    _kill(everyone[1:])


def kill_queue(server: Server) -> None:
    _kill(server.background_workers())


def kill_watchman(server: Server) -> None:
    """The one above the queue; the queue ends with it, and both are begun again."""
    _kill([pid for pid, line in server.children().items() if "jixiao_worker" in line])


def kill_everybody(server: Server) -> None:
    server.kill()
    server.start()


def _kill(processes: list[int]) -> None:
    assert processes
    for pid in processes:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize(
    "kill",
    [kill_children, kill_queue, kill_watchman, kill_everybody],
    ids=lambda one: one.__name__,
)
def test_an_import_is_finished_whoever_is_killed(busy: Server, kill: Callable[[Server], None]):
    clerk = Person(busy.url, "taole")

    def files(batch: int, *states: str) -> int:
        wanted = ", ".join(f"'{state}'" for state in states)
        return int(
            busy.value(
                "SELECT count(*) FROM filings_receivedfile "
                f"WHERE batch_id = ? AND status IN ({wanted})",
                batch,
            )
        )

    for turn in range(5):
        batch = handed_in(busy, clerk, name=f"{kill.__name__}-{turn}")
        until(lambda batch=batch: files(batch, "read") >= 1, "the first file is read")
        if files(batch, "read") < FILES:
            break  # in the middle; a busy machine may have looked too late
    assert files(batch, "read") < FILES, "too quick to be killed in the middle"
    kill(busy)
    until(lambda: files(batch, "read") == FILES, "every file is read")
    until(lambda: state_of(busy, batch) == "done", "the job says so")
    forms, documents = busy.rows(
        "SELECT count(*), count(DISTINCT r.document_id) FROM filings_readform r "
        "JOIN filings_receivedfile f ON f.document_id = r.document_id WHERE f.batch_id = ?",
        batch,
    )[0]
    assert (forms, documents) == (16 * FILES, FILES)
    assert ends_of(busy, batch) == ["job.done"]
    assert clerk.get(f"/imports/{batch}").text.count(f"读出 {16 * FILES} 张表") == 1
    busy.log_is_whole()


def state_of(server: Server, batch: int) -> str:
    return str(server.value("SELECT state FROM filings_job WHERE key = ?", f"import:{batch}"))


def ends_of(server: Server, batch: int) -> list[str]:
    """How the batch's job ended, as the log tells it."""
    pk = server.value("SELECT id FROM filings_job WHERE key = ?", f"import:{batch}")
    told = server.rows("SELECT code, payload FROM workflow_event WHERE code IN (?, ?)", *_ENDS)
    return [code for code, payload in told if json.loads(payload)["job"] == pk]


def handed_in(server: Server, clerk: Person, *, name: str) -> int:
    """A folder of files, each with sixteen forms and unlike every other."""
    text = Path(SAMPLE).read_bytes()
    mark = uuid.uuid4().hex
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="year"\r\n\r\n2022\r\n'.encode()]
    for number in range(FILES):
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="files"; '
            f'filename="{name}-{number}.txt"\r\nContent-Type: text/plain\r\n\r\n'
        )
        parts.append(head.encode() + text + f"\n{name} {number}\n".encode() + b"\r\n")
    body = b"".join(parts) + f"--{mark}--\r\n".encode()
    told = clerk.hand_in(
        "/documents/upload", body, f"multipart/form-data; boundary={mark}", len(body)
    )
    assert told.status == 302, told.text
    return int(told.location.rsplit("/", 1)[1])

"""What is as large as may be, larger than may be, and no room left: said, and nothing half kept.

The largest file allowed goes in by page and by program; one byte more is refused by both, before
it stands in anybody's memory.
"""

import io
import sqlite3
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from jixiao.official.convert import convert
from jixiao.pipeline import read
from tests.story_web.person import Person, Told
from tests.story_web.server import Server, until
from tests.story_web.test_nothing_is_lost import drafts
from tests.web.conftest import SAMPLE

pytestmark = pytest.mark.xdist_group("too-much")
LIMIT = 50 << 20
_BLOCK = 1 << 20
#: What a web worker may grow by while somebody sends what is refused.
_ROOM = 24 << 20


@pytest.fixture(scope="module")
def roomy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """On SQLite, where one writer waits two seconds for another, and no longer."""
    data = tmp_path_factory.mktemp("roomy")
    made = Server(data, f"sqlite:///{data}/own.sqlite3?timeout=2")
    made.start()
    yield made
    made.stop()
    made.kill()


@pytest.fixture(scope="module")
def clerk(roomy: Server) -> Person:
    return Person(roomy.url, "taole")


def document_of(size: int) -> bytes:
    """A Word file with one form and a picture, of exactly this many bytes."""
    made = convert(read(SAMPLE).forms[:1], "docx").content

    def padded(length: int) -> bytes:
        stream = io.BytesIO(made)
        with zipfile.ZipFile(stream, "a", zipfile.ZIP_STORED) as archive:
            archive.writestr("word/media/image9.bin", b"\x89PNG" + b"\0" * length)
        return stream.getvalue()

    whole = padded(size - len(padded(0)))
    assert len(whole) == size
    return whole


def by_page(person: Person, head: bytes, zeros: int = 0) -> Told:
    return _handed_in(person, "/documents/upload", "files", head, zeros)


def by_program(person: Person, head: bytes, zeros: int = 0) -> Told:
    return _handed_in(person, "/api/v1/documents", "file", head, zeros)


def _handed_in(person: Person, path: str, field: str, head: bytes, zeros: int) -> Told:
    mark = uuid.uuid4().hex
    opening = (
        f'--{mark}\r\nContent-Disposition: form-data; name="agency"\r\n\r\n'
        f"{'055001' if 'api' in path else ''}\r\n"
        f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="大.docx"\r\n\r\n'
    ).encode()
    ending = f"\r\n--{mark}--\r\n".encode()

    def pieces() -> Iterator[bytes]:
        yield opening + head
        for _ in range(zeros // _BLOCK):
            yield bytes(_BLOCK)
        yield bytes(zeros % _BLOCK) + ending

    length = len(opening) + len(head) + zeros + len(ending)
    return person.hand_in(path, pieces(), f"multipart/form-data; boundary={mark}", length)


def peak(server: Server) -> int:
    """The most memory any web worker has ever had, in bytes."""
    found = []
    for pid in server.web_workers():
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        found += [int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM")]
    return max(found)


def kept(server: Server) -> list[str]:
    places = (server.data / "uploads").rglob("*")
    return sorted(str(path) for path in places if path.is_file())


@pytest.mark.parametrize("send", [by_page, by_program])
def test_a_byte_too_much_is_refused_and_stands_in_no_memory(roomy: Server, clerk: Person, send):
    send(clerk, b"PK\x03\x04", 3 << 20)  # both ways have been gone once
    before, files = peak(roomy), kept(roomy)
    told = send(clerk, b"PK\x03\x04", LIMIT - 3)
    assert told.status == 413
    assert "超过 50 MB" in told.text
    far = send(clerk, b"PK\x03\x04", LIMIT + (12 << 20))
    assert (far.status, "超过 50 MB" in far.text) == (413, True)
    assert peak(roomy) - before < _ROOM
    assert kept(roomy) == files


@pytest.mark.parametrize("send", [by_page, by_program])
def test_the_largest_file_is_taken_and_read(roomy: Server, clerk: Person, send):
    content = document_of(LIMIT) if send is by_page else document_of(LIMIT - 1)
    told = send(clerk, content)
    assert told.status in (201, 302), told.text
    size = len(content)
    state = "SELECT status FROM filings_document WHERE size = ?"
    until(lambda: roomy.value(state, size) in ("read", "partial"), "the file is read")


def test_a_locked_database_is_said_and_what_was_typed_is_kept(roomy: Server, clerk: Person):
    pk = drafts(roomy)[0]
    lock = roomy.value("SELECT lock_version FROM filings_filing WHERE id = ?", pk)
    write = {"type": "write", "path": "narrative.goal", "text": "数据库锁着的时候写的目标"}
    asked = {"lock_version": lock, "operations": [write], "batch": "ef56"}
    form = {"lock_version": lock, "action": "withdraw", "opinion": "今年不办了，改到明年。"}
    with closing(sqlite3.connect(roomy.data / "own.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        script = clerk.send(f"/filings/{pk}/edit", asked)
        program = clerk.send(f"/api/v1/filings/{pk}/actions", form)
        page = clerk.post(f"/filings/{pk}/act", **form)
        assert clerk.get(f"/filings/{pk}").status == 200  # reading goes on
        other.execute("ROLLBACK")
    assert [one.status for one in (script, program, page)] == [503] * 3
    assert script.data["code"] == program.data["code"] == "unavailable"
    assert all("数据库正忙" in one.text for one in (script, program, page))
    assert "今年不办了，改到明年。" in page.text
    assert roomy.value("SELECT state FROM filings_filing WHERE id = ?", pk) == "draft"
    assert clerk.send(f"/filings/{pk}/edit", asked).status == 200  # sent again, it is kept
    assert "数据库锁着的时候写的目标" in roomy.value(
        "SELECT form FROM filings_revision WHERE filing_id = ?", pk
    )
    roomy.log_is_whole()

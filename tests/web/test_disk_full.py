"""No room on the server's disk: it is said, nothing is half written, and the same may be sent again.

SQLite is really full here: its database may not grow by a page. PostgreSQL's word for it is given
by hand, where the save writes its event.
"""

import errno
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection

from jixiao.web.filings.models import Batch, Document, Filing, Revision
from jixiao.web.workflow.chain import verify
from jixiao.web.workflow.models import Event
from tests.web.api import V1, Program
from tests.web.handing_in import TEXT, own_storage

__all__ = ["own_storage"]

WORDS = "磁盘满的时候写的很长的内容。" * 400
LONG = [
    {"type": "write", "path": f"indicators[{row}].{cell}", "text": WORDS}
    for row in range(5)
    for cell in ("name", "target")
]


@contextmanager
def no_room():
    """The database may not grow any more, as long as this lasts."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
            yield
            cursor.execute("PRAGMA max_page_count = 1073741823")
        return

    def refuse(**_):
        fault = OperationalError("could not extend file: No space left on device")
        fault.__cause__ = DiskFull()
        raise fault

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jixiao.web.workflow.filing.write_event", refuse)
        yield


class DiskFull(Exception):
    sqlstate = "53100"


def state(filing):
    found = Filing.objects.values_list("state", "lock_version").get(pk=filing.pk)
    return found, Revision.objects.get(filing=filing).form, Event.objects.count()


def test_a_save_says_so_and_may_be_sent_again(signed_in, a_filing):
    filing = a_filing(12)
    browser = signed_in("taole")
    browser.raise_request_exception = False
    browser.get(f"/filings/{filing.pk}")  # the session is written once
    asked = {"lock_version": filing.lock_version, "operations": [*LONG], "batch": "b1"}
    before = state(filing)

    def save():
        return browser.post(f"/filings/{filing.pk}/edit", asked, content_type="application/json")

    with no_room():
        told = save()
    assert told.status_code == 503, told.content
    assert told.json()["code"] == "unavailable"
    assert told.json()["message"] == "服务器磁盘已满，请通知系统管理员清理。"
    assert told.headers["Retry-After"]
    assert state(filing) == before
    assert save().status_code == 200
    assert Revision.objects.get(filing=filing).form.count(WORDS) > 9
    assert list(verify()) == []


def test_a_plain_form_shows_what_was_typed(signed_in, a_filing):
    filing = a_filing(12)
    browser = signed_in("taole")
    browser.raise_request_exception = False
    browser.get(f"/filings/{filing.pk}")
    typed = {"lock_version": filing.lock_version, **{one["path"]: one["text"] for one in LONG}}
    before = state(filing)
    with no_room():
        told = browser.post(
            f"/filings/{filing.pk}/form", urlencode(typed),
            content_type="application/x-www-form-urlencoded",
        )  # fmt: skip
    page = told.content.decode()
    assert told.status_code == 503
    assert "磁盘已满" in page
    assert page.count(WORDS) > 9  # shown, and sent again by the button
    assert state(filing) == before


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_an_upload_by_program_keeps_nothing(county, monkeypatch, own_storage, number):
    def full(_descriptor):
        raise OSError(number, "No space left on device")

    monkeypatch.setattr("jixiao.web.filings.documents.os.fsync", full)
    program = Program("taole")
    sent = {"file": SimpleUploadedFile("附件2.txt", TEXT), "agency": "055001"}
    answer = program.client.post(f"{V1}/documents", sent)
    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
    assert not Document.objects.exists()
    assert not Batch.objects.exists()
    assert [path for path in own_storage.rglob("*") if path.is_file()] == []

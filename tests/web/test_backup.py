"""A backup restores everything, and refuses what it should not touch."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import override_settings

from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency
from jixiao.web.config.backup import BackupFault, owned, restore, take
from jixiao.web.filings.models import Document, Filing, Revision
from jixiao.web.workflow.chain import verify
from jixiao.web.workflow.models import Event

PDF = b"%PDF-1.7 something"


@pytest.fixture
def storage(tmp_path):
    where = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "uploads")},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=where):
        yield tmp_path / "uploads"


def empty_database():
    """Rows go in the order that references allow."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ", ".join(f'"{model._meta.db_table}"' for model in owned())
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"TRUNCATE {names} CASCADE")
            return
    for model in reversed(owned()):
        if model is Agency:
            for one in Agency.objects.order_by("-path"):
                one.delete()
        model._default_manager.all().delete()


@pytest.fixture
def backed_up(a_filing, storage):
    filing = a_filing()
    Document.objects.create(
        agency=filing.agency, uploaded_by=User.objects.get(username="taole"), name="附件.pdf",
        media_type="application/pdf", size=len(PDF), sha256="0" * 64,
        content=ContentFile(PDF, name="附件.pdf"),
    )  # fmt: skip
    stream = io.BytesIO()
    taken = take(stream)
    assert taken.files == 1
    return stream.getvalue(), filing


def test_everything_comes_back(backed_up, storage):
    content, filing = backed_up
    before = {
        "event": Event.objects.values().get(filing=filing),
        "revision": Revision.objects.values().get(filing=filing),
        "people": list(User.objects.order_by("pk").values()),
        "tree": list(Agency.objects.order_by("pk").values()),
    }
    (kept,) = [path for path in storage.rglob("*") if path.is_file()]
    kept.unlink()
    empty_database()
    restore(io.BytesIO(content))
    assert before == {
        "event": Event.objects.values().get(filing_id=filing.pk),
        "revision": Revision.objects.values().get(filing_id=filing.pk),
        "people": list(User.objects.order_by("pk").values()),
        "tree": list(Agency.objects.order_by("pk").values()),
    }
    assert kept.read_bytes() == PDF
    assert not list(verify())
    User.objects.create_user(username="next", full_name="下一个", password=None)  # keys count on


def test_a_full_database_is_left_alone(backed_up):
    content, filing = backed_up
    with pytest.raises(BackupFault, match="已有数据"):
        restore(io.BytesIO(content))
    assert Filing.objects.filter(pk=filing.pk).exists()


def test_a_damaged_backup_writes_nothing(backed_up):
    content, _ = backed_up
    empty_database()
    with pytest.raises(BackupFault, match="不是完整的备份"):
        restore(io.BytesIO(content[:200]))
    bent = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(bent, "w") as new:
        for name in old.namelist():
            changed = name.endswith("revision.jsonl")
            new.writestr(
                name, old.read(name).replace("指标".encode(), b"x") if changed else old.read(name)
            )
    with pytest.raises(BackupFault, match="与清单不符"):
        restore(bent)
    assert not Filing.objects.exists()


def test_a_file_that_is_gone_from_the_disk_is_named(backed_up, storage):
    Document.objects.get().content.delete(save=False)
    again = Document.objects.get()
    taken = take(io.BytesIO())
    assert (taken.files, taken.missing) == (0, (again.name,))


def test_what_is_large_is_taken_and_put_back_in_pieces(a_filing, storage, monkeypatch):
    filing = a_filing()
    content = bytes(range(256)) * 40_000  # ten pieces
    Document.objects.create(
        agency=filing.agency, uploaded_by=User.objects.get(username="taole"), name="大.pdf",
        media_type="application/pdf", size=len(content), sha256="0" * 64,
        content=ContentFile(content, name="大.pdf"),
    )  # fmt: skip
    monkeypatch.setattr("jixiao.web.config.backup._BATCH", 3)
    stream = io.BytesIO()
    taken = take(stream)
    empty_database()
    assert restore(stream).rows == taken.rows
    with Document.objects.get().content.open() as kept:
        assert kept.read() == content

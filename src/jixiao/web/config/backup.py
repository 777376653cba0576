"""One file that holds everything: all rows as JSON lines, all uploaded files, a manifest.

The same file restores on either database: a county may move from SQLite to PostgreSQL with it. A
backup is taken in one transaction, so that it is one moment; a restore wants an empty database,
and checks sums and the chain of events afterwards.
"""

import hashlib
import json
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.apps import apps
from django.core import serializers
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, models, transaction
from msgspec import Struct

from jixiao.web.filings.counting import recount_sums
from jixiao.web.filings.models import Document, Subtotal
from jixiao.web.workflow.chain import verify
from jixiao.web.workflow.models import RoundTotal
from jixiao.web.workflow.round_totals import recount_rounds

_FORMAT = "jixiao.backup/1"
_APPS = ("accounts", "agencies", "filings", "workflow")
_ROWS, _FILES, _MANIFEST = "rows/", "files/", "manifest.json"
#: Rows and bytes that stand in memory at once; a county's uploads are larger than any memory.
_BATCH, _PIECE = 500, 1 << 20


class Taken(Struct, frozen=True):
    """What a backup holds; `missing` are files the records name that are not on the disk."""

    rows: int
    files: int
    missing: tuple[str, ...] = ()


class BackupFault(ValueError):
    """A backup that cannot be restored; the message says why and what to do."""


def take(stream: BinaryIO) -> Taken:
    """Write everything the system owns into one zip file."""
    with _one_moment():
        return _taken(stream)


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read within is of one moment, and nobody who writes meanwhile waits for it."""
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    usual = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # has no types
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = usual  # type: ignore[attr-defined]  # as above


def _taken(stream: BinaryIO) -> Taken:
    sums: dict[str, str] = {}
    missing: list[str] = []
    rows = files = 0
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for model in owned():
            name = f"{_ROWS}{model._meta.label_lower}.jsonl"
            count, sums[name] = _put(package, name, _lines(model))
            rows += count
        for document in Document.objects.order_by("pk").iterator():
            place = document.content.name or ""
            name = f"{_FILES}{place}"
            if name in sums:
                continue
            if not default_storage.exists(place):
                missing.append(document.name)
                continue
            with default_storage.open(place) as kept:
                _, sums[name] = _put(package, name, kept.chunks(_PIECE))
            files += 1
        manifest = {"format": _FORMAT, "sums": sums, "migrations": applied()}
        package.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return Taken(rows, files, tuple(missing))


def _put(package: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> tuple[int, str]:
    """Write one part piece by piece: how many pieces, and their sum."""
    digest, count = hashlib.sha256(), 0
    with package.open(name, "w", force_zip64=True) as part:
        for piece in pieces:
            part.write(piece)
            digest.update(piece)
            count += 1
    return count, digest.hexdigest()


def restore(stream: BinaryIO) -> Taken:
    """Fill an empty database from a backup. Raises BackupFault; then nothing was written."""
    try:
        package = zipfile.ZipFile(stream)
        manifest = json.loads(package.read(_MANIFEST))
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError) as error:
        raise BackupFault(f"这不是完整的备份文件（{error}），请换一份备份。") from None
    _refuse_unfit(manifest, package)
    with transaction.atomic():
        rows = sum(_load(model, package) for model in owned())
        _reset_sequences()
        if not Subtotal.objects.exists():  # a backup older than these sums
            recount_sums()
        if not RoundTotal.objects.exists():  # older than control figures
            recount_rounds()
        broken = next(verify(), None)
        if broken is not None:
            raise BackupFault(
                f"备份里的操作日志不完整：{broken.reason}（第 {broken.sequence} 条）。"
            )
        files = _put_files(package)
    return Taken(rows, files)


def owned() -> list[type[models.Model]]:
    """The models of our apps, each after those it refers to."""
    found: list[type[models.Model]] = []
    waiting = [model for name in _APPS for model in apps.get_app_config(name).get_models()]
    while waiting:
        model = waiting.pop(0)
        wanted = {
            field.related_model
            for field in model._meta.get_fields()
            if isinstance(field, models.ForeignKey) and field.related_model is not model
        }
        if wanted & set(waiting):
            waiting.append(model)
        else:
            found.append(model)
    return found


def applied() -> list[str]:
    """The migrations of our apps in this database."""
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(_APPS))
        cursor.execute(
            f"SELECT app, name FROM django_migrations WHERE app IN ({marks}) ORDER BY 1, 2",  # noqa: S608  marks only
            list(_APPS),
        )
        return [f"{app}.{name}" for app, name in cursor.fetchall()]


def _lines(model: type[models.Model]) -> Iterator[bytes]:
    rows = model._default_manager.order_by("pk").iterator(chunk_size=2000)
    for row in rows:
        document = serializers.serialize("python", [row])[0]
        yield f"{json.dumps(document, default=_plain, ensure_ascii=False)}\n".encode()


def _plain(value: object) -> str:
    """Moments with all their digits: the hashes of events are made of them."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _refuse_unfit(manifest: dict[str, Any], package: zipfile.ZipFile) -> None:
    if manifest.get("format") != _FORMAT:
        raise BackupFault(f"备份格式是 {manifest.get('format')}，本程序认识 {_FORMAT}。")
    newer = sorted(set(manifest["migrations"]) - set(applied()))
    if newer:
        raise BackupFault(f"备份来自更新的版本（{newer[0]} 等），请先升级程序再恢复。")
    for model in owned():
        if model._default_manager.exists():
            raise BackupFault("数据库里已有数据。请在空的数据库里恢复，或换一个数据文件夹。")
    for name, wanted in manifest["sums"].items():
        if _sum(package, name) != wanted:
            raise BackupFault(f"备份文件已损坏：{name} 与清单不符，请换一份备份。")


def _sum(package: zipfile.ZipFile, name: str) -> str:
    """The sum of a part, empty where it is missing or damaged."""
    digest = hashlib.sha256()
    try:
        with package.open(name) as part:
            while piece := part.read(_PIECE):
                digest.update(piece)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError):
        return ""
    return digest.hexdigest()


def _load(model: type[models.Model], package: zipfile.ZipFile) -> int:
    name, count = f"{_ROWS}{model._meta.label_lower}.jsonl", 0
    if name not in package.namelist():
        return 0
    with package.open(name) as part:
        while lines := list(islice(part, _BATCH)):
            documents = [json.loads(line) for line in lines]
            batch = [one.object for one in serializers.deserialize("python", documents)]
            # Trees refer to rows of their own table: parents have smaller keys, so order is enough.
            model._default_manager.bulk_create(batch)
            _keep_times(model, documents)
            count += len(batch)
    return count


def _keep_times(model: type[models.Model], documents: list[dict[str, Any]]) -> None:
    """`auto_now_add` would write the moment of the restore; the true one is put back."""
    stamped = [
        field.name for field in model._meta.concrete_fields if getattr(field, "auto_now_add", False)
    ]
    if not stamped:
        return
    for document in documents:
        values = {name: document["fields"][name] for name in stamped}
        model._default_manager.filter(pk=document["pk"]).update(**values)


def _reset_sequences() -> None:
    """PostgreSQL counts on from the highest key."""
    statements = connection.ops.sequence_reset_sql(no_style(), owned())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _put_files(package: zipfile.ZipFile) -> int:
    count = 0
    for name in package.namelist():
        if not name.startswith(_FILES):
            continue
        place = Path(default_storage.path(name.removeprefix(_FILES)))
        place.parent.mkdir(parents=True, exist_ok=True)
        with package.open(name) as part, place.open("wb") as kept:
            shutil.copyfileobj(part, kept, _PIECE)
        count += 1
    return count

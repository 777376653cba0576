"""One file that holds everything: all rows as JSON lines, all uploaded files, a manifest.

The same file restores on either database: a county may move from SQLite to PostgreSQL with it. A
backup is taken in one transaction, so that it is one moment; a restore wants an empty database,
and checks sums and the chain of events afterwards.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.apps import apps
from django.core import serializers
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, models, transaction
from msgspec import Struct

from jixiao.web.filings.models import Document
from jixiao.web.workflow.chain import verify

_FORMAT = "jixiao.backup/1"
_APPS = ("accounts", "agencies", "filings", "workflow")
_ROWS, _FILES, _MANIFEST = "rows/", "files/", "manifest.json"


class Taken(Struct, frozen=True):
    """What a backup holds."""

    rows: int
    files: int


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
    rows = files = 0
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for model in owned():
            name = f"{_ROWS}{model._meta.label_lower}.jsonl"
            lines = list(_lines(model))
            content = "".join(lines).encode()
            package.writestr(name, content)
            sums[name] = hashlib.sha256(content).hexdigest()
            rows += len(lines)
        for document in Document.objects.order_by("pk").iterator():
            place = document.content.name or ""
            name = f"{_FILES}{place}"
            if name in sums or not default_storage.exists(place):
                continue
            with default_storage.open(place) as kept:
                content = kept.read()
            package.writestr(name, content)
            sums[name] = hashlib.sha256(content).hexdigest()
            files += 1
        manifest = {"format": _FORMAT, "sums": sums, "migrations": applied()}
        package.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return Taken(rows, files)


def restore(stream: BinaryIO) -> Taken:
    """Fill an empty database from a backup. Raises BackupFault; then nothing was written."""
    try:
        package = zipfile.ZipFile(stream)
        manifest = json.loads(package.read(_MANIFEST))
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError) as error:
        raise BackupFault(f"这不是完整的备份文件（{error}），请换一份备份。") from None
    _refuse_unfit(manifest, package)
    contents = {name: package.read(name) for name in manifest["sums"]}
    with transaction.atomic():
        rows = sum(_load(model, contents) for model in owned())
        _reset_sequences()
        broken = next(verify(), None)
        if broken is not None:
            raise BackupFault(
                f"备份里的操作日志不完整：{broken.reason}（第 {broken.sequence} 条）。"
            )
        files = _put_files(contents)
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


def _lines(model: type[models.Model]) -> Iterator[str]:
    rows = model._default_manager.order_by("pk").iterator(chunk_size=2000)
    for row in rows:
        document = serializers.serialize("python", [row])[0]
        yield json.dumps(document, default=_plain, ensure_ascii=False) + "\n"


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
        try:
            found = hashlib.sha256(package.read(name)).hexdigest()
        except (KeyError, zipfile.BadZipFile):
            found = ""
        if found != wanted:
            raise BackupFault(f"备份文件已损坏：{name} 与清单不符，请换一份备份。")


def _load(model: type[models.Model], contents: dict[str, bytes]) -> int:
    name = f"{_ROWS}{model._meta.label_lower}.jsonl"
    lines = contents.get(name, b"").decode().splitlines()
    documents = [json.loads(line) for line in lines if line]
    batch = [one.object for one in serializers.deserialize("python", documents)]
    # Trees refer to rows of their own table: parents have smaller keys, so order is enough.
    model._default_manager.bulk_create(batch, batch_size=500)
    _keep_times(model, documents)
    return len(batch)


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


def _put_files(contents: dict[str, bytes]) -> int:
    count = 0
    for name, content in contents.items():
        if not name.startswith(_FILES):
            continue
        place = Path(default_storage.path(name.removeprefix(_FILES)))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        count += 1
    return count

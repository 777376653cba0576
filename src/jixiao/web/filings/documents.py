"""Files as they were handed in: kept under the hash of their bytes, told by their content.

Bytes are written beside their place and renamed into it, so that a full disk leaves nothing half
behind; the same bytes have one place. What no reader knows is refused with the way out.
"""

import hashlib
import os
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import FileSystemStorage, default_storage
from django.db.models import Q, QuerySet
from msgspec import Struct

from jixiao.foundation.errors import JixiaoError
from jixiao.intake.archive import is_archive
from jixiao.intake.choose import choose, open_document
from jixiao.intake.document import SourceFile
from jixiao.intake.problem import Problem
from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.models import in_subtree
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import Document, Job
from jixiao.web.filings.selectors import visible_to

ARCHIVE = "application/zip"
#: What this many bytes of an Office or text file hold is read while the person waits.
_SMALL = 600_000
_PATIENT = ("application/pdf", "image/", "application/ofd", ARCHIVE)
#: Those who write drafts see what was handed in for them; others what became a filing.
_OWN = frozenset({RoleCode.PREPARER, RoleCode.UNIT_HEAD})


class Kept(Struct, frozen=True):
    """Bytes in the storage: their hash, how many, and under which name."""

    digest: str
    size: int
    name: str


class TooLarge(JixiaoError):
    """More bytes than one file may have; nothing of it was kept."""


def keep(chunks: Iterable[bytes], *, folder: str, most: int) -> Kept:
    """Write bytes into the storage. Raises OSError when the disk is full, and TooLarge."""
    incoming = _place(f"incoming/{uuid.uuid4().hex}.part")
    incoming.parent.mkdir(parents=True, exist_ok=True)
    try:
        with incoming.open("xb") as stream:
            digest, size = _copied(chunks, stream, most)
            stream.flush()
            os.fsync(stream.fileno())
        name = f"{folder}/{digest[:2]}/{digest}"
        final = _place(name)
        final.parent.mkdir(parents=True, exist_ok=True)
        incoming.replace(final)
    except (OSError, TooLarge):
        incoming.unlink(missing_ok=True)
        raise
    return Kept(digest, size, name)


def _copied(chunks: Iterable[bytes], stream: BinaryIO, most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise TooLarge
        digest.update(chunk)
        stream.write(chunk)
    return digest.hexdigest(), size


def content_of(kept: Document | Kept) -> bytes:
    """The bytes as they were handed in."""
    return (_place(kept.name) if isinstance(kept, Kept) else path_of(kept)).read_bytes()


def path_of(stored: Document | Job) -> Path:
    """Where the bytes lie, for streaming them out."""
    file = stored.content if isinstance(stored, Document) else stored.result
    return _place(file.name or "")


def cache_folder() -> Path:
    """Where what can be made again is kept; it may be emptied at any time."""
    return _place("cache")


class Known(Struct, frozen=True):
    """What a file is by its content."""

    media_type: str


def look_at(name: str, content: bytes) -> Known | tuple[Problem, ...]:
    """What the file is, or why it is not taken: an empty one, a locked one, a foreign format."""
    source = SourceFile(name=name, content=content)
    if is_archive(name, content):
        return Known(ARCHIVE)
    reader = choose(source) if content.strip() else None
    if reader is not None:
        return Known(reader.media_type)
    return open_document(source).problems


def is_quick(media_type: str, size: int) -> bool:
    """Whether reading it takes no longer than a page does."""
    return size <= _SMALL and not media_type.startswith(_PATIENT)


def documents_of(actor: Actor) -> "QuerySet[Document]":
    """The documents the actor may see."""
    within = Q(revision__filing__in=visible_to(actor))
    for post in actor.posts:
        if post.role in _OWN:
            within |= in_subtree("agency__path", post.path)
    return Document.objects.filter(within).select_related("agency", "uploaded_by").distinct()


def document_of(actor: Actor, pk: int) -> Document | None:
    """One document, None where the actor cannot see it or there is none."""
    return documents_of(actor).filter(pk=pk).first()


def _place(name: str) -> Path:
    storage = default_storage
    assert isinstance(storage, FileSystemStorage)
    return Path(storage.path(name))

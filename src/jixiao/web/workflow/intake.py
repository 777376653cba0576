"""Files come in: each is stored and told by its content, small ones are read at once.

Nothing stops the rest: every file has its own outcome. The rows are written in one transaction
when all bytes are safely on the disk; a crash before that leaves nothing but unnamed bytes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from msgspec import Struct

from jixiao.lifecycle.journey import DRAFT
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor, Post
from jixiao.web.filings.documents import (
    Kept,
    Known,
    TooLarge,
    content_of,
    is_quick,
    keep,
    look_at,
)
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Batch, Document, Job, ReceivedFile
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.filing import NotYours
from jixiao.web.workflow.jobs import start

_MEGABYTE = 1 << 20


class Upload(Struct, frozen=True):
    """One file as it arrives: its name, and its bytes in pieces. None: it was cut as too large."""

    name: str
    chunks: Iterable[bytes] | None


class Received(Struct, frozen=True):
    """The batch, and the job that reads it where it was not read at once."""

    batch: Batch
    job: Job | None


class Taken(Struct, frozen=True, kw_only=True):
    """A file on the disk with what it is, or why it was not taken."""

    name: str
    kept: Kept | None = None
    media_type: str = ""
    problems: tuple[dict[str, str], ...] = ()


def posts_to_prepare(actor: Actor) -> list[Post]:
    """The places the actor may hand in for, deepest first."""
    turn = county_journey().stage.state(DRAFT).turn
    found = {post.path: post for post in actor.posts if post.role in turn}
    return sorted(found.values(), key=lambda post: (-len(post.path), post.path))


def too_large_words(name: str) -> str:
    """What is said of a file that is larger than it may be."""
    most = settings.LARGEST_UPLOAD // _MEGABYTE
    return f"“{name}”超过 {most} MB，没有接收；请拆成几个文件，或压缩其中的图片后再上传。"


def receive(
    *,
    actor: Actor,
    agency: Agency,
    uploads: Sequence[Upload],
    budget_year: int | None,
    now: datetime,
) -> Received:
    """Store files and read what is small. Raises OSError when the disk is full: nothing is kept."""
    turn = county_journey().stage.state(DRAFT).turn
    if not turn & actor.roles_over(agency.path) or not uploads:
        raise NotYours
    taken = [_take(upload) for upload in uploads]
    batch, rows = _write(actor, agency, taken, budget_year, now)
    waiting = [row for row in rows if row.status == "waiting"]
    if not waiting:
        return Received(batch, None)
    job = start(
        actor=actor,
        agency=agency,
        kind="import",
        key=f"import:{batch.pk}",
        title=f"读取 {batch.name}",
        parameters={"batch": batch.pk},
        now=now,
    )
    return Received(batch, job)


def is_read_at_once(batch: Batch) -> bool:
    """Whether the batch is one small file, read while the person waits."""
    files = list(batch.files.select_related("document")[:2])
    document = files[0].document if len(files) == 1 else None
    return document is not None and is_quick(document.media_type, document.size)


def _take(upload: Upload) -> Taken:
    name = upload.name[-400:]
    too_large = {"code": "INT007", "message": too_large_words(name)}
    if upload.chunks is None:
        return Taken(name=name, problems=(too_large,))
    try:
        kept = keep(upload.chunks, folder="documents", most=settings.LARGEST_UPLOAD)
    except TooLarge:
        return Taken(name=name, problems=(too_large,))
    return as_taken(name, kept)


def as_taken(name: str, kept: Kept) -> Taken:
    """What stored bytes are, by their content."""
    known = look_at(name, content_of(kept))
    if isinstance(known, Known):
        return Taken(name=name, kept=kept, media_type=known.media_type)
    said = tuple({"code": one.code, "message": one.message} for one in known)
    return Taken(name=name, kept=kept, problems=said)


@transaction.atomic
def _write(
    actor: Actor,
    agency: Agency,
    taken: Sequence[Taken],
    budget_year: int | None,
    now: datetime,
) -> tuple[Batch, list[ReceivedFile]]:
    first = taken[0].name.replace("\\", "/").rpartition("/")[2]
    batch = Batch.objects.create(
        agency=agency,
        created_by=actor.user,
        created_at=now,
        budget_year=budget_year,
        name=first if len(taken) == 1 else f"{first} 等 {len(taken)} 个文件",
    )
    rows = add_files(batch, taken, after=0)
    write_event(
        actor=actor,
        agency=agency,
        code="files.received",
        at=now,
        payload={
            "batch": batch.pk,
            "files": [
                {"name": one.name, "sha256": "" if one.kept is None else one.kept.digest}
                for one in taken
            ],
        },
    )
    return batch, rows


def add_files(batch: Batch, taken: Sequence[Taken], *, after: int) -> list[ReceivedFile]:
    """The rows of files behind position `after`; bytes that are here already are named as such."""
    Agency.objects.select_for_update().get(pk=batch.agency_id)  # two at once see one another
    rows = []
    for position, one in enumerate(taken, start=after + 1):
        row = ReceivedFile(
            batch=batch, position=position, name=one.name, problems=list(one.problems)
        )
        if one.kept is not None:
            row.size = one.kept.size
        if one.problems or one.kept is None:
            row.status = "failed"
        else:
            _attach(row, batch, one, one.kept)
        row.save(force_insert=True)
        rows.append(row)
    return rows


def _attach(row: ReceivedFile, batch: Batch, one: Taken, kept: Kept) -> None:
    known = Document.objects.filter(agency=batch.agency_id, sha256=kept.digest).first()
    if known is not None:
        row.document = known
        if known.status == "failed":  # a newer program may read what an older one could not
            known.status = "waiting"
            known.save(update_fields=["status"])
        row.status = "waiting" if known.status == "waiting" else "repeated"
        row.form_count = known.read_forms.count()
        return
    row.document = Document.objects.create(
        agency_id=batch.agency_id,
        uploaded_by_id=batch.created_by_id,
        name=one.name.replace("\\", "/").rpartition("/")[2][:255],
        media_type=one.media_type,
        size=kept.size,
        sha256=kept.digest,
        content=kept.name,
        budget_year=batch.budget_year,
    )

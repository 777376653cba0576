"""Reading the files of a batch, one after the other; where it was broken off, it goes on.

What one file yields is written in one transaction under the claim of the job: a worker killed in
the middle has written all of a file or nothing, and whoever goes on begins with the next.
"""

import logging
import time

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jixiao.form.codec import encode
from jixiao.form.forms import Form
from jixiao.intake.archive import Limits, unpack
from jixiao.intake.document import SourceFile
from jixiao.intake.problem import Problem
from jixiao.intake.read import read_file
from jixiao.intake.result import IntakeResult, Status
from jixiao.web.filings.content import total_in_yuan
from jixiao.web.filings.documents import ARCHIVE, content_of, keep
from jixiao.web.filings.entries import open_doubts
from jixiao.web.filings.jobs import LostClaim, Progress
from jixiao.web.filings.models import Batch, Document, ReadForm, ReceivedFile
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.intake import Taken, add_files, as_taken
from jixiao.web.workflow.jobs_outcome import Outcome

#: After so many seconds a job goes to the end of the queue: others want to get on as well.
_TURN_SECONDS = 120
_MOST_TIMES = 2
_MEGABYTE = 1 << 20
_MOST_PROBLEMS = 50
_log = logging.getLogger(__name__)


def import_files(progress: Progress) -> Outcome:
    """Read what waits in a batch; the rest in a next turn where it takes long."""
    batch = Batch.objects.select_related("agency").get(pk=progress.job.parameters["batch"])
    ends = time.monotonic() + _TURN_SECONDS
    while True:
        row = (
            batch.files.filter(status__in=("waiting", "reading")).select_related("document").first()
        )
        if row is None:
            return _summary(batch)
        if time.monotonic() > ends:
            return Outcome(goes_on=True)
        _one(batch, row, progress)
        total = batch.files.count()
        open_files = batch.files.filter(status__in=("waiting", "reading")).count()
        progress.step(row.name, total - open_files, total)


def _one(batch: Batch, row: ReceivedFile, progress: Progress) -> None:
    document = row.document
    assert document is not None
    if document.status != "waiting":
        _repeated(row, document, progress)
        return
    if row.attempts >= _MOST_TIMES:
        message = f"“{row.name}”读取时程序两次中断，已跳过；请另存为 .docx 或 .xlsx 后再试。"
        _failed(row, progress, message)
        return
    ReceivedFile.objects.filter(pk=row.pk).update(status="reading", attempts=row.attempts + 1)
    progress.say(row.name)
    if document.media_type == ARCHIVE:
        _unpacked(batch, row, document, progress)
        return

    def pages_done(page: int, pages: int) -> None:
        progress.say(f"{row.name}：第 {page} 页，共 {pages} 页")

    try:
        source = SourceFile(name=document.name, content=content_of(document))
        result = read_file(source, pages_done)
    except (LostClaim, OSError):
        raise
    except Exception:  # noqa: BLE001  the guard of an item: one file must not stop the others
        _log.exception("document %s", document.pk)
        message = f"“{row.name}”读取时程序出错，已记入日志；其他文件不受影响。"
        _failed(row, progress, message)
        return
    _written(row, document, result, progress)


@transaction.atomic
def _written(
    row: ReceivedFile, document: Document, result: IntakeResult, progress: Progress
) -> None:
    """The forms of a document, once, and what became of the file."""
    progress.hold()
    locked = Document.objects.select_for_update().get(pk=document.pk)
    if locked.status != "waiting":  # read in another batch meanwhile
        _repeated(row, locked, progress)
        return
    ReadForm.objects.bulk_create(
        as_read(document, number, form) for number, form in enumerate(result.forms, start=1)
    )
    status = _STATUSES[result.status] if result.forms else "failed"
    if not result.forms and result.status is not Status.FAILED:
        status = "empty"
    locked.status = row.status = status
    locked.problems = row.problems = [_problem(one) for one in result.problems[:_MOST_PROBLEMS]]
    row.form_count = len(result.forms)
    locked.save(update_fields=["status", "problems"])
    row.save(update_fields=["status", "problems", "form_count"])
    write_event(
        actor=None,
        agency=document.agency,
        code="document.read",
        at=timezone.now(),
        payload={
            "document": document.pk,
            "sha256": document.sha256,
            "forms": len(result.forms),
            "problems": len(result.problems),
        },
    )


@transaction.atomic
def _repeated(row: ReceivedFile, document: Document, progress: Progress) -> None:
    """The same bytes were read before: their forms are there already."""
    progress.hold()
    row.status, row.form_count = "repeated", document.read_forms.count()
    row.save(update_fields=["status", "form_count"])


_STATUSES = {Status.COMPLETE: "read", Status.PARTIAL: "partial", Status.FAILED: "failed"}


def as_read(document: Document, number: int, form: Form) -> ReadForm:
    """A form as it waits for its confirmation."""
    name, unit = form.header.project_name, form.header.implementing_unit
    unit = unit or form.header.supervising_department
    text = encode(form).decode()
    return ReadForm(
        document=document,
        number=number,
        name="" if name is None else " ".join(name.raw.split())[:300],
        budget_year=form.budget_year or document.budget_year,
        unit="" if unit is None else " ".join(unit.raw.split())[:200],
        total=total_in_yuan(form),
        indicator_count=len(form.indicators),
        doubtful=len(open_doubts(form, [])),
        original=text,
        form=text,
    )


def _problem(problem: Problem) -> dict[str, str]:
    place = problem.source
    where = "" if place is None or place.page is None else f"第 {place.page} 页"
    return {"code": problem.code, "message": problem.message, "where": where}


def _unpacked(batch: Batch, row: ReceivedFile, archive: Document, progress: Progress) -> None:
    """The files of an archive as files of the batch, behind those there are."""
    largest: int = settings.LARGEST_UPLOAD
    limits = Limits(file_bytes=largest, archive_bytes=10 * largest, files=2000)
    taken: list[Taken] = []
    for found in unpack(archive.name, content_of(archive), limits):
        name = found.name.removeprefix(f"{archive.name}/")[-400:]
        if found.problem is not None:
            said = {"code": found.problem.code, "message": found.problem.message}
            taken.append(Taken(name=name, problems=(said,)))
        else:
            kept = keep([found.content], folder="documents", most=largest)
            taken.append(as_taken(name, kept))
        progress.say(f"解压 {name}")
    with transaction.atomic():
        progress.hold()
        if ReceivedFile.objects.select_for_update().get(pk=row.pk).status == "unpacked":
            return
        last = batch.files.order_by("-position").values_list("position", flat=True)[0]
        add_files(batch, taken, after=last)
        ReceivedFile.objects.filter(pk=row.pk).update(status="unpacked", form_count=0)
        Document.objects.filter(pk=archive.pk).update(status="read")
        write_event(
            actor=None,
            agency=batch.agency,
            code="archive.unpacked",
            at=timezone.now(),
            payload={"document": archive.pk, "files": len(taken)},
        )


@transaction.atomic
def _failed(row: ReceivedFile, progress: Progress, message: str) -> None:
    progress.hold()
    row.status, row.problems = "failed", [{"code": "SYS001", "message": message}]
    row.save(update_fields=["status", "problems"])
    Document.objects.filter(received=row, status="waiting").update(
        status="failed", problems=row.problems
    )


def _summary(batch: Batch) -> Outcome:
    files = batch.files.exclude(status="unpacked")
    forms = sum(files.values_list("form_count", flat=True))
    failed = files.filter(status__in=("failed", "empty")).count()
    words = f"{files.count()} 个文件，读出 {forms} 张表"
    return Outcome(words=f"{words}，{failed} 个没有读出" if failed else words)

"""The list of filings as a file, in the background: what its conditions find when it is written.

Whoever asked is asked again then; a list of a hundred thousand filings is written row by row.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from tempfile import TemporaryFile
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, override

from jixiao.web.agencies.selectors import Actor, actor_of
from jixiao.web.filings.documents import keep
from jixiao.web.filings.jobs import Progress
from jixiao.web.filings.list_file import Cell, name_of, rows, write_csv, write_workbook
from jixiao.web.filings.models import Filing, Job
from jixiao.web.filings.narrowing import narrowed, ordered, state_labels
from jixiao.web.workflow.jobs import start
from jixiao.web.workflow.jobs_outcome import Outcome
from jixiao.web.workflow.leaving import home

FORMATS = ("xlsx", "csv")
_BATCH, _CHUNK = 2000, 1 << 20
_LARGEST = 1 << 31


def start_list(
    *, actor: Actor, words: Mapping[str, str], order: str, to: str, now: datetime
) -> Job:
    """A job that writes the list as it is when the job runs."""
    return start(
        actor=actor,
        agency=home(actor),
        kind="list",
        key=f"list:{actor.user.pk}:{now.isoformat()}:{to}",
        title=f"导出申报列表（{to}）",
        parameters={
            "conditions": dict(words),
            "order": order,
            "to": to,
            "language": get_language() or settings.LANGUAGE_CODE,
        },
        now=now,
    )


def export_list(progress: Progress) -> Outcome:
    """Write the list and keep it for its owner, in the language it was asked for."""
    with override(progress.job.parameters.get("language") or settings.LANGUAGE_CODE):
        return _exported(progress)


def _exported(progress: Progress) -> Outcome:
    asked, today = progress.job.parameters, timezone.localdate()
    actor = actor_of(progress.job.created_by, today)
    found = ordered(narrowed(actor, asked["conditions"]), asked["order"])
    count = found.count()
    told = _told(found.iterator(chunk_size=_BATCH), progress, count)
    lines = rows(told, state_labels())
    chunks = write_csv(lines) if asked["to"] == "csv" else _workbook(lines)
    kept = keep(chunks, folder="exports", most=_LARGEST)
    name = name_of(today, asked["to"])
    return Outcome(words=f"{count} 张表", result=kept.name, result_name=name)


def _told(found: Iterable[Filing], progress: Progress, count: int) -> Iterator[Filing]:
    for number, one in enumerate(found, start=1):
        if number % _BATCH == 0:
            progress.say("写出列表", number, count)
        yield one


def _workbook(lines: Iterable[tuple[Cell, ...]]) -> Iterator[bytes]:
    with TemporaryFile() as stream:
        write_workbook(lines, stream)
        stream.seek(0)
        yield from _chunks(stream)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk

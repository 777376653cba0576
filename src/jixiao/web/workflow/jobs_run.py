"""What a worker does with a job it hears of: take it, do it, say how it ended."""

import logging
import uuid
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from jixiao.web.filings.jobs import MOST_ATTEMPTS, LostClaim, Progress, take
from jixiao.web.filings.models import Job
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.jobs import call
from jixiao.web.workflow.jobs_draft import draft_all
from jixiao.web.workflow.jobs_export import export
from jixiao.web.workflow.jobs_import import import_files
from jixiao.web.workflow.jobs_list import export_list
from jixiao.web.workflow.jobs_outcome import Outcome
from jixiao.web.workflow.jobs_verify import verify_chains

HANDLERS: dict[str, Callable[[Progress], Outcome]] = {
    "import": import_files,
    "export": export,
    "draft": draft_all,
    "list": export_list,
    "verify": verify_chains,
}
_log = logging.getLogger(__name__)


def run(job_id: int) -> str:
    """Do a job, or nothing where it is done or in other hands; the state it is in then."""
    job = take(job_id, uuid.uuid4().hex)
    if job is None:
        return "nothing to do"
    try:
        outcome = HANDLERS[job.kind](Progress(job))
    except LostClaim:
        return "lost"
    except OSError as error:
        _log.exception("job %s", job.pk)
        return _failed(job, f"存储空间或磁盘有问题：{error.strerror or '无法读写'}")
    except Exception as error:  # noqa: BLE001  the guard of a job: one must not stop the worker
        _log.exception("job %s", job.pk)
        return _failed(job, f"程序出错（{type(error).__name__}），已记入日志，请联系系统管理员")
    return _ended(job, outcome)


@transaction.atomic
def _ended(job: Job, outcome: Outcome) -> str:
    mine = Job.objects.filter(pk=job.pk, claim=job.claim, state="running")
    if outcome.goes_on:
        if mine.update(state="waiting", attempts=0, claim="", beat_at=timezone.now()):
            call(job.pk)
        return "waiting"
    now = timezone.now()
    state = "failed" if outcome.reason else "done"
    values = {
        "state": state,
        "words": outcome.words[:300],
        "reason": outcome.reason,
        "result": outcome.result,
        "result_name": outcome.result_name,
        "finished_at": now,
    }
    if not mine.update(**values):
        return "lost"
    payload = {"job": job.pk, "kind": job.kind, "words": outcome.words, "reason": outcome.reason}
    write_event(actor=None, agency=job.agency, code=f"job.{state}", at=now, payload=payload)
    return state


@transaction.atomic
def _failed(job: Job, reason: str) -> str:
    """Try again, or give up and say why."""
    mine = Job.objects.filter(pk=job.pk, claim=job.claim, state="running")
    if job.attempts < MOST_ATTEMPTS:
        if mine.update(state="waiting", reason=reason, claim="", beat_at=timezone.now()):
            call(job.pk)
        return "waiting"
    now = timezone.now()
    if mine.update(state="failed", reason=reason, finished_at=now):
        payload = {"job": job.pk, "kind": job.kind, "reason": reason}
        write_event(actor=None, agency=job.agency, code="job.failed", at=now, payload=payload)
    return "failed"

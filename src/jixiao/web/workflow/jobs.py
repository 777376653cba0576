"""Background work: put into the queue with what it belongs to, revived when a worker died.

The queue's row is written in the transaction that makes the job: there is no job nobody hears
of, and no call for a job that does not exist. A call that comes twice finds the job taken.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.jobs import OPEN, stale_jobs
from jixiao.web.filings.models import Job
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.queue import every_minutes, soon

_RUN = "jixiao.web.workflow.jobs_run.run"
_REVIVE = "jixiao.web.workflow.jobs.revive"
_REVIVE_MINUTES = 1


@transaction.atomic
def start(
    *,
    actor: Actor,
    agency: Agency,
    kind: str,
    key: str,
    title: str,
    parameters: dict[str, Any],
    now: datetime,
) -> Job:
    """A new job; the one there is where the same work was asked for before."""
    job, is_new = Job.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "title": title[:300],
            "agency": agency,
            "created_by": actor.user,
            "created_at": now,
            "parameters": parameters,
        },
    )
    if is_new:
        write_event(
            actor=actor,
            agency=agency,
            code="job.started",
            at=now,
            payload={"job": job.pk, "kind": kind, "title": job.title},
        )
        call(job.pk)
    elif job.state == "failed":  # asked for again: tried again
        retry(actor=actor, job=job, now=now)
        job.refresh_from_db()
    return job


@transaction.atomic
def retry(*, actor: Actor, job: Job, now: datetime) -> bool:
    """Begin a failed job again; whether it had failed."""
    fresh = {"state": "waiting", "attempts": 0, "reason": "", "finished_at": None, "beat_at": None}
    if not Job.objects.filter(pk=job.pk, state="failed").update(**fresh):
        return False
    write_event(actor=actor, agency=job.agency, code="job.retried", at=now, payload={"job": job.pk})
    call(job.pk)
    return True


def call(job_id: int) -> None:
    """Tell the workers that there is something to do."""
    soon(_RUN, job_id, f"job-{job_id}")


def revive() -> int:
    """Call for every job whose worker fell silent; how many there were."""
    silent = list(stale_jobs().values_list("pk", flat=True))
    for job_id in silent:
        call(job_id)
    return len(silent)


def release() -> int:
    """At the start of the only worker: nobody else has a job, so all open ones are called anew."""
    Job.objects.filter(state="running").update(beat_at=None)
    waiting = list(Job.objects.filter(state__in=OPEN).values_list("pk", flat=True))
    for job_id in waiting:
        call(job_id)
    return len(waiting)


def keep_watch() -> None:
    """Let the queue look for silent jobs every minute."""
    every_minutes("jixiao-revive", _REVIVE, _REVIVE_MINUTES)

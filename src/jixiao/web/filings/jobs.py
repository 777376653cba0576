"""The rows of background work: who sees which, and what a worker says of the one it has.

A worker that was killed stops beating; after a while anybody may take its job. Every write of a
worker names its claim, so that one which was only slow finds out and stops.
"""

import time
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from jixiao.lifecycle.rights import may_read
from jixiao.web.agencies.selectors import Actor, reach
from jixiao.web.filings.models import Job

#: Without a beat for so long, a worker is taken for dead.
LEASE = timedelta(seconds=120)
#: So often a job is begun without getting on before it counts as failed.
MOST_ATTEMPTS = 3
OPEN = ("waiting", "running")
_BEAT_SECONDS = 0.5


class LostClaim(Exception):
    """Another worker has the job now; this one has to stop without writing."""


class Progress:
    """What a worker tells of its job, not more often than anybody looks."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._next = 0.0

    def say(self, words: str, done: int | None = None, total: int | None = None) -> None:
        """How far the job is; a worker may say so as often as it likes. Raises LostClaim."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _BEAT_SECONDS
            self._write({"words": words[:300]}, done, total)

    def step(self, words: str, done: int, total: int) -> None:
        """A part is finished for good: attempts are counted from here. Raises LostClaim."""
        self._write({"words": words[:300], "attempts": 0}, done, total)

    def hold(self) -> None:
        """Lock the row within the caller's transaction. Raises LostClaim."""
        held = Job.objects.select_for_update().filter(pk=self.job.pk, claim=self.job.claim)
        if not held.filter(state="running").exists():
            raise LostClaim

    def _write(self, values: dict[str, object], done: int | None, total: int | None) -> None:
        if done is not None:
            values["done"] = done
        if total is not None:
            values["total"] = total
        mine = Job.objects.filter(pk=self.job.pk, claim=self.job.claim, state="running")
        if not mine.update(beat_at=timezone.now(), **values):
            raise LostClaim


@transaction.atomic
def take(job_id: int, claim: str) -> Job | None:
    """Claim a job; None where it is done, in other hands, or was begun too often in vain."""
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    now = timezone.now()
    if job is None or job.state not in OPEN:
        return None
    if job.state == "running" and job.beat_at is not None and job.beat_at > now - LEASE:
        return None
    if job.attempts >= MOST_ATTEMPTS:
        job.state, job.finished_at = "failed", now
        job.reason = job.reason or f"后台程序连续 {MOST_ATTEMPTS} 次没有做完就中断了"
        job.save(update_fields=["state", "reason", "finished_at"])
        return None
    job.state, job.claim, job.beat_at = "running", claim, now
    job.attempts += 1
    job.save(update_fields=["state", "claim", "beat_at", "attempts"])
    return job


def stale_jobs() -> "QuerySet[Job]":
    """Open jobs whose worker has fallen silent, or that nobody has taken up."""
    before = timezone.now() - LEASE
    silent = Q(state="running") & (Q(beat_at=None) | Q(beat_at__lte=before))
    return Job.objects.filter(silent | Q(state="waiting", created_at__lte=before))


def jobs_of(actor: Actor) -> "QuerySet[Job]":
    """The actor's own jobs, and those of the agencies within reach."""
    own = Q(created_by=actor.user)
    if may_read(actor.roles):
        own |= reach(actor, "agency__path")
    return Job.objects.filter(own).select_related("agency", "created_by")


def own_job(actor: Actor, pk: int) -> Job | None:
    """A job the actor started; what it made is for nobody else."""
    return Job.objects.filter(created_by=actor.user, pk=pk).first()

"""Background work: taken once, given up in words, gone on with when its worker was killed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from jixiao.web.filings.jobs import LEASE, MOST_ATTEMPTS, LostClaim, Progress, take
from jixiao.web.filings.models import Document, Job, ReadForm, ReceivedFile
from jixiao.web.workflow import jobs_import, jobs_run
from jixiao.web.workflow.chain import verify
from jixiao.web.workflow.jobs import release, retry, revive
from jixiao.web.workflow.jobs_run import run
from jixiao.web.workflow.models import Event
from tests.web.conftest import NOW
from tests.web.handing_in import TEXT, handed_in, own_storage

__all__ = ["handed_in", "own_storage"]


class Killed(BaseException):
    """As a worker ends that is killed: nothing of ours is run any more."""


def falls_silent(job):
    Job.objects.filter(pk=job.pk).update(beat_at=timezone.now() - LEASE - timedelta(seconds=1))


def test_a_job_is_called_in_the_transaction_that_makes_it(handed_in):
    received = handed_in(("a.txt", TEXT))
    assert received.job.state == "waiting"
    assert OrmQ.objects.count() == 1


def test_a_job_is_done_by_one_worker(handed_in):
    job = handed_in(("a.txt", TEXT)).job
    assert take(job.pk, "first") is not None
    assert take(job.pk, "second") is None
    falls_silent(job)
    assert take(job.pk, "second") is not None
    first = Progress(Job(pk=job.pk, claim="first"))
    with pytest.raises(LostClaim):
        first.step("zu spät", 1, 1)


@pytest.mark.parametrize("where", ["_written", "read_file"])
def test_a_killed_worker_loses_nothing_and_doubles_nothing(handed_in, monkeypatch, where):
    files = [(f"{number}.txt", TEXT + b"\n" * number) for number in range(3)]
    job = handed_in(*files).job
    real, calls = getattr(jobs_import, where), []

    def killed_at_the_second(*given):
        calls.append(1)
        if len(calls) == 2:
            raise Killed
        return real(*given)

    monkeypatch.setattr(jobs_import, where, killed_at_the_second)
    with pytest.raises(Killed):
        run(job.pk)
    assert ReadForm.objects.count() == 16
    assert run(job.pk) == "nothing to do"  # the dead worker's claim still holds
    falls_silent(job)
    assert revive() == 1
    assert run(job.pk) == "done"
    assert ReadForm.objects.count() == 48
    assert set(ReceivedFile.objects.values_list("status", flat=True)) == {"read"}
    assert Event.objects.filter(code="document.read").count() == 3
    assert not list(verify())


def test_a_file_that_kills_its_worker_is_set_aside(handed_in, monkeypatch):
    job = handed_in(("gift.txt", TEXT), ("gut.txt", TEXT + b"\n")).job
    real = jobs_import.read_file

    def deadly(source, pages_done):
        if source.name == "gift.txt":
            raise Killed
        return real(source, pages_done)

    monkeypatch.setattr(jobs_import, "read_file", deadly)
    for _ in range(2):
        with pytest.raises(Killed):
            run(job.pk)
        falls_silent(job)
    assert run(job.pk) == "done"
    outcomes = dict(ReceivedFile.objects.values_list("name", "status"))
    assert outcomes == {"gift.txt": "failed", "gut.txt": "read"}
    assert "两次中断" in ReceivedFile.objects.get(name="gift.txt").problems[0]["message"]


def test_a_fault_of_ours_stops_one_file_only(handed_in, monkeypatch):
    job = handed_in(("a.txt", TEXT), ("b.txt", TEXT + b"\n")).job
    real = jobs_import.read_file

    def faulty(source, pages_done):
        if source.name == "a.txt":
            raise ZeroDivisionError
        return real(source, pages_done)

    monkeypatch.setattr(jobs_import, "read_file", faulty)
    assert run(job.pk) == "done"
    assert dict(ReceivedFile.objects.values_list("name", "status")) == {
        "a.txt": "failed",
        "b.txt": "read",
    }
    assert Document.objects.get(name="a.txt").status == "failed"


def test_a_failed_job_says_why_and_can_be_begun_again(handed_in, monkeypatch, person):
    job = handed_in(("a.txt", TEXT)).job

    def full(_progress):
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(jobs_run.HANDLERS, "import", full)
    assert [run(job.pk) for _ in range(MOST_ATTEMPTS)] == ["waiting", "waiting", "failed"]
    job.refresh_from_db()
    assert "No space left" in job.reason
    monkeypatch.undo()
    assert retry(actor=person("taole"), job=job, now=NOW)
    assert not retry(actor=person("taole"), job=job, now=NOW)
    assert run(job.pk) == "done"


def test_a_new_machine_goes_on_at_once(handed_in):
    job = handed_in(("a.txt", TEXT)).job
    take(job.pk, "gone")
    assert release() == 1
    assert run(job.pk) == "done"


def test_jobs_are_shown_to_those_in_reach(handed_in, signed_in):
    job = handed_in(("a.txt", TEXT)).job
    Job.objects.update(state="failed", reason="磁盘满")
    seen = {
        name: "读取 a.txt" in signed_in(name).get("/jobs").content.decode()
        for name in ("taole", "jixiao", "nongji", "xitong")
    }
    assert seen == {"taole": True, "jixiao": True, "nongji": False, "xitong": False}
    assert "重试" in signed_in("taole").get("/jobs?state=failed").content.decode()
    assert "重试</button>" not in signed_in("jixiao").get("/jobs").content.decode()
    assert signed_in("jixiao").post(f"/jobs/{job.pk}/retry").status_code == 404
    assert signed_in("taole").post(f"/jobs/{job.pk}/retry").status_code == 302
    assert Job.objects.get().state == "waiting"

"""Walking the chains of the log: at once where they are short, in the background otherwise.

What was found and when stays with the job, so that the page of the log shows it without walking.
"""

from datetime import datetime

from django.utils import timezone

from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor, actor_of, agencies_of
from jixiao.web.filings.jobs import Progress
from jixiao.web.filings.models import Job
from jixiao.web.workflow.chain import verify, write_event
from jixiao.web.workflow.jobs import start
from jixiao.web.workflow.jobs_outcome import Outcome
from jixiao.web.workflow.log_file import events_within
from jixiao.web.workflow.log_reading import READERS
from jixiao.web.workflow.models import Event

KIND = "verify"
#: So many events are walked in about a second; more than these nobody waits for.
_AT_ONCE = 20_000
_MOST_BREAKS = 200


def start_verification(*, actor: Actor, now: datetime) -> Job:
    """A new walk over all chains within reach."""
    agency = _place(actor)
    return start(
        actor=actor,
        agency=agency,
        kind=KIND,
        key=f"{KIND}:{agency.pk}:{actor.user.pk}:{now.isoformat()}",
        title="核验操作日志",
        parameters={
            "agencies": list(agencies_of(actor).order_by("path").values_list("pk", flat=True))
        },
        now=now,
    )


def is_quick(actor: Actor) -> bool:
    """Whether a person can wait for it."""
    return bool(events_within(actor).count() <= _AT_ONCE)


def last_verification(actor: Actor) -> Job | None:
    """The newest walk over the chains of this place."""
    return Job.objects.filter(kind=KIND, agency=_place(actor)).order_by("-pk").first()


def verify_chains(progress: Progress) -> Outcome:
    """Walk chain after chain; the breaks are kept with the job."""
    job = progress.job
    agencies: list[int] = job.parameters["agencies"]
    breaks: list[dict[str, object]] = []
    events = 0
    for number, agency in enumerate(agencies, start=1):
        breaks.extend(
            {"agency": agency, "sequence": one.sequence, "reason": one.reason}
            for one in verify(agency)
        )
        events += Event.objects.filter(agency=agency).count()
        progress.say("核验操作日志", number, len(agencies))
    found = {"breaks": breaks[:_MOST_BREAKS], "broken": len(breaks), "events": events}
    Job.objects.filter(pk=job.pk, claim=job.claim).update(parameters={**job.parameters, **found})
    write_event(
        actor=actor_of(job.created_by, timezone.localdate()),
        agency=job.agency,
        code="log.verified",
        at=timezone.now(),
        payload={"breaks": len(breaks)},
    )
    said = f"操作日志有 {len(breaks)} 处不完整" if breaks else f"操作日志完整，共 {events} 条"
    return Outcome(words=said)


def _place(actor: Actor) -> Agency:
    post = next(one for one in actor.posts if one.role in READERS)
    return Agency.objects.get(pk=post.agency_id)

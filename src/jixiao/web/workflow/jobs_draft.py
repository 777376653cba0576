"""The drafts of a whole batch: every form that has no doubtful cell left, begun or linked.

What needs a person (a doubtful cell, a missing year) stays where it is; the words of the job say
how many that were. Going on after a break begins nothing twice: a drafted form names its filing.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from jixiao.web.agencies.selectors import Actor, actor_of
from jixiao.web.filings.jobs import Progress
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Batch, Job, ReadForm
from jixiao.web.workflow.drafting import Drafted, draft, unit_of, units_for
from jixiao.web.workflow.jobs import start
from jixiao.web.workflow.jobs_outcome import Outcome


def open_forms(batch: Batch) -> "QuerySet[ReadForm]":
    """The forms of a batch that are no drafts yet."""
    return ReadForm.objects.filter(document__received__batch=batch, filing=None).distinct()


def ready_forms(batch: Batch) -> "QuerySet[ReadForm]":
    """Those of them that need no person any more."""
    return open_forms(batch).filter(doubtful=0).exclude(budget_year=None)


def start_drafts(*, actor: Actor, batch: Batch, now: datetime) -> Job | None:
    """A job that begins the drafts of what is ready; None where nothing is."""
    ready = sorted(ready_forms(batch).values_list("pk", flat=True))
    if not ready:
        return None
    return start(
        actor=actor,
        agency=batch.agency,
        kind="draft",
        key=f"draft:{actor.user.pk}:{batch.pk}:{len(ready)}:{ready[0]}:{ready[-1]}",
        title=f"建立草稿 {batch.name}",
        parameters={"batch": batch.pk},
        now=now,
    )


def draft_all(progress: Progress) -> Outcome:
    """Begin the filings, one transaction each, with the rights the person has now."""
    batch = Batch.objects.select_related("agency").get(pk=progress.job.parameters["batch"])
    actor = actor_of(progress.job.created_by, timezone.localdate())
    units = units_for(actor)
    home = next((unit for unit in units if unit.pk == batch.agency_id), None)
    if home is None:
        return Outcome(reason="您已没有这个单位的填报任务")
    ready = list(ready_forms(batch).order_by("document_id", "number"))
    made = linked = 0
    for number, one in enumerate(ready, start=1):
        progress.step(one.name, number - 1, len(ready))
        outcome = draft(
            actor=actor,
            read_form=one,
            agency=unit_of(one, units, home),
            budget_year=None,
            journey=county_journey(),
            now=timezone.now(),
        )
        if isinstance(outcome, Drafted):
            made, linked = made + outcome.is_new, linked + (not outcome.is_new)
    left = open_forms(batch).count()
    words = f"新建 {made} 张草稿"
    words += f"，{linked} 张已有同名申报，已关联" if linked else ""
    return Outcome(words=words + (f"，{left} 张还要核对" if left else ""))

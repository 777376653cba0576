"""Official documents of many filings: at once where they are few, in the background otherwise.

Both ways go through the same function. Whoever asked is asked again when the work is done: what
has left the actor's reach meanwhile is not written.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from django.db.models import F
from django.utils import timezone
from msgspec import Struct

from jixiao.form.codec import decode
from jixiao.official.convert import Converted
from jixiao.official.writer import WRITERS
from jixiao.pipeline import convert
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor, actor_of
from jixiao.web.filings.documents import keep
from jixiao.web.filings.jobs import Progress
from jixiao.web.filings.models import Filing, Job, Revision
from jixiao.web.filings.selectors import visible_to
from jixiao.web.workflow.jobs import start
from jixiao.web.workflow.jobs_outcome import Outcome

#: More forms than this are written in the background.
MOST_AT_ONCE = 20
#: More tables than this nobody opens in one document.
MOST_IN_ONE = 5000
_LARGEST = 1 << 31
_READ_BEATS = 50


class Wanted(Struct, frozen=True, kw_only=True):
    """What document is wanted: its format, as an annex with cover and totals or not, its title."""

    to: str
    as_annex: bool = False
    title: str = ""


def written(
    filings: Sequence[Filing], wanted: Wanted, progress: Progress | None = None
) -> Converted:
    """The current revisions as one official document, in the order given."""
    forms = []
    texts = dict(
        Revision.objects.filter(
            filing__in=[one.pk for one in filings], number=F("filing__number")
        ).values_list("filing_id", "form")
    )
    for number, filing in enumerate(filings, start=1):
        forms.append(decode(texts[filing.pk]))
        if progress is not None and number % _READ_BEATS == 0:
            progress.say("读取各表", number, len(filings))
    if progress is not None:
        progress.step(f"正在写出 {len(forms)} 张表", len(forms), len(forms))
    return convert(forms, wanted.to, as_annex=wanted.as_annex, title=wanted.title or None)


def start_export(
    *, actor: Actor, agency: Agency, filings: Sequence[Filing], wanted: Wanted, now: datetime
) -> Job:
    """A job that writes the document; the one there is where nothing has changed since."""
    hashes = Revision.objects.filter(
        filing__in=[one.pk for one in filings], number=F("filing__number")
    ).values_list("filing_id", "content_hash")
    known = dict(hashes)
    ids = [one.pk for one in filings]
    said = [actor.user.pk, wanted.to, wanted.as_annex, wanted.title, [known[pk] for pk in ids]]
    digest = hashlib.sha256(json.dumps([said, ids]).encode()).hexdigest()
    return start(
        actor=actor,
        agency=agency,
        kind="export",
        key=f"export:{digest}",
        title=f"导出 {len(ids)} 张表（{WRITERS[wanted.to].label}）",
        parameters={
            "filings": ids,
            "to": wanted.to,
            "as_annex": wanted.as_annex,
            "title": wanted.title,
        },
        now=now,
    )


def export(progress: Progress) -> Outcome:
    """Write the document of an export job and keep it for its owner."""
    job, asked = progress.job, progress.job.parameters
    actor = actor_of(job.created_by, timezone.localdate())
    seen = {one.pk: one for one in visible_to(actor).filter(pk__in=asked["filings"])}
    filings = [seen[pk] for pk in asked["filings"] if pk in seen]
    if not filings:
        return Outcome(reason="要导出的表已不在您可以查看的范围内")
    wanted = Wanted(to=asked["to"], as_annex=asked["as_annex"], title=asked["title"])
    made = written(filings, wanted, progress)
    if made.content is None:
        return Outcome(reason="；".join(made.refusals) or "没有可以写出的表")
    kept = keep([made.content], folder="exports", most=_LARGEST)
    words = f"{len(filings)} 张表"
    if made.remarks:
        words = f"{words}；{made.remarks[0]}"
    return Outcome(words=words, result=kept.name, result_name=file_name(filings, wanted))


def file_name(filings: Sequence[Filing], wanted: Wanted) -> str:
    """What the document is called when it is fetched."""
    first = filings[0]
    name = wanted.title or (
        first.project_name if len(filings) == 1 else f"{first.budget_year}年度绩效目标表"
    )
    plain = "".join(sign for sign in name if sign not in '\\/:*?"<>|\r\n\t').strip() or "绩效目标表"
    return f"{plain[:80]}{WRITERS[wanted.to].suffix}"

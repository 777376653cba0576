"""What leaves the system is written down, as what is changed in it is."""

from datetime import datetime

from django.db import transaction

from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.filing import NotYours

_LONGEST = 500


@transaction.atomic
def tell_left(
    *,
    actor: Actor,
    code: str,
    count: int,
    to: str,
    asked: str,
    now: datetime,
    filing: Filing | None = None,
) -> None:
    """So many filings left in this format, asked for with these words. Raises NotYours."""
    payload = {"count": count, "to": to, "asked": asked[:_LONGEST]}
    agency = home(actor)
    write_event(actor=actor, agency=agency, code=code, at=now, filing=filing, payload=payload)


def home(actor: Actor) -> Agency:
    """The agency where this person mostly works. Raises NotYours without any."""
    post = actor.home
    if post is None:
        raise NotYours
    return Agency.objects.get(pk=post.agency_id)

"""To say something of a filing without a step: a question, an answer, a word of help.

What is said stands in the thread beside the opinions of the steps, for everybody who can read the
filing. It moves nothing and changes nothing of the form, so it needs nobody's turn.
"""

import hashlib
from datetime import datetime

from django.db import transaction

from jixiao.lifecycle.machine import Refused
from jixiao.lifecycle.rights import COMMENTERS, may_comment
from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.filing import NotYours
from jixiao.web.workflow.models import Opinion
from jixiao.web.workflow.notices import tell_of_comment
from jixiao.web.workflow.thread import COMMENT

LONGEST = 2000


@transaction.atomic
def comment(*, actor: Actor, filing_id: int, text: str, now: datetime) -> Opinion | Refused:
    """Keep what somebody says, with its event and the notices. Raises NotYours.

    The same words of the same person twice in a row are one: a button pressed twice.
    """
    filing = Filing.objects.select_for_update().select_related("agency").get(pk=filing_id)
    roles = actor.roles_over(filing.agency_path)
    if not may_comment(roles):
        raise NotYours
    text = text.replace("\r\n", "\n").strip()
    if reasons := _refusals(text):
        return Refused(reasons)
    if (before := _just_said(filing, actor, text)) is not None:
        return before
    role = _speaking(filing, roles)
    made = Opinion.objects.create(
        filing=filing,
        revision_number=filing.number,
        author=actor.user,
        author_name=actor.user.full_name,
        role=role.value,
        action=COMMENT,
        text=text,
        at=now,
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    write_event(
        actor=actor, agency=filing.agency, code="filing.commented", at=now, filing=filing,
        role=role.value, payload={"number": filing.number, "hash": digest},
    )  # fmt: skip
    tell_of_comment(filing, actor, text)
    return made


def _refusals(text: str) -> tuple[str, ...]:
    if not text:
        return ("请先写下要说的话",)
    if len(text) > LONGEST:
        return (f"一次最多写 {LONGEST} 个字，现在有 {len(text)} 个字",)
    return ()


def _just_said(filing: Filing, actor: Actor, text: str) -> Opinion | None:
    last = Opinion.objects.filter(filing=filing).order_by("-at", "-pk").first()
    if last is None or (last.author_id, last.action, last.text) != (actor.user.pk, COMMENT, text):
        return None
    return last if last.revision_number == filing.number else None


def _speaking(filing: Filing, roles: frozenset[RoleCode]) -> RoleCode:
    """The role somebody speaks in: the one whose turn it is, else the first of them."""
    speaking = roles & COMMENTERS
    mine = speaking & county_journey().stage.state(filing.state).turn or speaking
    return min(mine, key=list(RoleCode).index)

"""Lines in people's boxes: whose turn it is, what came back, how it ended, what was said."""

from collections.abc import Iterable
from datetime import date, datetime

from jixiao.lifecycle.journey import APPROVED, DRAFT, ISSUED, REFUSED, RETURN
from jixiao.lifecycle.machine import Moved
from jixiao.lifecycle.rights import may_read
from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.people import holders
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing, Revision
from jixiao.web.filings.selectors import OWN_DRAFTS
from jixiao.web.workflow.models import Event, Notice, Opinion

_LONGEST = 300
_OUTCOMES = frozenset({APPROVED, ISSUED, REFUSED})
_READING = frozenset(role for role in RoleCode if may_read(frozenset({role})))


def tell_who_is_next(filing: Filing, moved: Moved, actor: Actor, opinion: str) -> None:
    """A notice for everybody whose turn it is now, but not for the one who acted.

    What that one was told of the filing before is done with. How it ended, and that it came
    back, the whole unit is told; of a return also those who had passed it, who will see it again.
    """
    told = Notice.objects.filter(user=actor.user, filing=filing, read_at=None)
    told.update(read_at=filing.updated_at)
    is_back, is_over = moved.action.code == RETURN, moved.state.code in _OUTCOMES
    label = moved.action.label if moved.state.code == DRAFT else moved.state.label
    text = f"{filing.project_name}：{label}"
    if (is_back or is_over) and opinion.strip():
        text = f"{filing.project_name}：{label}。{opinion.strip()}"
    unit = OWN_DRAFTS if is_back or is_over else frozenset()
    concerned = _holding(filing, moved.state.turn | unit, actor.today)
    if is_back:
        concerned |= _took_part(filing) & _holding(filing, _READING, actor.today)
    _tell(concerned - {actor.user.pk}, filing, text)


def tell_of_comment(filing: Filing, actor: Actor, text: str) -> None:
    """A notice for whose turn it is and for who took part and can still read the filing."""
    turn = county_journey().stage.state(filing.state).turn
    reading = OWN_DRAFTS if filing.state == DRAFT and filing.number == 1 else _READING
    concerned = _holding(filing, turn, actor.today)
    concerned |= _took_part(filing) & _holding(filing, reading, actor.today)
    said = f"{filing.project_name}：{actor.user.full_name}留言。{text}"
    _tell(concerned - {actor.user.pk}, filing, said)


def read_of(*, actor: Actor, pk: int, now: datetime) -> tuple[Notice, int] | None:
    """One of one's own notices; it and all of the same filing, or it alone, are read now.

    With how many that were.
    """
    mine = Notice.objects.filter(user=actor.user)
    notice = mine.filter(pk=pk).first()
    if notice is None:
        return None
    same = mine.filter(pk=pk) if notice.filing_id is None else mine.filter(filing=notice.filing_id)
    return notice, same.filter(read_at=None).update(read_at=now)


def _tell(people: Iterable[int], filing: Filing, text: str) -> None:
    Notice.objects.bulk_create(
        Notice(user_id=user, filing=filing, text=text[:_LONGEST]) for user in sorted(people)
    )


def _took_part(filing: Filing) -> set[int]:
    """Who wrote it, sent it on or said something of it."""
    found = set(Revision.objects.filter(filing=filing).values_list("author", flat=True))
    found |= set(Opinion.objects.filter(filing=filing).values_list("author", flat=True))
    acted = Event.objects.filter(filing=filing, actor__isnull=False).exclude(role="")
    return found | set(acted.values_list("actor", flat=True))


def _holding(filing: Filing, roles: Iterable[RoleCode], today: date) -> set[int]:
    return {held.user_id for held in holders(filing.agency.path, roles, today)}

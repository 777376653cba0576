"""Lines in people's boxes: whose turn it is, what came back, how it ended, what was said."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Case, F, Q, Value, When

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
_CANCEL = "cancel"
_OUTCOMES = frozenset({APPROVED, ISSUED, REFUSED})
_READING = frozenset(role for role in RoleCode if may_read(frozenset({role})))


def tell_who_is_next(filing: Filing, moved: Moved, actor: Actor, opinion: str) -> None:
    """A notice for everybody whose turn it is now, but not for the one who acted.

    What that one was told of the filing before is done with, and so is what colleagues were told
    whose turn it was. How it ended, and that it came back, the whole unit is told; of a return
    also those who had passed it, who will see it again.
    """
    _settle(filing, moved, actor)
    is_back, is_over = moved.action.code == RETURN, moved.state.code in _OUTCOMES
    label = moved.action.label if moved.state.code == DRAFT else moved.state.label
    text = f"{filing.project_name}：{label}"
    if (is_back or is_over) and opinion.strip():
        text = f"{filing.project_name}：{label}。{opinion.strip()}"
    unit = OWN_DRAFTS if is_back or is_over else frozenset()
    told = moved.state.turn | unit
    held = _roles_held(filing, told | _READING if is_back else told, actor.today)
    turn = {user for user, roles in held.items() if roles & moved.state.turn}
    concerned = {user for user, roles in held.items() if roles & told}
    if is_back:
        concerned |= _took_part(filing) & held.keys()
    _tell(concerned - {actor.user.pk}, filing, text, turn)


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


def _settle(filing: Filing, moved: Moved, actor: Actor) -> None:
    """Nobody is called any more to what has been done; to others it says who did it."""
    name = actor.user.full_name
    done = f"已由{name}撤回" if moved.action.code == _CANCEL else f"已由{name}办理"
    others = When(~Q(user=actor.user), then=Value(done))
    told = Notice.objects.filter(Q(user=actor.user) | Q(awaits=True), filing=filing, read_at=None)
    told.update(read_at=filing.updated_at, settled=Case(others, default=F("settled")))


def _tell(people: Iterable[int], filing: Filing, text: str, turn: Iterable[int] = ()) -> None:
    asked, short = frozenset(turn), text[:_LONGEST]
    Notice.objects.bulk_create(
        Notice(user_id=user, filing=filing, text=short, awaits=user in asked)
        for user in sorted(people)
    )


def _took_part(filing: Filing) -> set[int]:
    """Who wrote it, sent it on or said something of it."""
    found = set(Revision.objects.filter(filing=filing).values_list("author", flat=True))
    found |= set(Opinion.objects.filter(filing=filing).values_list("author", flat=True))
    acted = Event.objects.filter(filing=filing, actor__isnull=False).exclude(role="")
    return found | set(acted.values_list("actor", flat=True))


def _holding(filing: Filing, roles: Iterable[RoleCode], today: date) -> set[int]:
    return {held.user_id for held in holders(filing.agency.path, roles, today)}


def _roles_held(
    filing: Filing, roles: Iterable[RoleCode], today: date
) -> dict[int, frozenset[RoleCode]]:
    """Who holds which of these roles over the filing."""
    found: dict[int, frozenset[RoleCode]] = {}
    for held in holders(filing.agency.path, roles, today):
        found[held.user_id] = found.get(held.user_id, frozenset()) | {RoleCode(held.role)}
    return found

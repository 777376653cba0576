"""Lines in people's boxes: whose turn it is, and what came back."""

from datetime import date

from django.db.models import Q

from jixiao.lifecycle.journey import DRAFT
from jixiao.lifecycle.machine import Moved
from jixiao.web.agencies.models import Membership
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.models import Notice

_LONGEST = 300


def tell_who_is_next(filing: Filing, moved: Moved, actor: Actor, opinion: str) -> None:
    """A notice for everybody whose turn it is now, but not for the one who acted."""
    if moved.state.code == DRAFT:
        text = f"{filing.project_name}：{moved.action.label}。{opinion.strip()}"
    else:
        text = f"{filing.project_name}：{moved.state.label}"
    roles = [role.value for role in moved.state.turn]
    people = _holders(roles, filing, actor.today) - {actor.user.pk}
    Notice.objects.bulk_create(
        Notice(user_id=user, filing=filing, text=text[:_LONGEST]) for user in sorted(people)
    )


def _holders(roles: list[str], filing: Filing, today: date) -> set[int]:
    held = Membership.objects.filter(
        role__in=roles,
        agency__path__in=filing.agency.ancestor_paths(),
        starts_on__lte=today,
        user__is_active=True,
    ).filter(Q(ends_on=None) | Q(ends_on__gte=today))
    return set(held.values_list("user_id", flat=True))

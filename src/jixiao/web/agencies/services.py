"""Writes about agencies and roles. One verb each, in one transaction."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from jixiao.lifecycle.roles import ROLES, AgencyKind, RoleCode, may_hold_together
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import STEP, Agency, Membership, in_subtree


class RoleConflict(ValueError):
    """Two roles that one person may not hold (三员分立); the message says which."""


@transaction.atomic
def add_agency(*, code: str, name: str, kind: AgencyKind, parent: Agency | None) -> Agency:
    """A new node below `parent`; its number is the next free one there."""
    path = _next_path(parent)
    return Agency.objects.create(code=code, name=name, kind=kind.value, parent=parent, path=path)


@transaction.atomic
def move_agency(*, agency: Agency, parent: Agency) -> None:
    """Hang a node, with all below it, under another; what copies the paths has to follow."""
    old, agency.parent, agency.path = agency.path, parent, _next_path(parent)
    below = list(Agency.objects.filter(in_subtree("path", old)).exclude(pk=agency.pk))
    agency.save(update_fields=["parent", "path"])
    for one in below:
        one.path = agency.path + one.path[len(old) :]
        one.save(update_fields=["path"])


def _next_path(parent: Agency | None) -> str:
    """The next free path below a node."""
    prefix = "" if parent is None else parent.path
    if parent is not None:  # two at once must not take the same number
        Agency.objects.select_for_update().get(pk=parent.pk)
    siblings = Agency.objects.filter(parent=parent).order_by("-path").values_list("path", flat=True)
    last = siblings.first()
    number = 1 if last is None else int(last[-STEP:-1]) + 1
    return f"{prefix}{number:0{STEP - 1}d}."


@transaction.atomic
def grant(
    *,
    user: User,
    agency: Agency,
    role: RoleCode,
    starts_on: date,
    ends_on: date | None = None,
    granted_by: User | None = None,
    delegated_by: User | None = None,
) -> Membership:
    """Give a role at a place. Raises RoleConflict for roles that exclude one another."""
    User.objects.select_for_update().get(pk=user.pk)  # two grants at once must see one another
    meeting = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on), user=user)
    if ends_on is not None:
        meeting = meeting.filter(starts_on__lte=ends_on)
    for held in meeting:
        if not may_hold_together(RoleCode(held.role), role):
            raise RoleConflict(
                f"“{user.full_name}”已任{ROLES[RoleCode(held.role)].label}，"
                f"不能同时任{ROLES[role].label}（三员分立）"
            )
        if held.agency_id == agency.pk and held.role == role.value:
            raise RoleConflict(
                f"“{user.full_name}”在这段时间已经是{agency.name}的{ROLES[role].label}"
            )
    return Membership.objects.create(
        user=user,
        agency=agency,
        role=role.value,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=granted_by,
        delegated_by=delegated_by,
    )


@transaction.atomic
def end_membership(*, membership: Membership, on: date) -> None:
    """Take a role back from a day on; the record stays."""
    membership.ends_on = on
    membership.save(update_fields=["ends_on"])

"""Reads about people and where they belong: for administrators, lenders of roles, and pages."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency, Membership, in_subtree
from jixiao.web.agencies.selectors import Actor


def current(today: date) -> Q:
    """Memberships that count on this day."""
    return Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today))


def not_over(today: date) -> Q:
    """Memberships that count now or will."""
    return Q(ends_on=None) | Q(ends_on__gte=today)


def within(actor: Actor, role: RoleCode, field: str) -> Q:
    """What lies below the places where the actor holds this role, by the path in `field`."""
    found = Q(pk__in=[])
    for post in actor.posts:
        if post.role is role:
            found |= in_subtree(field, post.path)
    return found


def agencies_kept_by(actor: Actor, role: RoleCode) -> "QuerySet[Agency]":
    """The part of the tree an administrator answers for, in the order of the tree."""
    return Agency.objects.filter(within(actor, role, "path")).order_by("path")


def people_kept_by(actor: Actor, role: RoleCode) -> "QuerySet[User]":
    """The accounts with a workplace or a role in an administrator's part of the tree."""
    if _keeps_all(actor, role):
        return User.objects.order_by("username")
    working = User.objects.filter(within(actor, role, "workplace__agency__path"))
    serving = User.objects.filter(within(actor, role, "memberships__agency__path"))
    return User.objects.filter(
        Q(pk__in=working.values("pk")) | Q(pk__in=serving.values("pk"))
    ).order_by("username")


def keeps(actor: Actor, role: RoleCode, user: User) -> bool:
    """Whether an administrator answers for this account: no place of it lies outside the reach.

    Otherwise whoever keeps one department could take over an account of the bureau above it.
    """
    if _keeps_all(actor, role):
        return True
    paths = places_of(user, actor.today)
    return bool(paths) and all(role in actor.roles_over(path) for path in paths)


def places_of(user: User, today: date) -> set[str]:
    """The paths at which somebody works or serves, now or later."""
    served = Membership.objects.filter(not_over(today), user=user)
    found = set(served.values_list("agency__path", flat=True))
    found |= set(Agency.objects.filter(workers__user=user).values_list("path", flat=True))
    return found


def home_of(user: User, today: date) -> Agency | None:
    """The agency a person's own events are written to: the workplace, else the deepest post."""
    working = Agency.objects.filter(workers__user=user).first()
    if working is not None:
        return working
    posts = Agency.objects.filter(
        memberships__in=Membership.objects.filter(current(today), user=user)
    )
    found = max(posts, key=lambda agency: len(agency.path), default=None)
    return found or Agency.objects.filter(parent=None).order_by("path").first()


def holders(path: str, roles: Iterable[RoleCode], today: date) -> "QuerySet[Membership]":
    """Who holds one of these roles over an agency today, on accounts that are in use."""
    above = [path[:end] for end in range(5, len(path) + 1, 5)]
    return (
        Membership.objects.filter(
            current(today),
            agency__path__in=above,
            agency__is_active=True,
            role__in=[role.value for role in roles],
            user__is_active=True,
        )
        .select_related("user", "agency", "delegated_by")
        .order_by("role", "agency__path", "user__full_name", "pk")
    )


def colleagues(actor: Actor, agency: Agency) -> "QuerySet[User]":
    """To whom a role at this agency may be lent: people who work or serve at it or below it."""
    serving = Membership.objects.filter(
        current(actor.today), in_subtree("agency__path", agency.path)
    )
    working = User.objects.filter(in_subtree("workplace__agency__path", agency.path))
    return (
        User.objects.filter(
            Q(pk__in=serving.values("user")) | Q(pk__in=working.values("pk")), is_active=True
        )
        .exclude(pk=actor.user.pk)
        .order_by("full_name", "username")
    )


def _keeps_all(actor: Actor, role: RoleCode) -> bool:
    """Whoever keeps a whole county keeps the accounts that have no place yet as well."""
    roots = list(Agency.objects.filter(parent=None).values_list("path", flat=True))
    return bool(roots) and all(role in actor.roles_over(path) for path in roots)

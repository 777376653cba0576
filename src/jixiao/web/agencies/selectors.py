"""Reads about agencies: what an actor can see, and which roles reach where."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.db.models import Count, Q, QuerySet, Subquery
from msgspec import Struct

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import STEP, Agency, Membership, in_subtree
from jixiao.web.kept import Kept
from jixiao.web.statements import Read


class Post(Struct, frozen=True):
    """A role held now, and the place from which it reaches down."""

    role: RoleCode
    path: str
    agency_id: int
    agency_name: str


class Actor(Struct, frozen=True, dict=True):
    """Somebody who acts, with the roles held on a day. Services and selectors ask this only."""

    user: User
    posts: tuple[Post, ...]
    today: date
    #: How many trees there are: a county has one.
    roots: int

    def roles_over(self, path: str) -> frozenset[RoleCode]:
        """The roles that reach the agency with this path."""
        return frozenset(post.role for post in self.posts if path.startswith(post.path))

    @property
    def roles(self) -> frozenset[RoleCode]:
        """All roles held anywhere."""
        return frozenset(post.role for post in self.posts)

    @property
    def home(self) -> Post | None:
        """The deepest post: where this person mostly works."""
        return max(self.posts, key=lambda post: len(post.path), default=None)

    @cached_property
    def reaches_everything(self) -> bool:
        """Whether posts stand at every root of the tree."""
        tops = {post.path for post in self.posts if len(post.path) == STEP}
        return bool(tops) and len(tops) == self.roots

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The paths of all posts, each once, in order."""
        return tuple(sorted({post.path for post in self.posts}))

    @cached_property
    def pattern(self) -> frozenset[tuple[RoleCode, int]]:
        """Which roles are held at which of the places, whatever these are."""
        return frozenset((post.role, self.places.index(post.path)) for post in self.posts)


def _held(user: int, day: date) -> "QuerySet[Membership, tuple[str, str, int, str, int]]":
    roots = Agency.objects.filter(parent=None).order_by().values("parent")
    return (
        Membership.objects.filter(user=user, starts_on__lte=day, agency__is_active=True)
        .filter(Q(ends_on=None) | Q(ends_on__gte=day))
        .annotate(roots=Subquery(roots.annotate(count=Count("pk")).values("count")))
        .values_list("role", "agency__path", "agency_id", "agency__name", "roots")
    )


#: Every request asks this.
_HELD = Read(_held, 1, date(2000, 1, 1)).planned_once()


def actor_of(user: User, today: date) -> Actor:
    """The user with the roles held on this day, in one query."""
    held = list(_HELD.rows(user.pk, today))
    posts = tuple(Post(RoleCode(role), path, pk, name) for role, path, pk, name, _ in held)
    return Actor(user, posts, today, held[0][-1] if held else 0)


def reach(actor: Actor, field: str) -> Q:
    """What lies within the actor's subtrees, by the path in `field`; nothing without a role."""
    within = Q(pk__in=[])
    for path in actor.places:
        within |= in_subtree(field, path)
    return within


class Named(Struct, frozen=True):
    """What a place is called."""

    path: str
    name: str
    code: str


def named(paths: Iterable[str]) -> list[Named]:
    """What these places are called, in the order of the tree."""
    asked = list(paths)
    # One statement for up to 1, 2, 4, 8 … places: nothing stands at an empty path.
    size = 1 << (len(asked) - 1).bit_length() if asked else 1
    read = _NAMED.of(size, lambda: Read(_named, *(f"\ue000{at}" for at in range(size)), made=Named))
    return list(read.rows(*asked, *[""] * (size - len(asked))))


def _named(*paths: str) -> "QuerySet[Agency, tuple[str, str, str]]":
    found = Agency.objects.filter(path__in=paths).order_by("path")
    return found.values_list(*Named.__struct_fields__)


_NAMED: Kept[Read[Named]] = Kept(16)


def agencies_of(actor: Actor) -> "QuerySet[Agency]":
    """The agencies the actor can see."""
    return Agency.objects.filter(reach(actor, "path"))

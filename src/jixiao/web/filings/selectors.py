"""Reads about filings. The first argument is who asks; what is out of reach is not there."""

from django.db.models import Q, QuerySet

from jixiao.form.codec import decode
from jixiao.form.forms import Form
from jixiao.lifecycle.journey import DRAFT
from jixiao.lifecycle.rights import may_read
from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.models import STEP, in_subtree
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import Filing, Revision
from jixiao.web.filings.objects import Objects
from jixiao.web.filings.search import containing
from jixiao.web.kept import Kept

__all__ = [
    "OWN_DRAFTS",
    "at_or_below",
    "containing",
    "filing_of",
    "form_of",
    "is_department",
    "know_form",
    "reaches_everything",
    "visible_to",
    "waiting_for",
]

#: Roles that work on drafts themselves; the others see a filing once it has been handed in.
OWN_DRAFTS = frozenset({RoleCode.PREPARER, RoleCode.UNIT_HEAD})
#: Forms are values: a text read once is the same form for everybody. More than a county has clerks.
_FORMS: Kept[Form] = Kept(512)
_LARGEST_KEY = 2**63
#: How many steps down the tree the departments are.
_DEPARTMENT = 2
_FILING = Objects(
    Filing,
    lambda pk: Filing.objects.filter(pk=pk),
    2_000_000_011,
    related=("agency",),
    without=("words",),
).planned_once()
_REVISION = Objects(
    Revision,
    lambda pk, number: Revision.objects.filter(filing=pk, number=number),
    *(2_000_000_011, 2_000_000_012),
).planned_once()


def visible_to(actor: Actor) -> "QuerySet[Filing]":
    """The filings within the actor's reach; drafts of others only to those who write them."""
    if not may_read(actor.roles):
        return Filing.objects.none()
    # A range over everything would keep a list from being walked in its own order.
    whole = reaches_everything(actor)
    within = Filing.objects.all() if whole else Filing.objects.filter(_reached(actor))
    if actor.roles & OWN_DRAFTS:
        return within
    return within.exclude(Q(state=DRAFT) & Q(number=1))


def at_or_below(path: str) -> Q:
    """The filings of a place: those of a department by its column, the others by their range."""
    return Q(branch=path) if is_department(path) else in_subtree("agency_path", path)


def is_department(path: str) -> bool:
    """Whether this is the path of a department."""
    return path.count(".") == _DEPARTMENT


def _reached(actor: Actor) -> Q:
    within = Q(pk__in=[])
    for path in actor.places:
        within |= at_or_below(path)
    return within


def reaches_everything(actor: Actor) -> bool:
    """Whether a post of the actor stands at the only root of the tree."""
    return actor.reaches_everything


def filing_of(actor: Actor, pk: int) -> Filing | None:
    """One filing, None where the actor cannot see it or there is none."""
    if not may_read(actor.roles) or pk >= _LARGEST_KEY:
        return None
    filing = _FILING.first(pk)
    return filing if filing is not None and _is_visible(actor, filing) else None


def _is_visible(actor: Actor, filing: Filing) -> bool:
    """What `visible_to` asks the database, of a filing that is at hand."""
    if filing.state == DRAFT and filing.number == 1 and not actor.roles & OWN_DRAFTS:
        return False
    return bool(actor.roles_over(filing.agency_path))


def waiting_for(actor: Actor, turns: dict[str, frozenset[RoleCode]]) -> "QuerySet[Filing]":
    """The filings whose next step is the actor's; `turns` says whose turn each state is."""
    wanted = Q(pk__in=[])
    whole = reaches_everything(actor)
    for post in actor.posts:
        states = [state for state, roles in turns.items() if post.role in roles]
        if not states:
            continue
        here = Q(state=states[0]) if len(states) == 1 else Q(state__in=states)
        if not (whole and len(post.path) == STEP):
            here &= at_or_below(post.path)
        wanted |= here
    return visible_to(actor).filter(wanted)


def form_of(filing: Filing, number: int | None = None) -> tuple[Form, Revision]:
    """The form of a revision, the current one by default. Raises Revision.DoesNotExist."""
    revision = _REVISION.first(filing.pk, number or filing.number)
    if revision is None:
        raise Revision.DoesNotExist
    return _FORMS.of(revision.form, lambda: decode(revision.form)), revision


def know_form(text: str, form: Form) -> None:
    """Keep a form that was just stored as this text: its writer goes on with it."""
    _FORMS.of(text, lambda: form)

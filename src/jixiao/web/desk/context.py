"""What every page's frame shows: who is signed in, and what there is for this person."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from jixiao.lifecycle.roles import ROLES, RoleCode
from jixiao.web.agencies.selectors import Actor, actor_of
from jixiao.web.desk.menu import administration_of, works_with_filings


def today() -> date:
    """The day in the zone of the system."""
    return timezone.localdate()


def actor(request: HttpRequest) -> Actor:
    """Who acts in this request, worked out once."""
    known: Actor | None = getattr(request, "jixiao_actor", None)
    if known is None:
        assert request.user.is_authenticated
        known = actor_of(request.user, today())
        request.jixiao_actor = known  # type: ignore[attr-defined]  # kept with the request
    return known


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame around every page."""
    found: dict[str, Any] = {"demo": settings.DEMO, "language": get_language()}
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return found
    who = actor(request)
    home = who.home
    found["actor"] = who
    found["place"] = "" if home is None else home.agency_name
    found["role_label"] = "" if home is None else ROLES[home.role].label
    found["may_prepare"] = RoleCode.PREPARER in who.roles
    found["administration"] = administration_of(who)
    found["works_with_filings"] = works_with_filings(who)
    return found

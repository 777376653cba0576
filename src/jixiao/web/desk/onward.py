"""After a step is taken: the next filing that waits for the same person."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from msgspec import Struct

from jixiao.web.agencies.selectors import Actor
from jixiao.web.desk.context import actor
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing
from jixiao.web.filings.selectors import filing_of, waiting_for
from jixiao.web.filings.waiting import waiting_counts

_KEY, _HANDED_IN = "onward", "filing.submitted"
_DIGITS = 19


class Next(Struct, frozen=True, kw_only=True):
    """The filing to turn to, its page, and how many wait in all."""

    filing: Filing
    address: str
    count: int


def next_of(who: Actor, after: int) -> Next | None:
    """The one due first among those that wait, apart from the one just dealt with."""
    states = county_journey().stage.states
    turns = {state.code: state.turn for state in states}
    waiting = waiting_for(who, turns).exclude(pk=after).select_related("agency").defer("words")
    first = waiting.filter(due_on__isnull=False).order_by("due_on", "pk").first()
    first = first or waiting.filter(due_on=None).order_by("-updated_at", "-pk").first()
    if first is None:
        return None
    count = sum(waiting_counts(who, turns).values())
    return Next(filing=first, address=_page(first), count=count)


def wishes(request: HttpRequest) -> bool:
    """Whether this person goes on to the next one without being asked."""
    return bool(request.session.get(_KEY))


def remember_wish(request: HttpRequest) -> None:
    """Keep what the page says about going on."""
    wish = request.POST.get("onward") == "1"
    if wish != wishes(request):
        request.session[_KEY] = wish


def after_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a step leads: to the next filing where that is wished, else to this one."""
    if wishes(request):
        following = next_of(actor(request), pk)
        if following is not None:
            return redirect(f"{following.address}?after={pk}")
    return redirect(f"{reverse('filing', args=[pk])}?done=1")


def just_done(request: HttpRequest) -> dict[str, Any]:
    """What the page that follows a step says: of the filing before, or of where to go on."""
    labels = {state.code: state.label for state in county_journey().stage.states}
    before = request.GET.get("after", "")
    if before.isdigit() and len(before) < _DIGITS:
        one = filing_of(actor(request), int(before))
        return {} if one is None else {"before": one, "before_state": labels[one.state]}
    return {}


def going_on(request: HttpRequest, filing: Filing) -> dict[str, Any]:
    """On the page of a filing that was just dealt with: what comes next."""
    if request.GET.get("done") != "1":
        return just_done(request)
    last = filing.events.order_by("-sequence").values_list("code", flat=True).first()
    following = next_of(actor(request), filing.pk)
    return {
        "done": True,
        "handed_in": last == _HANDED_IN,
        "state": county_journey().stage.state(filing.state),
        "onward": following,
    }


def _page(filing: Filing) -> str:
    is_reviewed = county_journey().level(filing.state) is not None
    return reverse("filing-review" if is_reviewed else "filing", args=[filing.pk])

"""The list of filings: filters, full-text search, sums of what is seen."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jixiao.lifecycle.journey import journey_of
from jixiao.web.desk.context import actor
from jixiao.web.filings.narrowing import narrowed, ordered
from jixiao.web.filings.selectors import visible_to

_PAGE = 50


@login_required
def filings(request: HttpRequest) -> HttpResponse:
    """What the actor can see, narrowed by what is asked for in the address."""
    asked = request.GET
    seen = visible_to(actor(request))
    years = sorted(set(seen.values_list("budget_year", flat=True)), reverse=True)
    found = narrowed(actor(request), asked)
    sums = found.aggregate(count=Count("pk"), total=Sum("total"), indicators=Sum("indicator_count"))
    order = asked.get("order", "updated")
    page = Paginator(ordered(found, order), _PAGE).get_page(asked.get("page"))
    stage = journey_of().stage
    kept = asked.copy()
    kept.pop("page", None)
    return render(
        request,
        "desk/filings.html",
        {
            "page": page,
            "sums": sums,
            "years": years,
            "states": stage.states,
            "labels": {state.code: state.label for state in stage.states},
            "asked": asked,
            "order": order,
            "query": kept.urlencode(),
        },
    )

"""The list of filings: filters, full-text search, sums of what is seen."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jixiao.lifecycle.journey import journey_of
from jixiao.web.desk.context import actor
from jixiao.web.filings.selectors import containing, visible_to

_PAGE = 50
_ORDERS = {
    "updated": ("-updated_at", "-pk"),
    "name": ("project_name", "pk"),
    "total": ("-total", "pk"),
    "errors": ("-errors", "-warnings", "pk"),
    "due": ("due_on", "pk"),
}


@login_required
def filings(request: HttpRequest) -> HttpResponse:
    """What the actor can see, narrowed by what is asked for in the address."""
    asked = request.GET
    found = visible_to(actor(request))
    years = sorted(set(found.values_list("budget_year", flat=True)), reverse=True)
    if asked.get("year", "").isdigit():
        found = found.filter(budget_year=int(asked["year"]))
    if asked.get("state"):
        found = found.filter(state=asked["state"])
    if asked.get("agency"):
        found = found.filter(agency__code=asked["agency"])
    if asked.get("trouble") == "errors":
        found = found.filter(errors__gt=0)
    if asked.get("q", "").strip():
        found = containing(found, asked["q"])
    sums = found.aggregate(count=Count("pk"), total=Sum("total"), indicators=Sum("indicator_count"))
    order = asked.get("order", "updated")
    ordered = found.select_related("agency").order_by(*_ORDERS.get(order, _ORDERS["updated"]))
    page = Paginator(ordered, _PAGE).get_page(asked.get("page"))
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

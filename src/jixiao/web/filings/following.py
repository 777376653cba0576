"""Copies of an agency's path in what is filed, brought to where the agency stands now.

Filings and what is counted from them copy the path of their agency, so that lists need no join.
When a unit moves to another department, they follow it, with all sums above.
"""

from django.db.models import F, Model, OuterRef, Subquery

from jixiao.web.filings.counted import DayCount, FindingCount
from jixiao.web.filings.counting import hold_writers, recount_sums
from jixiao.web.filings.models import Filing


def follow_tree() -> None:
    """All copies agree with the tree; inside the transaction that has changed it."""
    hold_writers()
    follow(Filing, "agency")
    follow(DayCount, "agency")
    follow(FindingCount, "filing__agency")
    recount_sums()


def follow(model: type[Model], agency: str) -> None:
    """The rows of a model whose `agency_path` is not that of their `agency`."""
    strayed = model._default_manager.exclude(agency_path=F(f"{agency}__path"))
    owner = model._default_manager.filter(pk=OuterRef("pk")).values(f"{agency}__path")
    model._default_manager.filter(pk__in=strayed.values("pk")).update(agency_path=Subquery(owner))

"""What each pass came to: kept when a form is handed in, since a later pass changes its total."""

from decimal import Decimal
from itertools import islice

from django.db.models import Q, QuerySet, Sum

from jixiao.lifecycle.control import FIRST, SECOND
from jixiao.lifecycle.journey import DRAFT
from jixiao.web.filings.models import CLOSED_STATES, Filing, Tally
from jixiao.web.workflow.models import RoundTotal

_BATCH = 2000
Sums = dict[str, Decimal]


def note_round(filing: Filing) -> None:
    """The form was handed in: what it comes to in this pass."""
    _written([_row(filing)])


def recount_rounds() -> None:
    """For a database that knows no passes: of what was handed in, as it stands now.

    A form that came back may have been changed since; what it had come to is not known.
    """
    sent = Filing.objects.filter(submitted_at__isnull=False).exclude(state=DRAFT)
    rows = (_row(one) for one in sent.order_by("pk").iterator(chunk_size=_BATCH))
    while batch := list(islice(rows, _BATCH)):
        _written(batch)


def first_sums(within: Q, year: int) -> Sums:
    """By place, what was handed in at first; one where no form states a total is not named.

    Where no window was open the pass is not known: that was before any control figure.
    """
    found = RoundTotal.objects.filter(
        within, budget_year=year, round__in=(FIRST, ""), total__isnull=False
    )
    return dict(found.order_by().values_list("agency_path").annotate(Sum("total")))


def first_of_projects(path: str, year: int) -> Sums:
    """The same of one place, by project."""
    found = RoundTotal.objects.filter(
        budget_year=year, round__in=(FIRST, ""), agency_path=path, total__isnull=False
    )
    rows = found.values_list("filing__project_key", "total")
    return {str(key): total for key, total in rows if total is not None}


def second_sums(within: Q, year: int) -> Sums:
    """By place, what stands handed in for the second pass, from the sums that are kept."""
    found = Tally.objects.filter(within, budget_year=year, round=SECOND, is_handed_in=True)
    return _sums(found)


def open_sums(within: Q, year: int, *, with_drafts: bool) -> Sums:
    """By place, everything that is not out of the running; drafts are their writers' business."""
    found = Tally.objects.filter(within, budget_year=year)
    return _sums(found if with_drafts else found.filter(is_handed_in=True))


def _sums(found: "QuerySet[Tally]") -> Sums:
    known = found.exclude(state__in=CLOSED_STATES).filter(priced__gt=0)
    return dict(known.order_by().values_list("agency_path").annotate(Sum("total")))


def _row(filing: Filing) -> RoundTotal:
    return RoundTotal(
        filing_id=filing.pk,
        agency_path=filing.agency_path,
        budget_year=filing.budget_year,
        round=filing.round,
        total=filing.total,
    )


def _written(rows: list[RoundTotal]) -> None:
    RoundTotal.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["filing", "round"],
        update_fields=["total", "agency_path", "budget_year"],
    )

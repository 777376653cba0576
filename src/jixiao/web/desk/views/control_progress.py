"""How control figures are kept to: by place, as a file, and in one line beside a form."""

from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from jixiao.lifecycle.control import SECOND, SEEING_DRAFTS, Exceeding
from jixiao.web.desk.context import actor, today
from jixiao.web.desk.views.control import year_of, years_shown
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.list_file import write_csv, write_table
from jixiao.web.filings.models import Filing
from jixiao.web.filings.selectors import OWN_DRAFTS, filing_of
from jixiao.web.ui.downloads import download
from jixiao.web.ui.sentences import said
from jixiao.web.workflow.control_reading import (
    Row,
    against_of,
    issued_on,
    places_of,
    standing_of,
    table_of,
)
from jixiao.web.workflow.models import Window
from jixiao.web.workflow.open_days import handing_in

_NAME = "控制数执行情况"
_HEADINGS = (
    "单位编码", "单位名称", "类别", "一上申报数（元）", "控制数（元）", "二上申报数（元）",
    "超出（元）", "结余（元）", "文号", "下达日期", "说明",
)  # fmt: skip
_WIDTHS = (14, 34, 12, 18, 18, 18, 18, 18, 24, 14, 36)
_KINDS = {"department": "主管部门", "unit": "预算单位"}


@login_required
@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """What each place asked for, was given, and asks for now."""
    who, year = actor(request), year_of(request)
    over, under = request.GET.get("over") == "1", request.GET.get("under", "")
    table = table_of(who, year, under=under, only_over=over)
    tops = _tops(table.rows)
    shown: dict[str, Any] = {
        "year": year,
        "years": years_shown(request, year),
        "rows": table.rows,
        "is_cut": table.is_cut,
        "over": over,
        "under": under,
        "departments": [one for one in places_of(who) if one.kind == "department"],
        "first": _sum(one.first for one in tops),
        "second": _sum(one.second for one in tops),
        "control": _sum(one.control for one in table.rows if one.agency.kind == "unit"),
        "count_over": len(table.over),
        "count_given": sum(one.control is not None for one in table.rows),
        "query": request.GET.urlencode(),
        "writes": bool(who.roles & SEEING_DRAFTS),
    }
    return render(request, "desk/control_progress.html", shown)


@login_required
@require_GET
def export(request: HttpRequest, to: str) -> HttpResponseBase:
    """The same as a workbook or a text file."""
    if to not in ("xlsx", "csv"):
        raise Http404
    who, year = actor(request), year_of(request)
    over, under = request.GET.get("over") == "1", request.GET.get("under", "")
    lines = [_cells(one) for one in table_of(who, year, under=under, only_over=over).rows]
    stream = BytesIO()
    if to == "csv":
        stream.writelines(write_csv(lines, _HEADINGS))
    else:
        write_table(_NAME, _HEADINGS, _WIDTHS, lines, stream)
    stream.seek(0)
    return download(f"{said(_NAME)}-{year}.{to}", stream)


@login_required
@require_GET
def standing(request: HttpRequest) -> HttpResponse:
    """One line for the head of a page: of a form, or of the places one works for."""
    who, asked = actor(request), request.GET.get("filing", "")
    if asked:
        filing = filing_of(who, int(asked)) if asked.isdigit() and len(asked) < 19 else None
        if filing is None:
            raise Http404
        against = against_of(who, filing)
        shown = {
            "year": filing.budget_year,
            "against": against,
            "is_missing": not against and _is_second(filing),
            "is_barred": county_journey().exceeding is Exceeding.REFUSE,
            "is_draft": filing.state == "draft",
        }
    else:
        found = standing_of(who)
        shown = {"year": found.year, "against": found.against, "over": found.over}
    shown["is_own"] = bool(who.roles & OWN_DRAFTS)
    # Nothing to say is an empty answer: the page it is for stays as it is.
    return HttpResponse(render_to_string("desk/standing.html", shown, request).strip())


def _is_second(filing: Filing) -> bool:
    """Whether the form is in the pass that is held against figures."""
    if filing.round == SECOND:
        return True
    open_now = handing_in(filing.agency.ancestor_paths(), filing.stage).filter(
        budget_year=filing.budget_year, opens_on__lte=today(), closes_on__gte=today()
    )
    return _has_second(list(open_now))


def _has_second(windows: list[Window]) -> bool:
    return any(one.round == SECOND for one in windows)


def _tops(rows: tuple[Row, ...]) -> list[Row]:
    """Rows that stand below no other, so that a sum counts nothing twice."""
    paths = [one.agency.path for one in rows if one.agency.kind == "department"]
    return [
        one
        for one in rows
        if not any(one.agency.path != path and one.agency.path.startswith(path) for path in paths)
    ]


def _sum(amounts: Any) -> Any:
    known = [one for one in amounts if one is not None]
    return sum(known) if known else None


def _cells(one: Row) -> tuple[Any, ...]:
    left, day = one.against.left, issued_on(one)
    return (
        one.agency.code,
        one.agency.name,
        _KINDS.get(one.agency.kind, one.agency.kind),
        one.first,
        one.control,
        one.second,
        -left if left is not None and left < 0 else None,
        left if left is not None and left >= 0 else None,
        "" if one.given is None or one.given.issue is None else one.given.issue.number,
        "" if day is None else day.isoformat(),
        "" if one.control is None or one.given is None else one.given.note,
    )

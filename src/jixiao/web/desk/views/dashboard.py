"""The board: how the season stands, by department and day, and what the audit says most.

Every chart has its table below it: the chart is drawn from the table's figures by a script, and
whoever has none, or listens to the page, has the table.
"""

from datetime import date
from functools import cache, partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from msgspec.structs import astuple

from jixiao.audit.rule import RULES
from jixiao.web.desk.context import actor, today
from jixiao.web.filings.boards import EVENTS, Branch, Spoken, branches, by_rule, by_unit, days
from jixiao.web.filings.summing import seen_years
from jixiao.web.ui.sentences import said

_LONGEST_NAME = 14


@login_required
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """All figures of a year within reach."""
    who = actor(request)
    years, _ = seen_years(who)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else (years or [today().year])[0]
    departments = branches(who, year)
    span, happened = days(who, year, today())
    rules = by_rule(who, year, _titles())
    units = by_unit(who, year)
    shown: dict[str, Any] = {
        "year": year,
        "years": years,
        # All that stands on the page, whatever is drawn from it.
        "figures": (
            *(year, *years, today()),
            *map(astuple, departments),
            *(tuple(counts) for counts in happened.values()),
            *rules,
            *units,
        ),
        "departments": departments,
        "whole": partial(_whole, departments),
        "days": partial(_busy, span, happened),
        "events": list(EVENTS.values()),
        "rules": rules,
        "units": units,
        "charts": partial(_charts, departments, span, happened, rules, units),
    }
    return render(request, "desk/board.html", shown)


@cache
def _titles() -> dict[str, str]:
    return {one.code: one.title.removesuffix("。") for one in RULES}


def _busy(span: list[date], happened: dict[str, list[int]]) -> list[tuple[date, list[int]]]:
    """The days on which something happened."""
    each = [(day, [happened[code][at] for code in EVENTS]) for at, day in enumerate(span)]
    return [(day, counts) for day, counts in each if any(counts)]


def _charts(
    departments: list[Branch],
    span: list[date],
    happened: dict[str, list[int]],
    rules: list[Spoken],
    units: list[Spoken],
) -> dict[str, Any]:
    """What the script draws; worked out where the page is not known yet."""
    upwards = departments[::-1]
    return {
        "departments": {
            "names": [one.name for one in upwards],
            "series": [
                _series("draft", "草稿", [one.drafts for one in upwards]),
                _series("open", "审核中", [one.open for one in upwards]),
                _series("approved", "已批复", [one.approved for one in upwards]),
            ],
        },
        "days": {
            "names": [f"{day:%m-%d}" for day in span],
            "series": [_series(code, label, happened[code]) for code, label in EVENTS.items()],
        },
        "rules": _spoken(rules, by_code=True),
        "units": _spoken(units, by_code=False),
    }


def _whole(departments: list[Branch]) -> dict[str, int]:
    fields = ("filings", "drafts", "open", "approved", "out", "returned", "overdue")
    return {name: sum(getattr(one, name) for one in departments) for name in fields}


def _series(kind: str, label: str, data: list[int]) -> dict[str, Any]:
    """Bars of one kind, which has a colour, under the name people read."""
    return {"kind": kind, "name": said(label), "data": data}


def _spoken(rows: list[Spoken], *, by_code: bool) -> dict[str, Any]:
    shown = list(reversed(rows))
    return {
        "names": [one.code if by_code else one.name[:_LONGEST_NAME] for one in shown],
        "series": [
            _series("error", "错误", [one.errors for one in shown]),
            _series("warning", "警告", [one.warnings for one in shown]),
            _series("advice", "提示", [one.others for one in shown]),
        ],
    }

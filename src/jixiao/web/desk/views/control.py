"""Writing control figures: a table like a sheet, a workbook or a pasted block, and giving out.

What is typed wrong, or was changed by somebody else meanwhile, comes back in the same table with
everything that was typed; nothing is written then.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jixiao.lifecycle.control import ENTERING, ISSUING, SEEING_DRAFTS, UNITS, NoAmount, read_amount
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor
from jixiao.web.desk.context import actor, today
from jixiao.web.filings.summing import seen_years
from jixiao.web.ui.downloads import download
from jixiao.web.ui.sentences import said
from jixiao.web.workflow.control_reading import (
    Row,
    Table,
    drafts_of,
    issues_of,
    issuing_place,
    may_enter,
    places_of,
    projects_of,
    table_of,
)
from jixiao.web.workflow.control_sheet import Sheet, in_unit, read_block, read_sheet, write_template
from jixiao.web.workflow.controlling import Changed, Entry, NotIssued, enter, issue

_LARGEST, _LONGEST = 5 << 20, 200_000
_MOST_PAPERS = 12


@login_required
def control(request: HttpRequest) -> HttpResponse:
    """The table of a year; posted, the figures that were typed become drafts."""
    who = actor(request)
    if request.method == "POST":
        _needs(who, ENTERING)
        return _save(request)
    if not who.roles & SEEING_DRAFTS:
        return redirect("control-progress")
    return _page(request)


@login_required
@require_POST
def give_out(request: HttpRequest) -> HttpResponse:
    """Give out all drafts of a year by a paper."""
    who, asked = actor(request), request.POST
    _needs(who, ISSUING)
    try:
        day = date.fromisoformat(asked.get("issued_on", ""))
    except ValueError:
        return _page(request, refused=("请填写下达日期",))
    done = issue(
        actor=who,
        year=year_of(request),
        number=asked.get("number", "")[:60],
        issued_on=day,
        note=asked.get("note", "")[:300],
        now=timezone.now(),
    )
    if isinstance(done, NotIssued):
        return _page(request, refused=done.reasons)
    messages.success(request, _("控制数已下达，并已通知有关单位。"))
    return redirect(_here(request))


@login_required
@require_POST
def sheet(request: HttpRequest) -> HttpResponse:
    """Figures from a workbook, a text file or a pasted block: all rows are taken, or none."""
    who, unit = actor(request), unit_of(request)
    _needs(who, ENTERING)
    sent, pasted = request.FILES.get("sheet"), request.POST.get("pasted", "")
    if sent is not None and (sent.size is None or sent.size > _LARGEST):
        read = Sheet(fault="请选择一个不超过 5 MB 的 xlsx 或 csv 文件。")
    elif sent is not None:
        read = read_sheet(who, sent.name or "", sent.read(), unit=unit)
    else:
        read = read_block(who, pasted[:_LONGEST], unit=unit)
    if read.fault or read.refused:
        return _page(request, read=read, pasted=pasted)
    done = enter(actor=who, year=year_of(request), entries=read.entries, now=timezone.now())
    messages.success(
        request,
        _("读到 %(rows)s 行，写入草稿 %(count)s 项；没有填控制数的 %(blank)s 行没有改动。")
        % {"rows": len(read.entries), "count": done.count, "blank": read.blank},
    )
    return redirect(_here(request))


@login_required
@require_GET
def template(request: HttpRequest) -> HttpResponseBase:
    """A workbook to fill in, with the units and the figures there are."""
    who = actor(request)
    _needs(who, ENTERING)
    stream, year = BytesIO(), year_of(request)
    write_template(who, year, stream)
    stream.seek(0)
    return download(f"{said('控制数')}-{year}.xlsx", stream)


def year_of(request: HttpRequest) -> int:
    """The budget year asked for, else the newest that has forms, else next year."""
    asked = request.POST.get("year") or request.GET.get("year") or ""
    if asked.isdigit() and len(asked) == 4 and 1990 <= int(asked) <= 2100:
        return int(asked)
    years, _categories = seen_years(actor(request))
    return years[0] if years else today().year + 1


def years_shown(request: HttpRequest, year: int) -> list[int]:
    """The years that can be chosen."""
    years, _categories = seen_years(actor(request))
    return sorted({*years, year, today().year + 1}, reverse=True)


def unit_of(request: HttpRequest) -> str:
    """元 unless the page was asked for in 万元."""
    asked = request.POST.get("unit") or request.GET.get("unit") or ""
    return asked if asked in UNITS else "元"


def _save(request: HttpRequest) -> HttpResponse:
    """All changed rows become drafts; with any that cannot, none."""
    table, unit, asked = _table(request), unit_of(request), request.POST
    entries: list[Entry] = []
    wrong: dict[str, str] = {}
    for row in table.rows:
        text = asked.get(f"amount.{row.key}")
        if text is None or not may_enter(actor(request), row.agency.path):
            continue
        amount = read_amount(text, unit)
        if isinstance(amount, NoAmount):
            wrong[row.key] = amount.reason
            continue
        note = " ".join(asked.get(f"note.{row.key}", "").split())[:200]
        base, _sep, was = asked.get(f"base.{row.key}", "").partition("|")
        if base != row.base and amount == _money(was) and note == row.note:
            continue  # changed by somebody else, untouched here
        entries.append(
            Entry(
                agency=row.agency, amount=amount, note=note, project=row.project,
                project_name=row.project_name, base=base,
            )
        )  # fmt: skip
    if wrong:
        return _page(request, wrong=wrong)
    done = enter(actor=actor(request), year=table.year, entries=entries, now=timezone.now())
    if done.changed:
        return _page(request, changed=done.changed)
    if done.count:
        messages.success(request, _("已保存 %(count)s 项草稿。") % {"count": done.count})
    return redirect(_here(request))


def _table(request: HttpRequest) -> Table:
    who, year = actor(request), year_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    if asked.get("agency"):
        return projects_of(who, year, _agency(who, asked["agency"]))
    return table_of(who, year, under=asked.get("under", ""))


def _agency(who: Actor, code: str) -> Agency:
    found = places_of(who).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    *,
    refused: tuple[str, ...] = (),
    wrong: dict[str, str] | None = None,
    changed: tuple[Changed, ...] = (),
    read: Sheet | None = None,
    pasted: str = "",
) -> HttpResponse:
    who, table, unit = actor(request), _table(request), unit_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    place = issuing_place(who)
    waiting = [] if place is None else list(drafts_of(place, table.year))
    others = {f"{one.entry.agency.pk}:{one.entry.project}": one for one in changed}
    typed: Mapping[str, str] = request.POST.dict() if wrong or changed else {}
    lines = [
        _line(row, unit, typed, others.get(row.key))
        | {"may": may_enter(who, row.agency.path), "wrong": (wrong or {}).get(row.key, "")}
        for row in table.rows
    ]
    departments = [one for one in places_of(who) if one.kind == "department"]
    shown: dict[str, Any] = {
        "year": table.year,
        "years": years_shown(request, table.year),
        "unit": unit,
        "units": tuple(UNITS),
        "factor": UNITS[unit],
        "under": asked.get("under", ""),
        "agency": _agency(who, asked["agency"]) if asked.get("agency") else None,
        "departments": departments if len(departments) > 1 else [],
        "lines": lines,
        "is_cut": table.is_cut,
        "enters": bool(who.roles & ENTERING),
        "issues": place is not None,
        "waiting": waiting,
        "waiting_total": sum((one.amount or 0 for one in waiting if not one.project), 0),
        "papers": issues_of(who, table.year)[:_MOST_PAPERS],
        "today": today(),
        "asked": request.POST,
        "refused": refused,
        "wrong": len(wrong or {}),
        "changed": len(changed),
        "read": read,
        "pasted": pasted,
    }
    trouble = bool(refused or wrong or changed or read)
    return render(request, "desk/control.html", shown, status=409 if trouble else 200)


def _line(row: Row, unit: str, typed: Mapping[str, str], other: Changed | None) -> dict[str, Any]:
    """A row as the page shows it, with what was typed where it could not be saved."""
    factor, key = UNITS[unit], row.key
    return {
        "row": row,
        "is_department": row.agency.kind == "department",
        "amount": typed.get(f"amount.{key}", in_unit(row.wanted, factor)),
        "note": typed.get(f"note.{key}", row.note),
        "base": f"{row.base}|{'' if row.wanted is None else row.wanted}",
        "first": None if row.first is None else row.first / factor,
        "change": None if row.change is None else row.change / factor,
        "given": None if row.control is None else row.control / factor,
        "other": other,
        "other_amount": "" if other is None else in_unit(other.amount, factor),
    }


def _here(request: HttpRequest) -> str:
    kept = ("year", "unit", "under", "agency")
    words = {name: request.POST[name] for name in kept if request.POST.get(name)}
    return f"{reverse('control')}?{urlencode(words)}"


def _needs(who: Actor, roles: frozenset[Any]) -> None:
    if not who.roles & roles:
        raise PermissionDenied


def _money(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None

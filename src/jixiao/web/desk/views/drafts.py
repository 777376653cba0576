"""A new draft: for which unit and window, on which table, blank or after last year's."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from msgspec import Struct
from msgspec.structs import replace

from jixiao.form.forms import Form
from jixiao.lifecycle.roles import AgencyKind, RoleCode
from jixiao.official.blank import blank, next_year, opened
from jixiao.official.editing import change
from jixiao.standards.inheritance import load_profile
from jixiao.standards.layout import Layout, layout_of, layouts
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor, agencies_of
from jixiao.web.desk.context import actor, today
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import CLOSED_STATES, Filing
from jixiao.web.filings.selectors import visible_to
from jixiao.web.filings.similar import form_in
from jixiao.web.workflow.filing import begin
from jixiao.web.workflow.models import Window
from jixiao.web.workflow.open_days import handing_in

_UNITS = (AgencyKind.UNIT.value, AgencyKind.DEPARTMENT.value)
_EARLIER = 200


class Wish(Struct, frozen=True, kw_only=True):
    """What was chosen on the page, as far as it makes sense."""

    agency: Agency
    year: int
    layout: Layout
    window: Window | None
    before: Filing | None
    name: str
    key: UUID


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """The page that asks, and the draft that is begun."""
    who = actor(request)
    units = _units(who)
    if not units:
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, units, request.GET)
    wish = _wish(who, units, request.POST)
    if isinstance(wish, str):
        return _page(request, units, request.POST, refused=(wish,))
    return redirect("filing", pk=_begun(who, wish))


def _units(who: Actor) -> list[Agency]:
    """The units this person prepares forms for."""
    paths = [post.path for post in who.posts if post.role is RoleCode.PREPARER]
    within = agencies_of(who).filter(kind__in=_UNITS, is_active=True)
    return [one for one in within if any(one.path.startswith(path) for path in paths)]


def _windows(units: list[Agency]) -> QuerySet[Window]:
    """The windows to hand in that are set for these units, the newest first."""
    paths = {path for unit in units for path in unit.ancestor_paths()}
    return handing_in(paths, county_journey().stage.code).order_by("-budget_year", "closes_on")


def _open(windows: QuerySet[Window]) -> QuerySet[Window]:
    return windows.filter(opens_on__lte=today(), closes_on__gte=today())


def _earlier(who: Actor, units: list[Agency]) -> list[Filing]:
    """Forms of these units that another year's could follow."""
    own = visible_to(who).filter(agency__in=units).exclude(state__in=CLOSED_STATES)
    return list(own.order_by("-budget_year", "project_name")[:_EARLIER])


def _page(
    request: HttpRequest, units: list[Agency], asked: QueryDict, *, refused: tuple[str, ...] = ()
) -> HttpResponse:
    who = actor(request)
    known = _windows(units)
    windows = list(_open(known))
    shown: dict[str, Any] = {
        "units": units,
        "windows": windows,
        "waits_for_window": known.exists(),
        "layouts": _target_layouts(),
        "earlier": _earlier(who, units),
        "year": asked.get("year") or (windows[0].budget_year if windows else today().year + 1),
        "chosen_layout": asked.get("layout") or _usual_layout(windows, who, units),
        "asked": asked,
        "key": asked.get("key") or str(uuid4()),
        "refused": refused,
    }
    return render(request, "desk/new.html", shown, status=409 if refused else 200)


def _target_layouts() -> list[Layout]:
    kind = county_journey().stage.kind
    return [one for one in layouts() if one.sheet is not None and one.kind == kind]


def _usual_layout(windows: list[Window], who: Actor, units: list[Agency]) -> str:
    """The window's, else the one these units used last."""
    if windows:
        return windows[0].layout
    used = visible_to(who).filter(agency__in=units).exclude(layout="").order_by("-updated_at")
    return used.values_list("layout", flat=True).first() or ""


def _wish(who: Actor, units: list[Agency], asked: QueryDict) -> Wish | str:
    """The choice as values, or what is wrong with it."""
    unit = next((one for one in units if str(one.pk) == asked.get("agency")), None)
    layout = next((one for one in _target_layouts() if one.id == asked.get("layout")), None)
    year, name = asked.get("year", ""), " ".join(asked.get("name", "").split())
    if unit is None or layout is None:
        return "请选择单位和表样"
    if not (year.isdigit() and 2000 <= int(year) <= 2100):
        return "请填写预算年度，例如 2027"
    before = None
    chosen = asked.get("before", "")
    if chosen.isdigit():
        before = visible_to(who).filter(pk=int(chosen), agency=unit).first()
        if before is None:
            return "选中的上年表不属于这个单位"
        if before.budget_year >= int(year):
            return "上年表的年度应早于新表的年度"
    elif not name:
        return "请填写项目名称"
    window = _open(_windows([unit])).filter(budget_year=int(year)).first()
    return Wish(
        agency=unit,
        year=int(year),
        layout=layout,
        window=window,
        before=before,
        name=name,
        key=_key(asked.get("key", "")),
    )


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _begun(who: Actor, wish: Wish) -> int:
    """The new filing; where it was begun a moment ago, that one (a button pressed twice)."""
    key = wish.key if wish.before is None else wish.before.project_key
    profile = _profile(wish)
    try:
        with transaction.atomic():
            filing = begin(
                actor=who,
                agency=wish.agency,
                form=_form(wish, profile),
                journey=county_journey(),
                budget_year=wish.year,
                now=timezone.now(),
                profile=profile,
                round_="" if wish.window is None else wish.window.round,
                project_key=key,
            )
    except IntegrityError:
        known = Filing.objects.filter(
            project_key=key, budget_year=wish.year, stage=county_journey().stage.code
        )
        return known.exclude(state__in=CLOSED_STATES).values_list("pk", flat=True).get()
    return filing.pk


def _profile(wish: Wish) -> str:
    """The window's, else last year's if it covers the year, else chosen by evidence."""
    if wish.window is not None:
        return wish.window.profile
    return ""


def _form(wish: Wish, profile: str) -> Form:
    asked = load_profile(profile) if profile else None
    if wish.before is not None:
        last = form_in(wish.before)
        layout = layout_of(wish.layout.id)
        return opened(next_year(last, layout, year=wish.year, profile=asked), layout)
    form = blank(wish.layout, year=wish.year, profile=asked)
    form = change(form, "header.project_name", wish.name)
    form = change(form, "header.implementing_unit", wish.agency.name)
    parent = wish.agency.parent
    if parent is not None and parent.kind == AgencyKind.DEPARTMENT.value:
        named = f"{parent.code}-{parent.name}"
        form = change(form, "header.supervising_department", named)
    return opened(replace(form, file=""), wish.layout)

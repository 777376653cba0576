"""Who may do what: the table of a stage, and by name for one filing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jixiao.lifecycle.rights import COMMENTERS, PARTS, table
from jixiao.lifecycle.roles import ROLES, RoleCode
from jixiao.lifecycle.stage import Stage
from jixiao.web.agencies.people import holders, within
from jixiao.web.desk.context import actor, today
from jixiao.web.desk.permits import for_roles
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing
from jixiao.web.filings.numbering import named_by
from jixiao.web.filings.selectors import filing_of, visible_to

_READERS = tuple(RoleCode)
_MOST = 20


@for_roles(*_READERS)
@require_GET
def rights(request: HttpRequest) -> HttpResponse:
    """Rows are states, columns roles; in a cell what may be done and changed."""
    wanted = " ".join(request.GET.get("filing", "").split())
    if (named := named_by(wanted)) is not None:
        return redirect("who-can", pk=named.key)
    stage = county_journey().stage
    found: dict[tuple[str, RoleCode], list[str]] = {}
    parts: dict[tuple[str, RoleCode], int] = {}
    for right in table(stage):
        place = (right.state, right.role)
        if right.what in PARTS:
            parts[place] = parts.get(place, 0) + 1
        else:
            found.setdefault(place, []).append(right.label)
    roles = [role for role in ROLES.values() if any(role.code == held for _s, held in found)]
    rows = [
        {
            "state": state,
            "cells": [
                {
                    "role": role,
                    "actions": found.get((state.code, role.code), []),
                    "parts": parts.get((state.code, role.code), 0),
                }
                for role in roles
            ],
        }
        for state in stage.states
    ]
    context = {
        "stage": stage,
        "roles": roles,
        "rows": rows,
        "parts": list(PARTS.values()),
        "all_roles": list(ROLES.values()),
        "speaking": [role for role in ROLES.values() if role.code in COMMENTERS],
        "wanted": wanted,
        "named": _named(request, wanted) if wanted else None,
    }
    return render(request, "desk/rights.html", context)


@for_roles(*_READERS)
@require_GET
def who_can(request: HttpRequest, pk: int) -> HttpResponse:
    """谁现在能改这张表: people within reach by name, what each may do, and why."""
    filing = _filing(request, pk)
    if filing is None:
        raise Http404
    stage = county_journey().stage
    state = stage.state(filing.state)
    actions = stage.actions_from(filing.state)
    roles = frozenset().union(state.turn, *(one.roles for one in actions))
    rows = [
        {
            "held": held,
            "role": ROLES[RoleCode(held.role)],
            "may": _may(stage, filing.state, RoleCode(held.role)),
            "is_turn": held.role in state.turn,
        }
        for held in holders(filing.agency_path, roles, today())
    ]
    missing = [ROLES[role] for role in sorted(state.turn) if not _somebody(rows, role)]
    context = {
        "filing": filing,
        "state": state,
        "rows": rows,
        "missing": missing,
        "sees_filing": filing_of(actor(request), pk) is not None,
    }
    return render(request, "desk/who_can.html", context)


def _named(request: HttpRequest, words: str) -> list[Filing]:
    """The filings one can see whose project has these words in its name, the newest first."""
    mine = visible_to(actor(request)).filter(project_name__icontains=words)
    return list(mine.select_related("agency").order_by("-budget_year", "-pk")[:_MOST])


def _may(stage: Stage, state: str, role: RoleCode) -> list[str]:
    """What one role may do in a state, in words."""
    mine = [right for right in table(stage) if right.state == state and right.role == role]
    changes = [right for right in mine if right.what in PARTS]
    said = [_("修改全表") if len(changes) == len(PARTS) else _(one.label) for one in changes[:1]]
    return said + [_(right.label) for right in mine if right.what not in PARTS]


def _somebody(rows: list[dict[str, object]], role: RoleCode) -> bool:
    return any(getattr(row["role"], "code", None) == role for row in rows)


def _filing(request: HttpRequest, pk: int) -> Filing | None:
    """A filing one can see; administrators of the place see who holds it, not what it says."""
    who = actor(request)
    found = filing_of(who, pk)
    if found is not None:
        return found
    for role in (RoleCode.SYSTEM_ADMIN, RoleCode.SECURITY_ADMIN, RoleCode.AUDIT_ADMIN):
        reachable = Filing.objects.filter(within(who, role, "agency_path"), pk=pk)
        if (kept := reachable.select_related("agency").first()) is not None:
            return kept
    return None

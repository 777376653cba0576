"""Answering for a finding, from the list beside the table."""

from datetime import date

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST
from msgspec import Struct

from jixiao.web.desk.context import actor, today
from jixiao.web.desk.views.editing import for_script
from jixiao.web.desk.views.filing import found
from jixiao.web.filings.levels import county_journey
from jixiao.web.ui.sentences import said
from jixiao.web.workflow.accepting import accept, may_accept, refusals, take_back


class Answer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A finding with the reason to keep what it is about; an empty reason takes it back."""

    code: str
    path: str
    reason: str = ""
    until: date | None = None
    back: bool = False


@for_script
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a finding, or open it again."""
    filing = found(request, pk)
    try:
        asked = msgspec.json.decode(request.body, type=Answer)
    except msgspec.DecodeError:
        return _trouble("malformed", "请填写理由和截止日期", 400)
    who, journey, now = actor(request), county_journey(), timezone.now()
    if not may_accept(who, filing, journey):
        return _trouble("closed", "现在不由您说明理由，请刷新页面看当前状态", 409)
    if asked.back:
        take_back(
            actor=who, filing=filing, code=asked.code, path=asked.path, journey=journey, now=now
        )
        return JsonResponse({"ok": True})
    wrong = refusals(asked.reason, asked.until, today())
    if wrong or asked.until is None:
        return _trouble("refused", "；".join(wrong), 400)
    accept(
        actor=who,
        filing=filing,
        code=asked.code,
        path=asked.path,
        reason=asked.reason,
        until=asked.until,
        journey=journey,
        now=now,
    )
    return JsonResponse({"ok": True})


def _trouble(code: str, message: str, status: int) -> HttpResponse:
    return JsonResponse({"code": code, "message": said(message)}, status=status)

"""What people do with filings: submit, pass, return, approve; answer for findings."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from jixiao.lifecycle.machine import Refused
from jixiao.web.api.answers import answer
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.operations.filings import detail, filing
from jixiao.web.api.problems import NOT_FOUND, ApiProblem
from jixiao.web.api.refusals import refusal, there
from jixiao.web.api.schemas.filings import (
    ActionAsked,
    BulkAsked,
    BulkLine,
    FilingDetail,
    ForeseenLine,
    PreviewAsked,
    Seen,
    SuppressionAsked,
    SuppressionRow,
)
from jixiao.web.api.schemas.shared import Items, Pk
from jixiao.web.api.tags import is_expected
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Suppression
from jixiao.web.workflow.accepting import accept, refusals, take_back
from jixiao.web.workflow.acting import Stale, act
from jixiao.web.workflow.bulk import Outcome, act_on_each
from jixiao.web.workflow.foreseeing import Foreseen, foresee_each

router = Router(tags=["办理"])


@router.post("/filings/{pk}/actions", auth=needs("act"), response=FilingDetail, summary="办理一步")
def act_on_filing(request: HttpRequest, pk: Pk, asked: ActionAsked) -> HttpResponse:
    """提交、审核通过、退回、批复等，能办什么见 GET /filings/{编号} 的 actions。

    条件不符时 409，details.reasons 一次列出全部原因；lock_version 过期时 409（stale）。
    """
    one = filing(request, pk)
    seen = one.lock_version if is_expected(request) else None
    outcome = act(
        actor=actor(request),
        filing_id=one.pk,
        action=asked.action,
        journey=county_journey(),
        now=timezone.now(),
        lock_version=seen if asked.lock_version is None else asked.lock_version,
        opinion=asked.opinion,
        reasons=asked.reasons,
    )
    if isinstance(outcome, Stale):
        words = "这张表在您看过之后有了变化，请重新取得最新内容再办理"
        raise ApiProblem(409, "stale", words, {"state": outcome.state})
    if isinstance(outcome, Refused):
        raise refusal(outcome.reasons)
    return answer(detail(actor(request), outcome))


@router.post("/actions", auth=needs("act"), response=Items[BulkLine], summary="成批办理同一步")
def act_on_many(request: HttpRequest, asked: BulkAsked) -> HttpResponse:
    """逐张办理、逐张回答；一张不成不影响其他。

    action 为 forward 时，每张各按所处状态往前办一步，与页面上的成批办理相同。
    """
    chosen = _chosen(asked.filings)
    outcomes = act_on_each(
        actor=actor(request),
        chosen=chosen,
        journey=county_journey(),
        now=timezone.now(),
        action=None if asked.action == "forward" else asked.action,
        opinion=asked.opinion,
    )
    known = {one.filing.pk: one for one in outcomes}
    return answer({"items": [_line(pk, known.get(pk)) for pk in chosen]})


@router.post(
    "/actions/preview",
    auth=needs("read"),
    response=Items[ForeseenLine],
    summary="成批办理前先看结果",
)
def foresee_many(request: HttpRequest, asked: PreviewAsked) -> HttpResponse:
    """每张各往前办一步会到哪里，或者为什么办不了；什么也不写入。"""
    chosen = _chosen(asked.filings)
    foreseen = foresee_each(
        actor=actor(request),
        chosen=chosen.items(),
        journey=county_journey(),
        today=timezone.localdate(),
        opinion=asked.opinion,
    )
    known = {one.filing.pk: one for one in foreseen}
    return answer({"items": [_foreseen(pk, known.get(pk)) for pk in chosen]})


@router.get(
    "/filings/{pk}/suppressions",
    auth=needs("read"),
    response=Items[SuppressionRow],
    summary="豁免",
)
def list_suppressions(request: HttpRequest, pk: Pk) -> HttpResponse:
    """有人负责说明理由的校核问题。"""
    one = filing(request, pk)
    rows = Suppression.objects.filter(filing=one).select_related("by").order_by("pk")
    return answer({"items": [_suppression(row) for row in rows]})


@router.post(
    "/filings/{pk}/suppressions",
    auth=needs("write"),
    response={201: SuppressionRow},
    summary="豁免一个问题",
)
def suppress(request: HttpRequest, pk: Pk, asked: SuppressionAsked) -> HttpResponse:
    """写明理由和截止日期；问题仍然可见，但不再挡住提交。"""
    one, now = filing(request, pk), timezone.now()
    reasons = refusals(asked.reason, asked.until, timezone.localdate())
    if reasons:
        raise refusal(reasons, status=422)
    made = accept(
        actor=actor(request),
        filing=one,
        code=asked.code,
        path=asked.path,
        reason=asked.reason,
        until=asked.until,
        journey=county_journey(),
        now=now,
    )
    return answer(_suppression(made), 201)


@router.delete(
    "/filings/{pk}/suppressions/{suppression}",
    auth=needs("write"),
    response={204: None},
    summary="取消豁免",
)
def unsuppress(request: HttpRequest, pk: Pk, suppression: Pk) -> HttpResponse:
    """问题重新成为待处理。"""
    one = filing(request, pk)
    found = there(Suppression.objects.filter(filing=one, pk=suppression).first())
    take_back(
        actor=actor(request),
        filing=one,
        code=found.code,
        path=found.path,
        journey=county_journey(),
        now=timezone.now(),
    )
    return HttpResponse(status=204)


def _chosen(filings: list[int | Seen]) -> dict[int, int | None]:
    """Keys, each with the version the caller has seen, where it says so."""
    return {
        one if isinstance(one, int) else one.id: None if isinstance(one, int) else one.lock_version
        for one in filings
    }


def _line(pk: int, outcome: Outcome | None) -> dict[str, Any]:
    if outcome is None:
        return {"id": pk, "done": False, "state": None, "reasons": [NOT_FOUND]}
    reasons = list(outcome.reasons)
    state = None if reasons else outcome.filing.state
    return {"id": pk, "done": not reasons, "state": state, "reasons": reasons}


def _foreseen(pk: int, one: Foreseen | None) -> dict[str, Any]:
    if one is None:
        return {"id": pk, "action": "", "state": "", "target": "", "reasons": [NOT_FOUND]}
    return {
        "id": pk,
        "action": one.action,
        "state": one.state,
        "target": one.target,
        "reasons": list(one.reasons),
    }


def _suppression(row: Suppression) -> dict[str, Any]:
    return {
        "id": row.pk,
        "code": row.code,
        "path": row.path,
        "reason": row.reason,
        "by": row.by.full_name,
        "created_at": row.created_at,
        "until": row.until,
    }

"""What helps to fill in: texts of last year and of like projects, reasons of a return, rules."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from msgspec import to_builtins
from ninja import Query, Router

from jixiao.audit.rule import RULES
from jixiao.report.catalogue import RuleEntry, profile_entries, rule_entries, rule_entry
from jixiao.standards.layout import layouts
from jixiao.web.api.answers import answer
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.operations.filings import filing
from jixiao.web.api.schemas.helping import ProfileRow, ReasonRow, RuleDetail, RuleRow, SuggestionRow
from jixiao.web.api.schemas.places import LayoutRow
from jixiao.web.api.schemas.shared import Items, Pk, Text
from jixiao.web.filings.selectors import form_of
from jixiao.web.filings.similar import form_in, hints, last_year, suggestions
from jixiao.web.workflow.thread import reasons_for

router = Router(tags=["填报帮助"])


@router.get(
    "/filings/{pk}/suggestions",
    auth=needs("read"),
    response=Items[SuggestionRow],
    summary="填写建议",
)
def list_suggestions(
    request: HttpRequest,
    pk: Pk,
    path: Annotated[Text, Query(max_length=200, description="栏目路径")],
) -> HttpResponse:
    """这一栏在上年的表和相似项目的表里写的是什么；上年的在前。"""
    one = filing(request, pk)
    form, _ = form_of(one)
    return answer({"items": suggestions(actor(request), one, form, path)})


@router.get(
    "/filings/{pk}/last-year", auth=needs("read"), response=dict[str, str], summary="上年的值"
)
def get_last_year(request: HttpRequest, pk: Pk) -> HttpResponse:
    """空白栏目在上年的表里的内容：栏目路径 → 文字；没有上年的表时为空。"""
    one = filing(request, pk)
    before = last_year(one)
    form, _ = form_of(one)
    return answer({} if before is None else dict(hints(form, form_in(before))))


@router.get(
    "/filings/{pk}/reasons", auth=needs("read"), response=Items[ReasonRow], summary="退回的理由"
)
def list_reasons(request: HttpRequest, pk: Pk) -> HttpResponse:
    """最近一次退回时各栏的理由，供修改时逐栏答复；草稿以外的为空。"""
    found = [one for said in reasons_for(filing(request, pk)).values() for one in said]
    wanted = ("path", "label", "text", "by", "at")
    return answer({"items": [{name: getattr(one, name) for name in wanted} for one in found]})


@router.get("/rules", auth=needs("read"), response=Items[RuleRow], summary="校核规则")
def list_rules(request: HttpRequest) -> HttpResponse:
    """规则编号、名称、等级和所属方面。"""
    actor(request)
    return answer({"items": [_short(one) for one in rule_entries()]})


@router.get("/rules/{code}", auth=needs("read"), response=RuleDetail, summary="一条规则")
def get_rule(request: HttpRequest, code: Text) -> HttpResponse:
    """规则的说明：看什么、为什么、怎样改，以及依据。"""
    actor(request)
    return answer(to_builtins(rule_entry(RULES[code])))


@router.get("/layouts", auth=needs("read"), response=Items[LayoutRow], summary="版式")
def list_layouts(request: HttpRequest) -> HttpResponse:
    """本程序认识的官方版式。"""
    actor(request)
    items = [
        {
            "id": one.id,
            "title": one.title,
            "kind": one.kind,
            "can_be_written": one.sheet is not None,
        }
        for one in layouts()
    ]
    return answer({"items": items})


@router.get("/profiles", auth=needs("read"), response=Items[ProfileRow], summary="校核口径")
def list_profiles(request: HttpRequest) -> HttpResponse:
    """各地的校核口径，从通用的到具体的。"""
    actor(request)
    wanted = ("id", "title", "chain", "verified")
    rows = [{name: getattr(one, name) for name in wanted} for one in profile_entries()]
    return answer({"items": rows})


def _short(one: RuleEntry) -> dict[str, Any]:
    wanted = ("code", "name", "title", "severity", "dimension", "default", "preview")
    return {name: getattr(one, name) for name in wanted}

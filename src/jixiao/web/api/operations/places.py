"""Agencies within reach, and their keeping by the system administrator."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from jixiao.lifecycle.roles import KIND_LABELS, AgencyKind
from jixiao.web.agencies.models import STEP, Agency, in_subtree
from jixiao.web.agencies.selectors import Actor, agencies_of
from jixiao.web.api.answers import answer
from jixiao.web.api.cursors import Order, page
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.refusals import there, unless_taken
from jixiao.web.api.schemas.places import AgencyAsked, AgencyChange, AgencyRow
from jixiao.web.api.schemas.shared import Cursor, Limit, Page, Text
from jixiao.web.workflow.administration import create_agency
from jixiao.web.workflow.moving import rearrange_agency

router = Router(tags=["机构"])
_COLUMNS = ("code", "name", "kind", "path", "is_active", "parent__code")


@router.get("/agencies", auth=needs("read"), response=Page[AgencyRow], summary="机构列表")
def list_agencies(
    request: HttpRequest,
    *,
    under: Annotated[Text | None, Query(max_length=40, description="该机构及其下级")] = None,
    kind: Annotated[AgencyKind | None, Query()] = None,
    q: Annotated[Text | None, Query(max_length=60, description="名称或编码中的文字")] = None,
    active: Annotated[Literal["yes", "no"] | None, Query(description="是否启用")] = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> HttpResponse:
    """本人范围内的机构，按机构树的次序。"""
    who = actor(request)
    found = agencies_of(who)
    if under is not None:
        found = found.filter(in_subtree("path", agency_of(who, under).path))
    if kind is not None:
        found = found.filter(kind=kind.value)
    if active is not None:
        found = found.filter(is_active=active == "yes")
    if q:
        found = found.filter(name__contains=q) | found.filter(code__contains=q)
    got = page(found, Order("path"), columns=_COLUMNS, limit=limit, cursor=cursor)
    return answer({"items": [_shown(row) for row in got.rows], "next": got.next})


@router.get("/agencies/{code}", auth=needs("read"), response=AgencyRow, summary="一个机构")
def get_agency(request: HttpRequest, code: Text) -> HttpResponse:
    """按编码取一个机构。"""
    return answer(_row(agency_of(actor(request), code)))


@router.post("/agencies", auth=needs("admin"), response={201: AgencyRow}, summary="新设机构")
def add_agency(request: HttpRequest, asked: AgencyAsked) -> HttpResponse:
    """在上级机构之下新设；由系统管理员办理。"""
    who = actor(request)
    parent = agency_of(who, asked.parent)
    with unless_taken("这个编码已有机构使用", code=asked.code):
        made = create_agency(
            actor=who,
            parent=parent,
            code=asked.code,
            name=asked.name,
            kind=asked.kind,
            now=timezone.now(),
        )
    return answer(_row(made), 201)


@router.patch("/agencies/{code}", auth=needs("admin"), response=AgencyRow, summary="改机构")
def patch_agency(request: HttpRequest, code: Text, asked: AgencyChange) -> HttpResponse:
    """改名、停用、启用或调整上级；由系统管理员办理。调整后，机构和下级的表归新的上级审核。"""
    who = actor(request)
    one = agency_of(who, code)
    changed = rearrange_agency(
        actor=who,
        agency=one,
        parent=None if asked.parent is None else agency_of(who, asked.parent),
        name=one.name if asked.name is None else asked.name,
        is_active=one.is_active if asked.is_active is None else asked.is_active,
        now=timezone.now(),
    )
    return answer(_row(changed))


def agency_of(who: Actor, code: str) -> Agency:
    """An agency within reach by its code. Raises ApiProblem 404."""
    found = agencies_of(who).select_related("parent").filter(code=code).first()
    return there(found, agency=code)


def place(one: Agency) -> dict[str, str]:
    """An agency where it is named beside something else."""
    return {"code": one.code, "name": one.name}


def place_in(row: Mapping[str, Any]) -> dict[str, str]:
    """The same, of a row that was read with `agency__code` and `agency__name`."""
    return {"code": row["agency__code"], "name": row["agency__name"]}


def _row(one: Agency) -> dict[str, Any]:
    row = {name: getattr(one, name) for name in _COLUMNS if "__" not in name}
    return _shown({**row, "pk": one.pk, "parent__code": one.parent.code if one.parent else None})


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["pk"],
        "code": row["code"],
        "name": row["name"],
        "kind": row["kind"],
        "kind_label": KIND_LABELS.get(row["kind"], row["kind"]),
        "parent": row["parent__code"],
        "path": row["path"],
        "depth": len(row["path"]) // STEP - 1,
        "is_active": row["is_active"],
    }

"""A sheet of roles, granted as a whole or not at all.

Three hundred units have six hundred people to grant a role to. The security administrator takes
the list of those who have none, writes a role beside each name and sends it back. A row without a
role is left out and counted; every row is granted by the same service as on the page, so that the
sheet can do nothing the page could not.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import ClassVar

from django.db import transaction
from msgspec import Struct

from jixiao.lifecycle.roles import ROLES, RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency, Membership
from jixiao.web.agencies.people import agencies_kept_by, not_over, people_kept_by
from jixiao.web.agencies.selectors import Actor
from jixiao.web.agencies.services import RoleConflict
from jixiao.web.workflow.administration import AdministrationFault, grant_role
from jixiao.web.workflow.filing import NotYours
from jixiao.web.workflow.office_sheet import Row, half_width, plain, read_sheet
from jixiao.web.workflow.roster import Refusal

_SECURITY = RoleCode.SECURITY_ADMIN
_MOST = 1000
_DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?(?:00:00(?::00)?)?", re.ASCII)
_ROLES = {role.label: code for code, role in ROLES.items()}


class RoleSheet(Struct, frozen=True, kw_only=True):
    """What became of a sheet: roles granted, or the rows that kept it from being taken."""

    COLUMNS: ClassVar[tuple[str, ...]] = ("登录名", "角色", "机构编码")
    OPTIONAL: ClassVar[tuple[str, ...]] = ("姓名", "开始日期", "结束日期")
    granted: tuple[Membership, ...] = ()
    left_out: int = 0
    refused: tuple[Refusal, ...] = ()
    fault: str = ""


def grant_sheet(*, actor: Actor, name: str, content: bytes, now: datetime) -> RoleSheet:
    """Grant what the sheet says; with one row refused, nothing."""
    sheet = read_sheet(name, content, RoleSheet.COLUMNS, RoleSheet.OPTIONAL)
    if sheet.fault:
        return RoleSheet(fault=sheet.fault)
    rows = [row for row in sheet.rows if plain(row.texts["角色"])]
    if not rows:
        return RoleSheet(fault="没有一行填了角色。")
    if len(rows) > _MOST:
        return RoleSheet(fault=f"一次最多授予 {_MOST} 行，请分成几个文件。")
    known = _Known(actor)
    granted: list[Membership] = []
    refused: list[Refusal] = []
    with transaction.atomic():
        for row in rows:
            made = _granted(actor, known, row, now)
            if isinstance(made, str):
                refused.append(Refusal(row.number, made))
            else:
                granted.append(made)
        transaction.set_rollback(bool(refused))
    if refused:
        return RoleSheet(refused=tuple(refused))
    return RoleSheet(granted=tuple(granted), left_out=len(sheet.rows) - len(rows))


def without_roles(actor: Actor) -> Iterator[tuple[str, ...]]:
    """The people who hold no role yet, as rows of such a sheet; the role is left to be written."""
    yield ("登录名", "姓名", "单位", "角色", "机构编码", "开始日期", "结束日期")
    serving = Membership.objects.filter(not_over(actor.today)).values("user")
    people = people_kept_by(actor, _SECURITY).filter(is_active=True).exclude(pk__in=serving)
    places = {one.pk: one for one in agencies_kept_by(actor, _SECURITY)}
    for user in people.exclude(pk=actor.user.pk).select_related("workplace"):
        work = getattr(user, "workplace", None)
        place = None if work is None else places.get(work.agency_id)
        where, code = ("", "") if place is None else (place.name, place.code)
        yield (user.username, user.full_name, where, "", code, actor.today.isoformat(), "")


class _Known:
    """Whom and what the actor keeps, asked once for the whole sheet."""

    def __init__(self, actor: Actor) -> None:
        self.people: Mapping[str, User] = {
            one.username: one for one in people_kept_by(actor, _SECURITY).filter(is_active=True)
        }
        self.places: Mapping[str, Agency] = {
            one.code: one for one in agencies_kept_by(actor, _SECURITY).filter(is_active=True)
        }


def _granted(actor: Actor, known: _Known, row: Row, now: datetime) -> Membership | str:
    """The role of a row, or why it cannot be granted."""
    said = row.texts
    user = known.people.get(half_width(said["登录名"]).lower())
    agency = known.places.get(plain(said["机构编码"]))
    role = _ROLES.get(plain(said["角色"]))
    try:
        starts_on = _day(said["开始日期"]) or actor.today
        ends_on = _day(said["结束日期"])
    except ValueError:
        return "日期要写成 2027-01-31 的样子"
    if user is None:
        return f"登录名“{said['登录名']}”不存在、已停用，或者在您的范围以外"
    if said["姓名"] and plain(said["姓名"]) != plain(user.full_name):
        return f"登录名“{user.username}”是“{user.full_name}”，与表中的姓名不同"
    if agency is None:
        return f"机构编码“{said['机构编码']}”不存在、已停用，或者在您的范围以外"
    if role is None:
        return f"角色“{said['角色']}”认不出来"
    try:
        with transaction.atomic():
            return grant_role(
                actor=actor, user=user, agency=agency, role=role, starts_on=starts_on,
                ends_on=ends_on, now=now,
            )  # fmt: skip
    except (AdministrationFault, RoleConflict) as fault:
        return str(fault)
    except NotYours:
        return "不能给自己授予角色，也不能授予范围以外的人。"


def _day(text: str) -> date | None:
    """A day as people and workbooks write it. Raises ValueError."""
    given = plain(text)
    if not given:
        return None
    if (said := _DAY.fullmatch(given)) is None:
        raise ValueError
    return date(*map(int, said.groups()))

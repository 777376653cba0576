"""A sheet of agencies and people, checked row by row and taken in whole or not at all.

Roles are not on it: those are the security administrator's to grant.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import ClassVar

from django.db import transaction
from msgspec import Struct

from jixiao.intake.choose import open_document
from jixiao.intake.document import SourceFile, Table
from jixiao.lifecycle.roles import KIND_LABELS, AgencyKind, RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.people import agencies_kept_by
from jixiao.web.agencies.selectors import Actor
from jixiao.web.workflow.administration import (
    USERNAME,
    FirstPassword,
    create_account,
    create_agency,
    first_password,
)

_MOST = 500
_KINDS = {label: kind for kind, label in KIND_LABELS.items()}
SAMPLE = (
    "机构编码,机构名称,上级编码,类别,登录名,姓名\r\n"
    "055003,陶乐镇中心小学,055,预算单位,xiaoxue,小学经办人\r\n"
    "055003,陶乐镇中心小学,055,预算单位,xiaozhang,小学负责人\r\n"
)


class Line(Struct, frozen=True, kw_only=True):
    """One row of the sheet: an agency, and a person at it or none."""

    number: int
    code: str
    name: str
    above: str
    kind: str
    username: str
    full_name: str


class Refusal(Struct, frozen=True):
    """A row that cannot be taken, and why."""

    number: int
    reason: str


class Roster(Struct, frozen=True, kw_only=True):
    """What a sheet says. `fault` is for a file that is no such sheet at all."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "机构编码",
        "机构名称",
        "上级编码",
        "类别",
        "登录名",
        "姓名",
    )
    lines: tuple[Line, ...] = ()
    refused: tuple[Refusal, ...] = ()
    fault: str = ""


class Arrived(Struct, frozen=True):
    """A new account with its first password, shown this once."""

    user: User
    agency: Agency
    password: str


class TakenIn(Struct, frozen=True):
    """What became of a sheet."""

    agencies: tuple[Agency, ...]
    people: tuple[Arrived, ...]


def read_roster(actor: Actor, name: str, content: bytes) -> Roster:
    """The rows of a sheet, each checked against the tree and against the others."""
    document = open_document(SourceFile(name=name, content=content))
    tables = [block for block in document.blocks if isinstance(block, Table)]
    table = next((one for one in tables if _header(one) is not None), None)
    if table is None:
        reason = document.problems[0].message if document.problems else ""
        return Roster(fault=f"没有找到含“机构编码”等栏目的表头。{reason}")
    lines = tuple(_lines(table))
    if not lines:
        return Roster(fault="表头下面没有内容。")
    if len(lines) > _MOST:
        return Roster(fault=f"一次最多导入 {_MOST} 行，请分成几个文件。")
    return Roster(lines=lines, refused=tuple(_refusals(actor, lines)))


def take_in(*, actor: Actor, roster: Roster, now: datetime) -> TakenIn:
    """Make what is new; agencies before those below them. The rows have been checked.

    First passwords take seconds for a few hundred people: they are made before anything is held.
    """
    passwords = {one.username: first_password() for one in roster.lines if one.username}
    with transaction.atomic():
        return _made(actor, roster, passwords, now)


def _made(
    actor: Actor, roster: Roster, passwords: Mapping[str, FirstPassword], now: datetime
) -> TakenIn:
    known = {agency.code: agency for agency in agencies_kept_by(actor, RoleCode.SYSTEM_ADMIN)}
    made: list[Agency] = []
    people: list[Arrived] = []
    waiting = list(roster.lines)
    while waiting:
        ready = [one for one in waiting if one.code in known or one.above in known]
        for one in ready:
            if one.code not in known:
                known[one.code] = create_agency(
                    actor=actor, parent=known[one.above], code=one.code, name=one.name,
                    kind=_KINDS[one.kind], now=now,
                )  # fmt: skip
                made.append(known[one.code])
            if one.username:
                user, password = create_account(
                    actor=actor, agency=known[one.code], username=one.username,
                    full_name=one.full_name, now=now, first=passwords[one.username],
                )  # fmt: skip
                people.append(Arrived(user, known[one.code], password))
        waiting = [one for one in waiting if one not in ready]
    return TakenIn(tuple(made), tuple(people))


def _header(table: Table) -> tuple[int, dict[str, int]] | None:
    """The row that names the columns, and where each stands."""
    for number, row in enumerate(table.texts[:10]):
        places = {text.strip(): column for column, text in enumerate(row)}
        if all(name in places for name in Roster.COLUMNS):
            return number, places
    return None


def _lines(table: Table) -> Iterator[Line]:
    header = _header(table)
    assert header is not None
    start, places = header
    for offset, row in enumerate(table.texts[start + 1 :], start + 1):
        texts = [row[places[name]].strip() for name in Roster.COLUMNS]
        if not any(texts):
            continue
        place = table.places[offset]
        code, name, above, kind, username, full_name = texts
        yield Line(
            number=place.row or place.line or offset + 1, code=code, name=name, above=above,
            kind=kind, username=username.lower(), full_name=full_name,
        )  # fmt: skip


def _refusals(actor: Actor, lines: tuple[Line, ...]) -> Iterator[Refusal]:
    kept = set(agencies_kept_by(actor, RoleCode.SYSTEM_ADMIN).values_list("code", flat=True))
    elsewhere = set(Agency.objects.values_list("code", flat=True)) - kept
    wanted = {line.username for line in lines if line.username}
    taken = set(User.objects.filter(username__in=wanted).values_list("username", flat=True))
    reachable = _reachable(lines, kept)
    first: dict[str, Line] = {}
    for line in lines:
        before = first.setdefault(line.code, line)
        reasons = [*_about_agency(line, before, kept, elsewhere, reachable)]
        reasons += _about_person(line, taken)
        if line.username:
            taken.add(line.username)
        if reasons:
            yield Refusal(line.number, "；".join(reasons))


def _reachable(lines: tuple[Line, ...], kept: set[str]) -> set[str]:
    """Codes that hang on the tree once the sheet is taken in."""
    found = set(kept)
    while more := {one.code for one in lines if one.above in found} - found:
        found |= more
    return found


def _about_agency(
    line: Line, before: Line, kept: set[str], elsewhere: set[str], reachable: set[str]
) -> Iterator[str]:
    if not line.code:
        yield "没有填机构编码"
        return
    if line.code in elsewhere:
        yield f"编码“{line.code}”属于您范围以外的机构"
    if line.code in kept:
        return
    if not line.name:
        yield "新机构没有填名称"
    if line.kind not in _KINDS or _KINDS[line.kind] is AgencyKind.COUNTY:
        yield f"类别“{line.kind}”认不出来"
    if line.above not in reachable:
        yield f"上级编码“{line.above}”不存在"
    if (line.name, line.above, line.kind) != (before.name, before.above, before.kind):
        yield f"与第 {before.number} 行同一编码，名称、上级或类别却不同"


def _about_person(line: Line, taken: set[str]) -> Iterator[str]:
    if bool(line.username) != bool(line.full_name):
        yield "登录名和姓名要么都填，要么都不填"
    elif line.username and not USERNAME.fullmatch(line.username):
        yield f"登录名“{line.username}”只能用小写字母、数字、点、横线，至少 2 位"
    if line.username and line.username in taken:
        yield f"登录名“{line.username}”已被使用"

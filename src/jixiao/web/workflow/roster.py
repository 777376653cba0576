"""A sheet of agencies and people, checked row by row and taken in whole or not at all.

Roles are not on it: those are the security administrator's to grant.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import ClassVar

from django.db import transaction
from msgspec import Struct
from msgspec.structs import replace

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
from jixiao.web.workflow.office_sheet import Row, half_width, plain, read_sheet, tidy

_MOST = 500
_CODE, _NAME, _PERSON = 40, 120, 60  # what the columns hold
#: What offices write for a kind besides its own word.
_KINDS = {label: kind for kind, label in KIND_LABELS.items()} | {
    "部门": AgencyKind.DEPARTMENT,
    "主管单位": AgencyKind.DEPARTMENT,
    "一级预算单位": AgencyKind.DEPARTMENT,
    "单位": AgencyKind.UNIT,
    "下属单位": AgencyKind.UNIT,
    "基层单位": AgencyKind.UNIT,
    "二级预算单位": AgencyKind.UNIT,
    "基层预算单位": AgencyKind.UNIT,
    "科室": AgencyKind.DIVISION,
    "财政股室": AgencyKind.DIVISION,
    "人大常委会": AgencyKind.CONGRESS,
    "审计局": AgencyKind.AUDIT_OFFICE,
}
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
    sheet = read_sheet(name, content, Roster.COLUMNS)
    if sheet.fault:
        return Roster(fault=sheet.fault)
    lines = tuple(_lines(sheet.rows))
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


def _lines(rows: tuple[Row, ...]) -> Iterator[Line]:
    """A row that only repeats the code says the same of the agency as the first one did."""
    first: dict[str, Line] = {}
    for row in rows:
        texts = row.texts
        line = Line(
            number=row.number,
            code=plain(texts["机构编码"]),
            name=tidy(texts["机构名称"]),
            above=plain(texts["上级编码"]),
            kind=plain(texts["类别"]),
            username=half_width(texts["登录名"]).lower(),
            full_name=tidy(texts["姓名"]),
        )
        before = first.setdefault(line.code, line)
        if not (line.name or line.above or line.kind):
            line = replace(line, name=before.name, above=before.above, kind=before.kind)
        yield line


def _refusals(actor: Actor, lines: tuple[Line, ...]) -> Iterator[Refusal]:
    tree = _Tree(actor, lines)
    wanted = {line.username for line in lines if line.username}
    taken = set(User.objects.filter(username__in=wanted).values_list("username", flat=True))
    agencies: dict[str, Line] = {}
    people: dict[str, int] = {}
    for line in lines:
        before = agencies.setdefault(line.code, line)
        reasons = [*tree.about(line, before), *_about_person(line, taken, people)]
        if line.username:
            people.setdefault(line.username, line.number)
        if reasons:
            yield Refusal(line.number, "；".join(reasons))


class _Tree:
    """The agencies there are, those the sheet adds, and what is wrong with a row beside them."""

    def __init__(self, actor: Actor, lines: tuple[Line, ...]) -> None:
        self.kept = {one.code: one for one in agencies_kept_by(actor, RoleCode.SYSTEM_ADMIN)}
        self.elsewhere = set(Agency.objects.values_list("code", flat=True)) - set(self.kept)
        self.reachable = _reachable(lines, set(self.kept))

    def about(self, line: Line, before: Line) -> Iterator[str]:
        """Why the agency of a row cannot be taken; `before` is the first row of the same code."""
        if not line.code:
            yield "没有填机构编码"
        elif line.code in self.elsewhere:
            yield f"编码“{line.code}”属于您范围以外的机构"
        elif (there := self.kept.get(line.code)) is not None:
            yield from _about_known(line, there)
        else:
            yield from self._about_new(line, before)

    def _about_new(self, line: Line, before: Line) -> Iterator[str]:
        if not line.name:
            yield "新机构没有填名称"
        yield from _too_long(("机构编码", line.code, _CODE), ("机构名称", line.name, _NAME))
        if line.kind not in _KINDS or _KINDS[line.kind] is AgencyKind.COUNTY:
            yield f"类别“{line.kind}”认不出来" if line.kind else "没有填类别"
        if line.above not in self.reachable:
            yield self._about_above(line.above)
        elif (above := self.kept.get(line.above)) is not None and not above.is_active:
            yield f"上级“{above.name}”已停用"
        if _agency_of(line) != _agency_of(before):
            yield f"与第 {before.number} 行同一编码，名称、上级或类别却不同"

    def _about_above(self, code: str) -> str:
        if not code:
            return "没有填上级编码"
        meant = next((one for one in sorted(self.reachable) if one.lstrip("0") == code), "")
        hint = f"，是不是 Excel 去掉了“{meant}”前面的 0" if meant else ""
        return f"上级编码“{code}”不存在{hint}"


def _agency_of(line: Line) -> tuple[str, str, AgencyKind | None]:
    return line.name, line.above, _KINDS.get(line.kind)


def _reachable(lines: tuple[Line, ...], kept: set[str]) -> set[str]:
    """Codes that hang on the tree once the sheet is taken in."""
    found = set(kept)
    while more := {one.code for one in lines if one.above in found} - found:
        found |= more
    return found


def _about_known(line: Line, there: Agency) -> Iterator[str]:
    """A wrong digit must not bring somebody into another unit."""
    if line.name and line.name != tidy(there.name):
        yield (
            f"编码“{there.code}”已经是“{there.name}”，与表中的“{line.name}”不同；"
            "机构改名请在机构页面办理"
        )
    if line.username and not there.is_active:
        yield f"“{there.name}”已停用"


def _about_person(line: Line, taken: set[str], people: dict[str, int]) -> Iterator[str]:
    if bool(line.username) != bool(line.full_name):
        yield "登录名和姓名要么都填，要么都不填"
    elif line.username and not USERNAME.fullmatch(line.username):
        yield f"登录名“{line.username}”只能用小写字母、数字、点、横线，2 至 60 位"
    yield from _too_long(("姓名", line.full_name, _PERSON))
    if line.username in taken:
        yield f"登录名“{line.username}”已被使用"
    elif line.username in people:
        yield f"登录名“{line.username}”与第 {people[line.username]} 行相同"


def _too_long(*entries: tuple[str, str, int]) -> Iterator[str]:
    for name, text, most in entries:
        if len(text) > most:
            yield f"{name}不能超过 {most} 个字"

"""What administrators do, each in one transaction with its event (三员分立).

The system administrator keeps agencies and accounts, the security administrator roles; neither
sees filings. A person may lend a role to a colleague for a time. Whoever may not do something is
refused as if it were not there (`NotYours`).
"""

import re
import secrets
import string
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from msgspec import Struct

from jixiao.lifecycle.roles import ADMINISTRATORS, ROLES, AgencyKind, RoleCode
from jixiao.web.accounts.models import PastPassword, User
from jixiao.web.accounts.second_factor import remove
from jixiao.web.agencies.models import Agency, Membership, Workplace
from jixiao.web.agencies.people import colleagues, keeps, people_kept_by
from jixiao.web.agencies.selectors import Actor
from jixiao.web.agencies.services import add_agency, end_membership, grant
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.filing import NotYours

_LENGTH = 14
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


class AdministrationFault(ValueError):
    """An entry that cannot be taken so; the message says why."""


def _allow(actor: Actor, role: RoleCode, agency: Agency) -> None:
    if role not in actor.roles_over(agency.path):
        raise NotYours


def _allow_account(actor: Actor, agency: Agency, user: User) -> None:
    """Somebody else's account, all of whose places the system administrator keeps."""
    _allow(actor, RoleCode.SYSTEM_ADMIN, agency)
    if user.pk == actor.user.pk or not keeps(actor, RoleCode.SYSTEM_ADMIN, user):
        raise NotYours


@transaction.atomic
def create_agency(
    *, actor: Actor, parent: Agency, code: str, name: str, kind: AgencyKind, now: datetime
) -> Agency:
    """A new agency below one within reach."""
    _allow(actor, RoleCode.SYSTEM_ADMIN, parent)
    code, name = code.strip(), name.strip()
    if not code or not name:
        raise AdministrationFault("请填写编码和名称")
    if Agency.objects.filter(code=code).exists():
        raise AdministrationFault(f"编码“{code}”已被别的机构使用")
    agency = add_agency(code=code, name=name, kind=kind, parent=parent)
    write_event(
        actor=actor, agency=agency, code="agency.created", at=now,
        role=RoleCode.SYSTEM_ADMIN.value, payload={"code": code, "name": name, "kind": kind.value},
    )  # fmt: skip
    return agency


@transaction.atomic
def change_agency(
    *, actor: Actor, agency: Agency, name: str, is_active: bool, now: datetime
) -> Agency:
    """A new name, or switched off; what was filed under the old name keeps its history."""
    _allow(actor, RoleCode.SYSTEM_ADMIN, agency)
    name = name.strip()
    if not name:
        raise AdministrationFault("请填写名称")
    if not is_active and agency.parent_id is None:
        raise AdministrationFault("最上级机构不能停用")
    if not is_active and agency.children.filter(is_active=True).exists():
        raise AdministrationFault("还有启用的下级机构，请先停用下级机构")
    before = {"name": agency.name, "is_active": agency.is_active}
    agency.name, agency.is_active = name, is_active
    agency.save(update_fields=["name", "is_active"])
    write_event(
        actor=actor, agency=agency, code="agency.changed", at=now,
        role=RoleCode.SYSTEM_ADMIN.value,
        payload={"before": before, "after": {"name": name, "is_active": is_active}},
    )  # fmt: skip
    return agency


class FirstPassword(Struct, frozen=True):
    """A password to begin with, and how it is kept.

    Working that out takes long on purpose: it is done before a transaction begins, so that nobody
    waits for the writer of the database meanwhile.
    """

    text: str
    encoded: str


def first_password() -> FirstPassword:
    """A new one that nobody knows."""
    text = fresh_password()
    return FirstPassword(text, make_password(text))


def create_account(
    *,
    actor: Actor,
    agency: Agency,
    username: str,
    full_name: str,
    now: datetime,
    first: FirstPassword | None = None,
) -> tuple[User, str]:
    """An account with a password that is shown once and has to be changed at once.

    `first` is that password, where the caller has a transaction open.
    """
    first = first or first_password()
    with transaction.atomic():
        return _created(actor, agency, (username, full_name), first, now), first.text


def _created(
    actor: Actor, agency: Agency, names: tuple[str, str], first: FirstPassword, now: datetime
) -> User:
    _allow(actor, RoleCode.SYSTEM_ADMIN, agency)
    username, full_name = names[0].strip().lower(), names[1].strip()
    if not USERNAME.fullmatch(username):
        raise AdministrationFault("登录名须为 2 至 60 位小写字母、数字、点、横线，以字母或数字开头")
    if not full_name:
        raise AdministrationFault("请填写姓名")
    if User.objects.filter(username=username).exists():
        raise AdministrationFault(f"登录名“{username}”已被使用")
    user = User.objects.create(
        username=username,
        full_name=full_name,
        password=first.encoded,
        must_change_password=True,
    )
    Workplace.objects.create(user=user, agency=agency)
    write_event(
        actor=actor, agency=agency, code="account.created", at=now,
        role=RoleCode.SYSTEM_ADMIN.value, payload={"username": username, "name": full_name},
    )  # fmt: skip
    return user


def reset_password(*, actor: Actor, agency: Agency, user: User, now: datetime) -> str:
    """A new first password, shown once; open sessions end."""
    first = first_password()
    with transaction.atomic():
        _reset(actor, agency, user, first, now)
    return first.text


def _reset(actor: Actor, agency: Agency, user: User, first: FirstPassword, now: datetime) -> None:
    _allow_account(actor, agency, user)
    PastPassword.objects.create(user=user, encoded=user.password)
    user.password = first.encoded
    user.must_change_password, user.session_key = True, "-"
    user.save(update_fields=["password", "must_change_password", "session_key"])
    write_event(
        actor=actor, agency=agency, code="account.password_reset", at=now,
        role=RoleCode.SYSTEM_ADMIN.value, payload={"username": user.username},
    )  # fmt: skip


@transaction.atomic
def switch_account(
    *, actor: Actor, agency: Agency, user: User, is_active: bool, now: datetime
) -> None:
    """Switch an account off or on; it is never removed."""
    _allow_account(actor, agency, user)
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    write_event(
        actor=actor, agency=agency, code="account.switched", at=now,
        role=RoleCode.SYSTEM_ADMIN.value,
        payload={"username": user.username, "is_active": is_active},
    )  # fmt: skip


@transaction.atomic
def reset_factor(*, actor: Actor, agency: Agency, user: User, now: datetime) -> None:
    """Take a lost second factor away; the person sets up a new one at the next signing in."""
    _allow_account(actor, agency, user)
    remove(user)
    user.session_key = "-"
    user.save(update_fields=["session_key"])
    write_event(
        actor=actor, agency=agency, code="account.factor_reset", at=now,
        role=RoleCode.SYSTEM_ADMIN.value, payload={"username": user.username},
    )  # fmt: skip


@transaction.atomic
def grant_role(
    *,
    actor: Actor,
    user: User,
    agency: Agency,
    role: RoleCode,
    starts_on: date,
    ends_on: date | None,
    now: datetime,
) -> Membership:
    """Give a role. Raises RoleConflict; nobody grants a role to himself."""
    _allow(actor, RoleCode.SECURITY_ADMIN, agency)
    kept = people_kept_by(actor, RoleCode.SECURITY_ADMIN).filter(pk=user.pk).exists()
    if user.pk == actor.user.pk or not kept:
        raise NotYours
    if ends_on is not None and ends_on < starts_on:
        raise AdministrationFault("结束日期不能早于开始日期")
    made = grant(
        user=user, agency=agency, role=role, starts_on=starts_on, ends_on=ends_on,
        granted_by=actor.user,
    )  # fmt: skip
    write_event(
        actor=actor, agency=agency, code="role.granted", at=now,
        role=RoleCode.SECURITY_ADMIN.value,
        payload={"username": user.username, "role": role.value, "from": str(starts_on),
                 "until": str(ends_on or "")},
    )  # fmt: skip
    return made


@transaction.atomic
def end_role(*, actor: Actor, membership: Membership, on: date | None, now: datetime) -> None:
    """The last day of a role, None for yesterday: at once. Who lent a role may end the loan."""
    lent_by_actor = membership.delegated_by_id == actor.user.pk
    if not lent_by_actor:
        _allow(actor, RoleCode.SECURITY_ADMIN, membership.agency)
        if membership.user_id == actor.user.pk:
            raise NotYours
    on = actor.today - timedelta(days=1) if on is None else on
    if membership.ends_on is not None and on > membership.ends_on:
        raise AdministrationFault("只能提前结束，不能延长；要延长请重新授予")
    end_membership(membership=membership, on=on)
    write_event(
        actor=actor, agency=membership.agency, code="role.ended", at=now,
        payload={"username": membership.user.username, "role": membership.role, "on": str(on)},
    )  # fmt: skip


@transaction.atomic
def delegate(
    *, actor: Actor, role: RoleCode, agency: Agency, to: User, until: date, now: datetime
) -> Membership:
    """Lend one's own role to a colleague for a time; a lent role is not lent on."""
    own = (
        Membership.objects.filter(
            user=actor.user, agency=agency, role=role.value, delegated_by=None,
            starts_on__lte=actor.today,
        )
        .filter(Q(ends_on=None) | Q(ends_on__gte=until))
        .exists()
    )  # fmt: skip
    if not own or to.pk == actor.user.pk or role in ADMINISTRATORS:
        raise NotYours
    if until < actor.today:
        raise AdministrationFault("结束日期不能早于今天")
    if not colleagues(actor, agency).filter(pk=to.pk).exists():
        raise AdministrationFault("只能委托给本机构或下属机构的人员")
    made = grant(
        user=to, agency=agency, role=role, starts_on=actor.today, ends_on=until,
        granted_by=actor.user, delegated_by=actor.user,
    )  # fmt: skip
    write_event(
        actor=actor, agency=agency, code="role.delegated", at=now, role=role.value,
        payload={"to": to.username, "role": role.value, "until": str(until)},
    )  # fmt: skip
    return made


def fresh_password() -> str:
    """A password that fits the rules and can be read aloud: no 0 O 1 l I."""
    letters = [one for one in string.ascii_letters + string.digits if one not in "0O1lI"]
    made = [secrets.choice(letters) for _ in range(_LENGTH - 3)]
    made += [secrets.choice("ABCDEFGH"), secrets.choice("abcdefgh"), secrets.choice("23456789")]
    secrets.SystemRandom().shuffle(made)
    return "".join(made)


def label_of(role: str) -> str:
    """What a role is called."""
    return next((one.label for one in ROLES.values() if one.code == role), role)

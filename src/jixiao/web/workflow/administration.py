"""What administrators do, each in one transaction with its event (三员分立).

The system administrator keeps agencies and accounts, the security administrator roles; neither
sees filings. A person may lend a role to a colleague for a time. Whoever may not do something is
refused as if it were not there (`NotYours`).
"""

import secrets
import string
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from jixiao.lifecycle.roles import ROLES, AgencyKind, RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency, Membership
from jixiao.web.agencies.selectors import Actor
from jixiao.web.agencies.services import add_agency, end_membership, grant
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.filing import NotYours

_LENGTH = 14


def _allow(actor: Actor, role: RoleCode, agency: Agency) -> None:
    if role not in actor.roles_over(agency.path):
        raise NotYours


@transaction.atomic
def create_agency(
    *, actor: Actor, parent: Agency, code: str, name: str, kind: AgencyKind, now: datetime
) -> Agency:
    """A new agency below one within reach."""
    _allow(actor, RoleCode.SYSTEM_ADMIN, parent)
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
    before = {"name": agency.name, "is_active": agency.is_active}
    agency.name, agency.is_active = name, is_active
    agency.save(update_fields=["name", "is_active"])
    write_event(
        actor=actor, agency=agency, code="agency.changed", at=now,
        role=RoleCode.SYSTEM_ADMIN.value,
        payload={"before": before, "after": {"name": name, "is_active": is_active}},
    )  # fmt: skip
    return agency


@transaction.atomic
def create_account(
    *, actor: Actor, agency: Agency, username: str, full_name: str, now: datetime
) -> tuple[User, str]:
    """An account with a password that is shown once and has to be changed at once."""
    _allow(actor, RoleCode.SYSTEM_ADMIN, agency)
    password = fresh_password()
    user = User.objects.create_user(username=username, full_name=full_name, password=password)
    user.must_change_password = True
    user.save(update_fields=["must_change_password"])
    write_event(
        actor=actor, agency=agency, code="account.created", at=now,
        role=RoleCode.SYSTEM_ADMIN.value, payload={"username": username, "name": full_name},
    )  # fmt: skip
    return user, password


@transaction.atomic
def reset_password(*, actor: Actor, agency: Agency, user: User, now: datetime) -> str:
    """A new first password, shown once; open sessions end."""
    _allow(actor, RoleCode.SYSTEM_ADMIN, agency)
    password = fresh_password()
    user.set_password(password)
    user.must_change_password, user.session_key = True, "-"
    user.save(update_fields=["password", "must_change_password", "session_key"])
    write_event(
        actor=actor, agency=agency, code="account.password_reset", at=now,
        role=RoleCode.SYSTEM_ADMIN.value, payload={"username": user.username},
    )  # fmt: skip
    return password


@transaction.atomic
def switch_account(
    *, actor: Actor, agency: Agency, user: User, is_active: bool, now: datetime
) -> None:
    """Switch an account off or on; it is never removed."""
    _allow(actor, RoleCode.SYSTEM_ADMIN, agency)
    if user.pk == actor.user.pk:
        raise NotYours
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    write_event(
        actor=actor, agency=agency, code="account.switched", at=now,
        role=RoleCode.SYSTEM_ADMIN.value,
        payload={"username": user.username, "is_active": is_active},
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
    if user.pk == actor.user.pk:
        raise NotYours
    made = grant(
        user=user, agency=agency, role=role, starts_on=starts_on, ends_on=ends_on,
        granted_by=actor.user,
    )  # fmt: skip
    write_event(
        actor=actor, agency=agency, code="role.granted", at=now,
        role=RoleCode.SECURITY_ADMIN.value,
        payload={"username": user.username, "role": role.value, "until": str(ends_on or "")},
    )  # fmt: skip
    return made


@transaction.atomic
def end_role(*, actor: Actor, membership: Membership, on: date, now: datetime) -> None:
    """Take a role back from the day on; who lent a role may end the loan."""
    lent_by_actor = membership.delegated_by_id == actor.user.pk
    if not lent_by_actor:
        _allow(actor, RoleCode.SECURITY_ADMIN, membership.agency)
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
    if not own or to.pk == actor.user.pk or until < actor.today:
        raise NotYours
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

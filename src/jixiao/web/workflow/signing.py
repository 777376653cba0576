"""What happens to an account by its own hand: signing in and out, a password, a second factor.

Each is in the log of the agency where the person works; passwords and codes never are.
"""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from jixiao.web.accounts.models import PastPassword, User
from jixiao.web.accounts.second_factor import confirm, fresh_codes
from jixiao.web.agencies.people import home_of
from jixiao.web.agencies.selectors import actor_of
from jixiao.web.workflow.chain import write_event


@transaction.atomic
def signed_in(*, user: User, session_key: str, address: str, how: str, now: datetime) -> None:
    """Signing in here ends the session elsewhere: one account, one session."""
    user.session_key = session_key
    user.save(update_fields=["session_key"])
    note(user=user, code="account.signed_in", now=now, payload={"address": address, "how": how})


@transaction.atomic
def signed_out(*, user: User, now: datetime) -> None:
    """An orderly end of a session."""
    note(user=user, code="account.signed_out", now=now)


@transaction.atomic
def change_password(*, user: AbstractBaseUser, password: str, now: datetime) -> None:
    """A new password chosen by the person; the old one is remembered as a hash."""
    assert isinstance(user, User)
    PastPassword.objects.create(user=user, encoded=user.password)
    user.set_password(password)
    user.must_change_password, user.password_changed_at = False, now
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    note(user=user, code="account.password_changed", now=now)


@transaction.atomic
def enrol_factor(*, user: User, code: str, now: datetime) -> tuple[str, ...] | None:
    """Switch the second factor on with its first right code; the codes for paper."""
    codes = confirm(user=user, code=code, now=now)
    if codes is not None:
        note(user=user, code="account.factor_set_up", now=now)
    return codes


@transaction.atomic
def renew_codes(*, user: User, now: datetime) -> tuple[str, ...]:
    """New codes for paper."""
    codes = fresh_codes(user)
    note(user=user, code="account.codes_renewed", now=now)
    return codes


@transaction.atomic
def locked_out(*, username: str, address: str, now: datetime) -> None:
    """Too many wrong passwords or codes for an account that exists."""
    user = User.objects.filter(username=username).first()
    if user is not None:
        note(user=user, code="account.locked_out", now=now, payload={"address": address})


def note(*, user: User, code: str, now: datetime, payload: dict[str, str] | None = None) -> None:
    """One event in the log of the place where this person works, where there is any."""
    today = timezone.localdate(now)
    agency = home_of(user, today)
    if agency is None:
        return
    said = {"username": user.username, **(payload or {})}
    write_event(actor=actor_of(user, today), agency=agency, code=code, at=now, payload=said)

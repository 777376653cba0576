"""The second factor: codes of a generator on the telephone, and codes on paper for a lost one.

A code counts once, in its half minute and the ones beside it; after five wrong ones the factor
rests for a quarter of an hour.
"""

import hmac
import io
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

import pyotp
import segno
from django.db import transaction

from jixiao.web.accounts.models import RecoveryCode, SecondFactor, User
from jixiao.web.accounts.sealing import seal, unseal
from jixiao.web.accounts.tokens import digest

ISSUER = "绩效目标管理"
_STEP = 30
_WRONG = 5
_REST = timedelta(minutes=15)
_CODES = 8
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Checked(StrEnum):
    """What became of a code."""

    RIGHT = "right"
    WRONG = "wrong"
    RESTING = "resting"


def is_enrolled(user: User) -> bool:
    """Whether this person has to give a code when signing in."""
    return SecondFactor.objects.filter(user=user).exclude(confirmed_at=None).exists()


@transaction.atomic
def begin(user: User) -> str:
    """The secret to put into the generator: the one begun before, or a new one."""
    found = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at=None).first()
    known = None if found is None else unseal(found.sealed)
    if known is not None:
        return known
    secret = pyotp.random_base32()
    SecondFactor.objects.update_or_create(
        user=user,
        defaults={
            "sealed": seal(secret),
            "confirmed_at": None,
            "last_step": 0,
            "failures": 0,
            "locked_until": None,
        },
    )
    return secret


@transaction.atomic
def confirm(*, user: User, code: str, now: datetime) -> tuple[str, ...] | None:
    """The first right code switches the factor on and gives the codes for paper."""
    found = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at=None).first()
    step = None if found is None else _step_of(found, code, now)
    if found is None or step is None:
        return None
    found.confirmed_at, found.last_step = now, step
    found.save(update_fields=["confirmed_at", "last_step"])
    return fresh_codes(user)


@transaction.atomic
def fresh_codes(user: User) -> tuple[str, ...]:
    """New codes for paper; those before them no longer work."""
    made = tuple(_paper_code() for _ in range(_CODES))
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=digest(one)) for one in made)
    return made


@transaction.atomic
def check(*, user: User, code: str, now: datetime) -> Checked:
    """Whether a code of the generator, or one from paper, is right."""
    found = SecondFactor.objects.select_for_update().filter(user=user).first()
    if found is None or found.confirmed_at is None:
        return Checked.WRONG
    if found.locked_until is not None and now < found.locked_until:
        return Checked.RESTING
    step = _step_of(found, code, now)
    if step is not None or _take_paper_code(user, code, now):
        found.last_step = found.last_step if step is None else step
        found.failures, found.locked_until = 0, None
        found.save(update_fields=["last_step", "failures", "locked_until"])
        return Checked.RIGHT
    found.failures += 1
    if found.failures >= _WRONG:
        found.failures, found.locked_until = 0, now + _REST
    found.save(update_fields=["failures", "locked_until"])
    return Checked.WRONG if found.locked_until is None else Checked.RESTING


@transaction.atomic
def remove(user: User) -> bool:
    """Take the factor away, with its codes; whether there was one."""
    RecoveryCode.objects.filter(user=user).delete()
    return SecondFactor.objects.filter(user=user).delete()[0] > 0


def picture(user: User, secret: str) -> str:
    """The square to photograph, as SVG without styles of its own."""
    address = pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)
    stream = io.BytesIO()
    segno.make(address, error="m").save(
        stream, kind="svg", scale=5, border=2, xmldecl=False, svgclass="square", lineclass=None
    )
    return stream.getvalue().decode()


def _step_of(factor: SecondFactor, code: str, now: datetime) -> int | None:
    """The half minute this code is right for, None for a wrong or an old one."""
    secret = unseal(factor.sealed)
    if secret is None:
        return None
    given, generator = code.replace(" ", "").strip(), pyotp.TOTP(secret)
    present = int(now.timestamp()) // _STEP
    for step in (present, present - 1, present + 1):
        if step > factor.last_step and hmac.compare_digest(
            generator.at(step * _STEP).encode(), given.encode()
        ):
            return step
    return None


def _take_paper_code(user: User, code: str, now: datetime) -> bool:
    given = digest(code.strip().lower().replace(" ", ""))
    return (
        RecoveryCode.objects.filter(user=user, digest=given, used_at=None).update(used_at=now) > 0
    )


def _paper_code() -> str:
    parts = ("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(2))
    return "-".join(parts)

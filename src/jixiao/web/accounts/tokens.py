"""Keys for programs: opaque, kept as a hash, with scopes and an end.

A token never may more than the person it belongs to, and less where its scopes say so.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from msgspec import Struct

from jixiao.web.accounts.models import ApiToken, User

#: What a token may do, with the words people read.
SCOPES = {
    "read": "查询",
    "write": "填报和上传",
    "act": "提交、审核等办理",
    "admin": "机构、人员、窗口和推送的管理",
}
LONGEST_DAYS = 366
_PREFIX = "jx_"
_HINT = 8
_NOTED_AFTER = timedelta(minutes=1)


class Issued(Struct, frozen=True):
    """A new token with its text, which is shown this once."""

    token: ApiToken
    text: str


class BadToken(ValueError):
    """A token that cannot be issued so; the message says why."""


def issue(*, user: User, name: str, scopes: Iterable[str], days: int, now: datetime) -> Issued:
    """A new token for this person. Raises BadToken."""
    chosen = [scope for scope in SCOPES if scope in set(scopes)]
    if not name.strip():
        raise BadToken("请写明令牌的用途")
    if not chosen:
        raise BadToken("请至少选择一个范围")
    if not 1 <= days <= LONGEST_DAYS:
        raise BadToken(f"有效期为 1 至 {LONGEST_DAYS} 天")
    text = _PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name.strip()[:60],
        digest=digest(text),
        hint=text[: len(_PREFIX) + _HINT],
        scopes=" ".join(chosen),
        expires_at=now + timedelta(days=days),
    )
    return Issued(token, text)


def bearer(text: str, now: datetime) -> ApiToken | None:
    """The live token of this text, with its person; None for any other text."""
    token = ApiToken.objects.select_related("user").filter(digest=digest(text)).first()
    if token is None or not is_live(token, now) or not token.user.is_active:
        return None
    if token.last_used_at is None or now - token.last_used_at > _NOTED_AFTER:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def is_live(token: ApiToken, now: datetime) -> bool:
    """Neither revoked nor past its end."""
    return token.revoked_at is None and now < token.expires_at


@transaction.atomic
def revoke(*, user: User, token_id: int, now: datetime) -> bool:
    """End one of the person's own tokens; whether there was one."""
    own = ApiToken.objects.filter(pk=token_id, user=user, revoked_at=None)
    return own.update(revoked_at=now) > 0


def digest(text: str) -> str:
    """What is kept of a token. Its text is random, so one round of a hash is enough."""
    return hashlib.sha256(text.encode()).hexdigest()

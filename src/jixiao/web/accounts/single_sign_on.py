"""Signing in through the county's own identity platform (OpenID Connect), where there is one.

The platform says who somebody is; the account has to exist here already. The first time the
platform's lasting subject is bound to the account, so that a name given to somebody else later
does not open it.
"""

from typing import Any

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.django_client import OAuth
from authlib.oidc.discovery import get_well_known_url
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError
from requests.exceptions import RequestException

from jixiao.web.accounts.models import ExternalIdentity, User


class NotSignedOn(ValueError):
    """The platform did not sign this person in here; the message says why."""


def leave_for(request: HttpRequest, back: str) -> HttpResponse:
    """To the platform. Raises NotSignedOn where it does not answer."""
    try:
        response: HttpResponse = _client().authorize_redirect(request, back)
    except (RequestException, OAuthError, ValueError) as fault:
        raise NotSignedOn("统一身份认证平台没有应答，请稍后再试，或用登录名和口令登录") from fault
    return response


def come_back(request: HttpRequest) -> User:
    """Who the platform says this is. Raises NotSignedOn."""
    try:
        claims = _client().authorize_access_token(request).get("userinfo") or {}
    except (RequestException, OAuthError, JoseError, ValueError) as fault:
        raise NotSignedOn("统一身份认证没有完成，请重新登录") from fault
    return _account(claims)


@transaction.atomic
def _account(claims: dict[str, Any]) -> User:
    issuer, subject = str(claims.get("iss", "")), str(claims.get("sub", ""))
    if not subject:
        raise NotSignedOn("统一身份认证平台没有说明您是谁")
    bound = ExternalIdentity.objects.select_related("user").filter(issuer=issuer, subject=subject)
    known = bound.first()
    user = known.user if known is not None else _bind(claims, issuer, subject)
    if not user.is_active:
        raise NotSignedOn("这个账号已停用，请联系系统管理员")
    return user


def _bind(claims: dict[str, Any], issuer: str, subject: str) -> User:
    name = str(claims.get(settings.OIDC.claim, "")).strip().lower()
    user = User.objects.select_for_update().filter(username=name).first() if name else None
    if user is None:
        raise NotSignedOn("本系统没有您的账号，请联系系统管理员开通")
    try:
        with transaction.atomic():
            ExternalIdentity.objects.create(user=user, issuer=issuer, subject=subject)
    except IntegrityError:
        raise NotSignedOn("这个登录名已对应另一个统一身份，请联系系统管理员") from None
    return user


def _client() -> Any:
    wanted = settings.OIDC
    platforms = OAuth()
    platforms.register(
        name="platform",
        client_id=wanted.client_id,
        client_secret=wanted.client_secret,
        server_metadata_url=get_well_known_url(wanted.issuer, external=True),
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "timeout": 10},
    )
    return platforms.create_client("platform")

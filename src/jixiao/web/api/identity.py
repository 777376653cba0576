"""Who asks: a person by a token or by a session, within scopes and a bound of requests.

A token may what its person may, less what its scopes leave out. A session needs the CSRF token
for everything that writes, as pages do.
"""

from time import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from msgspec import Struct
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.accounts.tokens import SCOPES, bearer
from jixiao.web.agencies.selectors import Actor, actor_of
from jixiao.web.api.problems import ApiProblem

_MINUTE = 60


class Identity(Struct, frozen=True):
    """A person, and what this request may do in their name."""

    user: User
    scopes: frozenset[str]
    token_name: str = ""


class Token(HttpBearer):
    """`Authorization: Bearer jx_…`"""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Identity | None:
        """The person of a live token. Raises ApiProblem for a scope it does not have."""
        found = token_identity(request, token)
        if found is None:
            return None
        if self.scope not in found.scopes:
            words = SCOPES[self.scope]
            raise ApiProblem(403, "scope", f"令牌没有“{words}”的范围", {"scope": self.scope})
        return _admitted(found)


class Session(APIKeyCookie):
    """The session of somebody who signed in, with `X-CSRFToken` for what writes."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, scope: str) -> None:
        super().__init__(csrf=True)
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Identity | None:
        return self.authenticate(request, request.COOKIES.get(self.param_name))

    def authenticate(self, request: HttpRequest, key: str | None) -> Identity | None:  # noqa: ARG002  ninja's
        """The person who is signed in. Raises ApiProblem where the CSRF token is missing."""
        found = session_identity(request)
        if found is None:
            return None
        if check_csrf(request) is not None:
            raise ApiProblem(403, "csrf", "页面已过期，请刷新后重试（缺少 CSRF 令牌）")
        return _admitted(found)


def needs(scope: str) -> list[Token | Session]:
    """Who may call an operation: `auth=needs("read")`."""
    return [Token(scope), Session(scope)]


def token_identity(request: HttpRequest, text: str) -> Identity | None:
    """The identity of a token's text, asked of the database once a request."""
    known: Identity | None = getattr(request, "jixiao_identity", None)
    if known is None:
        token = bearer(text, timezone.now())
        if token is None:
            return None
        known = Identity(token.user, frozenset(token.scopes.split()), token.name)
        # Kept for the rest of the request.
        request.jixiao_identity = known  # type: ignore[attr-defined]
    return known


def session_identity(request: HttpRequest) -> Identity | None:
    """The identity of a session: all scopes, for the rights of the person bound it anyway."""
    user = request.user
    return Identity(user, frozenset(SCOPES)) if user.is_authenticated else None


def identity_of(request: HttpRequest) -> Identity | None:
    """Who asks, before an operation has looked; None where nobody is known."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and text:
        return token_identity(request, text)
    return session_identity(request)


def admitted(request: HttpRequest) -> Identity:
    """The identity an operation was called with."""
    # ninja puts there what the check of the operation answered.
    found: Identity = request.auth  # type: ignore[attr-defined]
    return found


def actor(request: HttpRequest) -> Actor:
    """Who acts in this request, with the roles held today."""
    known: Actor | None = getattr(request, "jixiao_actor", None)
    if known is None:
        known = actor_of(admitted(request).user, timezone.localdate())
        # Kept for the rest of the request.
        request.jixiao_actor = known  # type: ignore[attr-defined]
    return known


def require(who: Actor, *roles: RoleCode) -> None:
    """Refuse whoever holds none of these roles anywhere."""
    if not who.roles & frozenset(roles):
        raise ApiProblem(403, "not_yours", "您的角色不办理这件事")


def _admitted(found: Identity) -> Identity:
    """Within the bound of requests a minute, and not waiting for a new password."""
    if found.user.must_change_password:
        raise ApiProblem(403, "change_password", "请先登录并修改口令")
    bound: int = getattr(settings, "API_REQUESTS_A_MINUTE", 600)
    now = time()
    key = f"api:{found.user.pk}:{int(now // _MINUTE)}"
    cache.add(key, 0, 2 * _MINUTE)
    if cache.incr(key) > bound:
        wait = _MINUTE - int(now % _MINUTE)
        raise ApiProblem(429, "too_many", f"请求太频繁：每分钟最多 {bound} 次", {"seconds": wait})
    return found

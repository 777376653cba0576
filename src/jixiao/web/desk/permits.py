"""Pages for holders of a role only; to others they are not there."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.desk.context import actor

View = Callable[..., HttpResponseBase]


def for_roles(*roles: RoleCode) -> Callable[[View], View]:
    """A page that only holders of one of these roles find."""

    def permit(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not actor(request).roles & frozenset(roles):
                raise Http404
            return view(request, *args, **kwargs)

        return login_required(guarded)

    return permit

"""Sessions end after a time of idleness, and one account has one session."""

from collections.abc import Callable
from time import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

_SEEN = "seen"


class SessionLimits:
    """Signs out who was away too long, or has signed in somewhere else since."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            now, seen = int(time()), request.session.get(_SEEN)
            elsewhere = user.session_key and user.session_key != request.session.session_key
            idle = seen is not None and now - seen > settings.SESSION_IDLE_SECONDS
            if elsewhere or idle or not user.is_active:
                logout(request)
            elif seen is None or now - seen > 60:
                request.session[_SEEN] = now
        return self.get_response(request)

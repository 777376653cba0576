"""Sessions end: after idleness, after a working day, and when the account signs in elsewhere.

Whoever was in the middle of something is told why, and sees what they had typed.
"""

from collections.abc import Callable
from time import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jixiao.web.desk.views.trouble import session_ended

SEEN, BEGAN = "seen", "began"
_REFRESH = 60
#: Whoever watches the system is told of it also while no session can be looked up.
_PROBES = ("healthz", "readyz")
_OPEN = ("sign-in", "sign-out", "set-language", *_PROBES)


class SessionLimits:
    """Signs out who was away too long, or has signed in somewhere else since."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.probes = tuple(map(reverse, _PROBES))
        self.open = tuple(
            reverse(name)
            # The upload says it itself: files are not to be read for a page about typed words.
            for name in (*_OPEN, "document-upload")
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in self.probes:
            return self.get_response(request)
        if request.user.is_authenticated:
            reason = _ended(request)
            if reason:
                logout(request)
                if not self._answers_itself(request):
                    return session_ended(request, reason)
        elif request.method == "POST" and not self._answers_itself(request):
            return session_ended(request, "gone")
        return self.get_response(request)

    def _answers_itself(self, request: HttpRequest) -> bool:
        """Open pages, programs, and uploads, which are not read before it is known who sends."""
        is_upload = request.content_type == "multipart/form-data"
        return is_upload or request.path.startswith((*self.open, "/api/"))


def _ended(request: HttpRequest) -> str:
    """Why this session is over, empty while it is not."""
    user, session, now = request.user, request.session, int(time())
    assert user.is_authenticated
    if user.session_key and user.session_key != session.session_key:
        return "elsewhere"
    seen, began = session.get(SEEN), session.setdefault(BEGAN, now)
    if seen is not None and now - seen > settings.SESSION_IDLE_SECONDS:
        return "idle"
    if now - began > settings.SESSION_ABSOLUTE_SECONDS:
        return "long"
    if seen is None or now - seen > _REFRESH:
        session[SEEN] = now
    return ""

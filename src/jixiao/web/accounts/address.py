"""From where somebody speaks: the far end, or what our own proxy says about it."""

from django.conf import settings
from django.http import HttpRequest

_OURS = ("", "127.0.0.1", "::1")


def client_address(request: HttpRequest) -> str:
    """The address of the browser.

    Where the outer address is https, a proxy on this machine stands in front and is believed.
    """
    direct: str = request.META.get("REMOTE_ADDR", "")
    told: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.SESSION_COOKIE_SECURE and direct in _OURS and told:
        return told.rpartition(",")[2].strip()
    return direct

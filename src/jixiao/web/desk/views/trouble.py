"""Pages for what went wrong, each with a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def stale_page(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django's
    """The form's token is too old: the session ended, or the page stood open over night."""
    return render(request, "desk/stale.html", status=403)

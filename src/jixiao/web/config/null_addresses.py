"""A null character in an address is no word anybody wrote: PostgreSQL takes none in a text.

The API says so itself, in its own shape of a fault.
"""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class NullAddresses:
    """Answers 400 before a page asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_null = "%00" in request.META.get("QUERY_STRING", "")
        if has_null and not request.path.startswith("/api/"):
            raise BadRequest
        return self.get_response(request)

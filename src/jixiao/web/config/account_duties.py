"""What an account owes before it may do anything else: its own password, its second factor."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from jixiao.lifecycle.roles import SECOND_FACTOR
from jixiao.web.accounts.second_factor import is_enrolled
from jixiao.web.desk.context import actor
from jixiao.web.desk.menu import administration_of, works_with_filings

PROVED = "second_factor"
_ALWAYS = frozenset(
    {"password", "sign-out", "set-language", "second-factor", "healthz", "readyz", "sign-in"}
)


class AccountDuties:
    """Leads to the page where the duty is done; programs are told so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Asked once the address is known."""
        found = request.resolver_match
        if found is None or found.url_name in _ALWAYS or not request.user.is_authenticated:
            return None
        if request.user.must_change_password:
            return _sent(request, "password", "须先修改初始口令")
        if _owes_factor(request):
            return _sent(request, "second-factor", "须先启用动态口令")
        # Administrators have no filings: their first page is the first of their own.
        if found.url_name == "inbox" and not works_with_filings(actor(request)):
            mine = administration_of(actor(request))
            return redirect(mine[0].url) if mine else None
        return None


def _owes_factor(request: HttpRequest) -> bool:
    if not settings.SECOND_FACTOR_REQUIRED or request.session.get(PROVED):
        return False
    who = actor(request)
    return bool(who.roles & SECOND_FACTOR) and not is_enrolled(who.user)


def _sent(request: HttpRequest, page: str, why: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"code": "account_duty", "message": why, "details": {}}, status=403)
    return redirect(page)

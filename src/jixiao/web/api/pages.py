"""Pages about the API: its description for programs and people, and one's own tokens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from jixiao.web.accounts.models import ApiToken, User
from jixiao.web.accounts.tokens import SCOPES, BadToken, is_live, issue, revoke
from jixiao.web.api.description import described
from jixiao.web.api.document import openapi_text

_DAYS = (7, 30, 90, 180, 365)


@require_GET
def document(_request: HttpRequest) -> HttpResponse:
    """The OpenAPI document; it says nothing that is not in this program's source."""
    return HttpResponse(openapi_text(), content_type="application/json; charset=utf-8")


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """The same for people, without a script."""
    return render(request, "api/docs.html", {"api": described()})


@login_required
@require_GET
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens."""
    return _tokens(request)


@login_required
@require_POST
def issue_token(request: HttpRequest) -> HttpResponse:
    """A new token, whose text is on this page only."""
    asked = request.POST
    days = asked.get("days", "")
    try:
        made = issue(
            user=_person(request),
            name=asked.get("name", ""),
            scopes=asked.getlist("scopes"),
            days=int(days) if days.isascii() and days.isdigit() else 0,
            now=timezone.now(),
        )
    except BadToken as fault:
        return _tokens(request, trouble=str(fault), status=422)
    return _tokens(request, text=made.text)


@login_required
@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token at once."""
    if not revoke(user=_person(request), token_id=pk, now=timezone.now()):
        raise Http404
    messages.success(request, "令牌已作废，使用它的程序不能再调用接口。")
    return redirect("api-tokens")


def _person(request: HttpRequest) -> User:
    assert request.user.is_authenticated
    return request.user


def _tokens(
    request: HttpRequest, *, text: str = "", trouble: str = "", status: int = 200
) -> HttpResponse:
    now = timezone.now()
    own = ApiToken.objects.filter(user=_person(request)).order_by("-pk")
    rows = [
        {
            "token": one,
            "scopes": [SCOPES[scope] for scope in one.scopes.split()],
            "is_live": is_live(one, now),
        }
        for one in own
    ]
    shown = {
        "rows": rows,
        "scopes": SCOPES,
        "days": _DAYS,
        "text": text,
        "trouble": trouble,
        "asked": request.POST,
        "chosen": request.POST.getlist("scopes") or ["read"],
    }
    return render(request, "api/tokens.html", shown, status=status)

"""Pages for what went wrong, each with a way on, and with what had been typed.

They ask the database nothing: one of them is the page for a database that does not answer.
"""

import logging
import sys

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from msgspec import Struct

from jixiao.report.places import field_words
from jixiao.web.ui.outage import RETRY_AFTER, outage

_LOG = logging.getLogger("jixiao.desk")
_SECRET = frozenset({"csrfmiddlewaretoken", "one_time_code"})


class Kept(Struct, frozen=True):
    """One field somebody had filled in; without a label it is the page's own and not shown."""

    name: str
    value: str
    label: str


def stale_page(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django's
    """The form's token is too old: the session ended, or the page stood open over night."""
    if _is_script(request):
        return _told("stale", _("页面已过期，请刷新"), 403)
    return _page(request, "stale", 403)


def session_ended(request: HttpRequest, reason: str) -> HttpResponse:
    """Signed out meanwhile: to the sign-in page and back, or the page that shows what was typed."""
    back = request.get_full_path() if request.method == "GET" else _from(request)
    address = f"{reverse('sign-in')}?{urlencode({'next': back, 'ended': reason})}"
    if _is_script(request):
        answer = _told("signed_out", ended_because(reason), 401)
        answer.headers["HX-Redirect"] = address
        return answer
    if request.method == "GET":
        return redirect(address)
    return _page(request, "ended", 401, sign_in=address, why=ended_because(reason))


def ended_because(reason: str) -> str:
    """Why a session is over, in words."""
    return {
        "elsewhere": _("您的账号在别处登录，这里的登录已结束。如果不是您本人，请立即修改口令。"),
        "idle": _("您较长时间没有操作，登录已自动结束。"),
        "long": _("登录时间已满一个工作日，请重新登录。"),
    }.get(reason, _("登录已结束，请重新登录。"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent cannot be understood, or is too much."""
    if isinstance(exception, RequestDataTooBig):
        return _page(request, "too_large", 413, keep=False)
    return _page(request, "bad_request", 400, keep=False)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's
    """Not for this person."""
    return _page(request, "forbidden", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's
    """Nothing there, or nothing within reach."""
    if request.path.startswith("/api/"):
        return _told("not_found", _("没有这一项，或者不在您的范围内"), 404)
    return _page(request, "not_found", 404, keep=False)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours, a database that is away, or a full disk; the last two pass."""
    fault = sys.exc_info()[1]
    passing = outage(fault)
    if passing:
        return unavailable(request, passing)
    _LOG.error("%s %s failed", request.method, request.path, exc_info=fault)
    if _is_script(request):
        return _told("SYS001", _("系统内部出错，已经记录；请稍后重试。"), 500)
    return _page(request, "error", 500)


def unavailable(request: HttpRequest, why: str) -> HttpResponse:
    """Try again soon; what was sent is sent again by one press of the button."""
    if _is_script(request):
        answer = _told("unavailable", why, 503)
        answer.headers["Retry-After"] = RETRY_AFTER
        return answer
    response = _page(
        request,
        "unavailable",
        503,
        why=why,
        again=request.get_full_path(),
        token=get_token(request),
    )
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def _told(code: str, message: str, status: int) -> JsonResponse:
    """The one shape of everything that goes wrong, as the API has it."""
    body = {"code": code, "message": message, "details": {}}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def _page(
    request: HttpRequest, name: str, status: int, *, keep: bool = True, **context: str
) -> HttpResponse:
    typed = request.content_type == "application/x-www-form-urlencoded"
    kept = _kept(request) if keep and typed and request.method == "POST" else []
    found = {"kept": kept, "method": request.method, **context}
    return HttpResponse(render_to_string(f"desk/trouble/{name}.html", found), status=status)


def _kept(request: HttpRequest) -> list[Kept]:
    return [
        Kept(name, str(value), _label(name, str(value)))
        for name, values in request.POST.lists()
        for value in values
        if name not in _SECRET and "password" not in name
    ]


def _label(name: str, value: str) -> str:
    """What a field is called where people see it; what a page sends along is called nothing."""
    known = {
        "opinion": _("意见"),
        "reason": _("理由"),
        "text": _("留言"),
        "name": _("名称"),
        "full_name": _("姓名"),
        "username": _("登录名"),
    }
    if not value.strip():
        return ""
    if "." in name or "[" in name:
        return field_words(name)
    return known.get(name, "" if value.isascii() else _("内容"))


def _from(request: HttpRequest) -> str:
    """The page the form stood on, where the browser says so; else the first page."""
    told = request.headers.get("Referer", "")
    root = request.build_absolute_uri("/")
    return f"/{told.removeprefix(root)}" if told.startswith(root) else "/"


def _is_script(request: HttpRequest) -> bool:
    """Whether a script asked, which wants no page."""
    wanted = request.headers.get("Accept", "")
    return (
        "HX-Request" in request.headers
        or request.path.startswith("/api/v1/")
        or request.content_type == "application/json"
        or ("application/json" in wanted and "text/html" not in wanted)
    )

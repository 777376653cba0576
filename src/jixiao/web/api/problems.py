"""One shape for everything that goes wrong: `{code, message, details}`, the message in Chinese."""

import logging
from collections.abc import Mapping
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from jixiao.foundation.errors import MissingExtra, UnknownCode
from jixiao.official.editing import UnknownPlace
from jixiao.web.api.speaking import spoken
from jixiao.web.ui.outage import RETRY_AFTER, outage
from jixiao.web.workflow.administration import AdministrationFault
from jixiao.web.workflow.filing import NotYours

_LOG = logging.getLogger("jixiao.api")
NOT_FOUND = "没有这一项，或者不在您的范围内"
_REASONS = {
    "missing": "必须填写",
    "extra_forbidden": "不认识这一项",
    "int_parsing": "应当是整数",
    "int_type": "应当是整数",
    "int_from_float": "应当是整数",
    "string_type": "应当是文字",
    "bool_parsing": "应当是 true 或 false",
    "bool_type": "应当是 true 或 false",
    "list_type": "应当是一列",
    "dict_type": "应当是一个对象",
    "model_attributes_type": "应当是一个对象",
    "date_from_datetime_parsing": "应当是日期，如 2026-03-31",
    "date_parsing": "应当是日期，如 2026-03-31",
    "uuid_parsing": "不是有效的标识",
}
_BOUNDED = {
    "string_too_long": ("max_length", "最多 {} 字"),
    "string_too_short": ("min_length", "至少 {} 字"),
    "too_long": ("max_length", "最多 {} 项"),
    "too_short": ("min_length", "至少 {} 项"),
    "greater_than_equal": ("ge", "不小于 {}"),
    "less_than_equal": ("le", "不大于 {}"),
    "literal_error": ("expected", "只能是 {}"),
    "enum": ("expected", "只能是 {}"),
}


class ApiProblem(Exception):
    """An answer other than the one asked for."""

    def __init__(
        self, status: int, code: str, message: str, details: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(status, code, message, details)
        self.status, self.code, self.message = status, code, message
        self.details = {} if details is None else dict(details)


def problem(
    status: int, code: str, message: str, details: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The one shape."""
    shown = spoken({"code": code, "message": message, "details": details or {}})
    content = orjson.dumps(shown, default=str)
    response = HttpResponse(content, status=status, content_type="application/json; charset=utf-8")
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def not_found(_request: HttpRequest, rest: str = "") -> HttpResponse:  # noqa: ARG001  Django's
    """Addresses below /api/ that do not exist."""
    return problem(404, "not_found", "没有这个接口，请看 /api/docs")


def install(api: NinjaAPI) -> None:
    """Make every exception an answer of the one shape."""
    for kind, handler in _HANDLERS.items():
        api.add_exception_handler(kind, handler)


def _known(_request: HttpRequest, fault: Exception) -> HttpResponse:
    assert isinstance(fault, ApiProblem)
    response = problem(fault.status, fault.code, fault.message, fault.details)
    if fault.status == 429:
        response.headers["Retry-After"] = str(fault.details.get("seconds", 60))
    return response


def _invalid(_request: HttpRequest, fault: Exception) -> HttpResponse:
    assert isinstance(fault, ValidationError)
    found = [
        {"place": ".".join(map(str, error["loc"])), "reason": _reason(error)}
        for error in fault.errors
    ]
    first = f"：{found[0]['place']} {found[0]['reason']}" if found else ""
    return problem(422, "invalid", f"填写的内容不符合要求{first}", {"fields": found})


def _reason(error: Mapping[str, Any]) -> str:
    kind = error["type"]
    if kind in _BOUNDED:
        key, words = _BOUNDED[kind]
        return words.format(str(error.get("ctx", {}).get(key, "")).replace(" or ", " 或 "))
    return _REASONS.get(kind, "格式不对")


def _http(request: HttpRequest, fault: Exception) -> HttpResponse:
    assert isinstance(fault, HttpError)
    cause = fault.__cause__
    if isinstance(cause, ApiProblem):
        return _known(request, cause)  # what our parser said of the body
    if isinstance(cause, RequestDataTooBig):
        return _too_big(request, cause)
    return problem(fault.status_code, "bad_request", "请求无法理解")


def _unauthenticated(_request: HttpRequest, _fault: Exception) -> HttpResponse:
    return problem(401, "unauthenticated", "请用有效的接口令牌，或先登录")


def _missing(_request: HttpRequest, _fault: Exception) -> HttpResponse:
    return problem(404, "not_found", NOT_FOUND)


def _forbidden(_request: HttpRequest, _fault: Exception) -> HttpResponse:
    return problem(403, "not_yours", "在目前的状态下，这一步不由您办理")


def _refused(_request: HttpRequest, fault: Exception) -> HttpResponse:
    return problem(409, "refused", str(fault), {"reasons": [str(fault)]})


def _unknown_code(_request: HttpRequest, fault: Exception) -> HttpResponse:
    return problem(422, "unknown_code", str(fault))


def _unknown_place(_request: HttpRequest, fault: Exception) -> HttpResponse:
    return problem(422, "unknown_path", f"表里没有这一栏：{fault.args[0]}")


def _too_big(_request: HttpRequest, _fault: Exception) -> HttpResponse:
    return problem(413, "too_large", "内容太大")


def _unreadable(_request: HttpRequest, _fault: Exception) -> HttpResponse:
    return problem(400, "bad_request", "请求没有传完整，请重试")


def _lacking(_request: HttpRequest, fault: Exception) -> HttpResponse:
    return problem(501, "not_installed", str(fault))


def _broken(request: HttpRequest, fault: Exception) -> HttpResponse:
    passing = outage(fault)
    if passing:
        response = problem(503, "unavailable", f"{passing}请稍后重试")
        response.headers["Retry-After"] = RETRY_AFTER
        return response
    _LOG.error("%s %s failed", request.method, request.path, exc_info=fault)
    return problem(500, "SYS001", "系统内部出错，已经记录；请稍后重试，仍不行请联系系统管理员")


_HANDLERS: dict[type[Exception], Any] = {
    ApiProblem: _known,
    ValidationError: _invalid,
    AuthenticationError: _unauthenticated,
    HttpError: _http,
    Http404: _missing,
    NotYours: _forbidden,
    AdministrationFault: _refused,
    UnknownCode: _unknown_code,
    UnknownPlace: _unknown_place,
    MissingExtra: _lacking,
    RequestDataTooBig: _too_big,
    SuspiciousOperation: _unreadable,
    UnreadablePostError: _unreadable,
    Exception: _broken,
}

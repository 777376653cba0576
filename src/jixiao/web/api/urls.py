"""Addresses for programs: the operations, their description, and the pages about them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import path, re_path
from django.urls.resolvers import URLPattern
from django.views.decorators.csrf import csrf_exempt

from jixiao.web.api import pages
from jixiao.web.api.application import API
from jixiao.web.api.document import query_names
from jixiao.web.api.idempotency import once
from jixiao.web.api.problems import not_found, problem

View = Callable[..., HttpResponseBase]


def _guarded(view: View, name: str) -> View:
    """An operation's view: words nobody knows, keys of repeated requests, one shape of trouble."""

    @csrf_exempt
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return problem(400, "bad_request", "地址里有不能使用的字符")
        unknown = sorted(set(request.GET) - query_names(name, request.method or ""))
        if unknown:
            fields = [{"place": f"query.{one}", "reason": "不认识这一项"} for one in unknown]
            words = f"不认识的条件：{'、'.join(unknown)}"
            return problem(422, "invalid", words, {"fields": fields})
        response = once(request, lambda asked: view(asked, **kwargs))
        if isinstance(response, HttpResponseNotAllowed):
            shaped = problem(405, "method_not_allowed", "这个地址没有这种操作")
            shaped.headers["Allow"] = response.headers["Allow"]
            return shaped
        return response

    return guarded


def _operations() -> list[URLPattern]:
    return [
        path(str(one.pattern), _guarded(one.callback, one.name or ""), name=f"api-{one.name}")
        for one in API.urls[0]
        if isinstance(one, URLPattern) and one.name != "api-root"
    ]


urlpatterns = [
    path("openapi.json", pages.document, name="api-openapi"),
    path("docs", pages.docs, name="api-docs"),
    path("tokens", pages.tokens, name="api-tokens"),
    path("tokens/new", pages.issue_token, name="api-token-new"),
    path("tokens/<int:pk>/revoke", pages.revoke_token, name="api-token-revoke"),
    *_operations(),
    re_path(r"^(?P<rest>.*)$", csrf_exempt(not_found), name="api-not-found"),
]

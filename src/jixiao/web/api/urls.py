"""Addresses for programs: the operations, their description, and the pages about them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import path, re_path
from django.urls.resolvers import URLPattern
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from jixiao.web.api import pages
from jixiao.web.api.application import API
from jixiao.web.api.doorway import refused
from jixiao.web.api.idempotency import once
from jixiao.web.api.problems import not_found, problem
from jixiao.web.api.speaking import language_of
from jixiao.web.api.tags import unless_known

View = Callable[..., HttpResponseBase]


def _guarded(view: View, name: str) -> View:
    """An operation's view: in the caller's language, keys of repeated requests, one shape."""

    @csrf_exempt
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            response = refused(request, name) or once(request, lambda asked: view(asked, **kwargs))
            if isinstance(response, HttpResponseNotAllowed):
                allowed = response.headers["Allow"]
                response = problem(405, "method_not_allowed", "这个地址没有这种操作")
                response.headers["Allow"] = allowed
            response = unless_known(request, response)
        response.headers["Content-Language"] = language
        patch_vary_headers(response, ("Accept-Language", "Authorization"))
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
    re_path(r"^(?P<rest>.*)$", _guarded(not_found, ""), name="api-not-found"),
]

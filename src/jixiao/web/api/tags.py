"""Entity tags: what a program has seen of a filing, said back as `If-None-Match` or `If-Match`.

A tag has two parts. The first says what the filing is: its key, its lock version, the digest of
the content. The second is the digest of this very answer, for the same filing reads differently to
others, in another language, on another day. A request that writes is held against the first part
alone; a proxy that compresses weakens the tag (`W/`), which says nothing against that part.
"""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from jixiao.web.api.answers import answer
from jixiao.web.api.problems import ApiProblem
from jixiao.web.filings.models import Filing, Revision

_DIGITS = 16
_READING = ("GET", "HEAD")


def state_tag(one: Filing, content_hash: str) -> str:
    """What a filing is, as a tag: enough for `If-Match`."""
    return f'"{_state(one, content_hash)}"'


def tagged(data: object, one: Filing, content_hash: str | None = None) -> HttpResponse:
    """An answer about a filing with its tag; the content is the current one unless said."""
    response = answer(data)
    of_answer = hashlib.sha256(response.content).hexdigest()[:_DIGITS]
    state = _state(one, content_hash or _current_hash(one))
    response.headers["ETag"] = f'"{state}.{of_answer}"'
    return response


def is_expected(request: HttpRequest) -> bool:
    """Whether the caller says which filing it means to write."""
    return request.method not in _READING and "If-Match" in request.headers


def hold(request: HttpRequest, one: Filing) -> None:
    """Refuse to write another filing than the one that was seen. Raises ApiProblem 412."""
    if not is_expected(request):
        return
    named = parse_etags(request.headers["If-Match"])
    state = _state(one, _current_hash(one))
    if "*" not in named and state not in map(_state_in, named):
        details = {"etag": f'"{state}"', "lock_version": one.lock_version, "state": one.state}
        words = "这张申报已有变化，与 If-Match 所指的不同，请重新取得后再办理"
        raise ApiProblem(412, "changed", words, details)


def unless_known(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, or 304 for a caller that has it already."""
    tag = response.headers.get("ETag", "")
    if request.method not in _READING or response.status_code != 200 or not tag:
        return response
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in known or tag in (one.removeprefix("W/") for one in known):
        response = HttpResponseNotModified(headers={"ETag": tag})
    if "Authorization" in request.headers:
        # A program may keep the answer and ask whether it still holds; a browser keeps nothing.
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def _state(one: Filing, content_hash: str) -> str:
    return f"{one.pk}.{one.lock_version}.{content_hash[:_DIGITS]}"


def _state_in(tag: str) -> str:
    """The first part of a tag: three fields of it."""
    return ".".join(tag.removeprefix("W/").strip('"').split(".")[:3])


def _current_hash(one: Filing) -> str:
    found = Revision.objects.filter(filing=one, number=one.number)
    return found.values_list("content_hash", flat=True).get()


#: What the document says of an operation whose answer has a tag.
TAGGED: dict[str, Any] = {
    "responses": {
        200: {
            "headers": {
                "ETag": {
                    "description": "版本标记",
                    "required": True,
                    "schema": {"type": "string", "pattern": '^"[0-9]+[.][0-9]+[.][0-9a-f.]+"$'},
                }
            }
        },
        304: {"description": "与 If-None-Match 所指的相同，没有内容"},
    },
}

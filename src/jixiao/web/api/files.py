"""Files as answers: always a download, which runs nothing whatever it contains."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.http.response import StreamingHttpResponse
from django.utils import timezone
from msgspec import Struct

from jixiao.official.convert import Converted
from jixiao.official.writer import WRITERS
from jixiao.web.api.identity import actor
from jixiao.web.api.refusals import refusal
from jixiao.web.filings.models import Filing
from jixiao.web.ui.downloads import contained
from jixiao.web.workflow.leaving import tell_left

BINARY = {"type": "string", "format": "binary"}


def described(words: str, *media_types: str) -> dict[str, Any]:
    """What the document says of an answer that is a file."""
    content = {media_type: {"schema": BINARY} for media_type in media_types}
    return {"responses": {200: {"description": words, "content": content}}}


def made(name: str, content: bytes, media_type: str) -> HttpResponse:
    """A file that was made for this answer."""
    response = HttpResponse(content, content_type=media_type)
    _named(response, name)
    return response


def streamed(name: str, chunks: Iterable[bytes], media_type: str) -> StreamingHttpResponse:
    """A long file, line by line."""
    response = StreamingHttpResponse(chunks, content_type=media_type)
    _named(response, name)
    return response


class Leaving(Struct, frozen=True, kw_only=True):
    """How a document that leaves is named, and what the log says of it."""

    code: str
    asked: str
    name: str


def written_file(
    request: HttpRequest, one: Filing, written: Converted, to: str, leaves: Leaving
) -> HttpResponse:
    """A document of a filing as a download, with its line in the log. Raises ApiProblem 409."""
    if written.content is None:
        raise refusal(written.refusals, code="cannot_draw")
    tell_left(
        actor=actor(request),
        code=leaves.code,
        count=1,
        to=to,
        asked=leaves.asked,
        now=timezone.now(),
        filing=one,
    )
    writer = WRITERS[to]
    return made(f"{leaves.name}{writer.suffix}", written.content, writer.media_type)


def _named(response: HttpResponse | StreamingHttpResponse, name: str) -> None:
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    contained(response)

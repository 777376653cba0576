"""Files as answers: always a download, which runs nothing whatever it contains."""

from collections.abc import Iterable
from typing import Any, BinaryIO
from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from django.http.response import StreamingHttpResponse

#: A download runs nothing, whatever it contains.
POLICY = "default-src 'none'; sandbox"
BINARY = {"type": "string", "format": "binary"}


def described(words: str, *media_types: str) -> dict[str, Any]:
    """What the document says of an answer that is a file."""
    content = {media_type: {"schema": BINARY} for media_type in media_types}
    return {"responses": {200: {"description": words, "content": content}}}


def download(name: str, stream: BinaryIO) -> FileResponse:
    """A file out of the storage."""
    response = FileResponse(
        stream, as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response.headers["Content-Security-Policy"] = POLICY
    return response


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


def _named(response: HttpResponse | StreamingHttpResponse, name: str) -> None:
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = POLICY

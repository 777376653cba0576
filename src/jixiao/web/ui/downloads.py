"""Files as answers: saved, never shown, and running nothing whatever they contain."""

from typing import BinaryIO

from django.http import FileResponse
from django.http.response import HttpResponseBase

POLICY = "default-src 'none'; sandbox"


def download(name: str, stream: BinaryIO) -> FileResponse:
    """A file that is saved, never shown."""
    response = FileResponse(
        stream, as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    contained(response)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def contained(response: HttpResponseBase) -> None:
    """Nothing in this answer is run, whatever it is opened with."""
    response.headers["Content-Security-Policy"] = POLICY

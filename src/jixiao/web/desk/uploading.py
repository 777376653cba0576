"""Files on their way in: what is too large is let go by piece by piece, and said afterwards.

The parser of Django hands every piece on; one that passes the limit drops the rest of its file,
so that 50 MB and more never stand in memory or on the disk, and the other files arrive.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

#: A whole request may have this many times what one file may.
MOST_TOGETHER = 10


class LargestFile(FileUploadHandler):
    """Drops files over the limit; `dropped` are their names."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.dropped: list[str] = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the piece on, or let go of the whole file."""
        if start + len(raw_data) > settings.LARGEST_UPLOAD:
            self.dropped.append(str(self.file_name))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> Any:  # noqa: ARG002  Django's
        """The handlers behind this one make the file."""
        return None


def guard(request: HttpRequest) -> LargestFile:
    """Put the limit before all other handlers; call it before anything reads the request."""
    handler = LargestFile(request)
    request.upload_handlers.insert(0, handler)
    return handler


def is_hopeless(request: HttpRequest) -> bool:
    """Whether the request as a whole is beyond what is even looked at."""
    stated = request.META.get("CONTENT_LENGTH") or "0"
    return stated.isdigit() and int(stated) > MOST_TOGETHER * settings.LARGEST_UPLOAD

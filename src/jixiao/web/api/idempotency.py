"""`Idempotency-Key`: a POST sent twice is done once, and answered alike both times.

The key, the work and the kept answer share one transaction, so that a crash in between leaves
either all of it or nothing; a second request at the same moment waits for the first.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from jixiao.web.accounts.models import User
from jixiao.web.api.identity import identity_of
from jixiao.web.api.problems import problem
from jixiao.web.workflow.models import IdempotencyKey

_LONGEST = 120
_KEPT = timedelta(days=1)
REPLAYED = "Idempotency-Replayed"
Run = Callable[[HttpRequest], HttpResponseBase]


def once(request: HttpRequest, run: Run) -> HttpResponseBase:
    """Do what is asked, once for each key and person."""
    key = request.headers.get("Idempotency-Key", "")
    if request.method != "POST" or not key:
        return run(request)
    if len(key) > _LONGEST or not key.isascii() or not key.isprintable():
        return problem(422, "bad_key", f"Idempotency-Key 最多 {_LONGEST} 个可见的 ASCII 字符")
    identity = identity_of(request)
    if identity is None:
        return run(request)  # which answers 401
    return _kept(request, run, identity.user, key)


@transaction.atomic
def _kept(request: HttpRequest, run: Run, user: User, key: str) -> HttpResponseBase:
    now = timezone.now()
    IdempotencyKey.objects.filter(user=user, created_at__lt=now - _KEPT).delete()
    asked = _digest(request)
    row, is_new = IdempotencyKey.objects.get_or_create(
        user=user, key=key, defaults={"body_hash": asked, "created_at": now}
    )
    if not is_new:
        if row.body_hash != asked:
            return problem(422, "key_reused", "这个 Idempotency-Key 已用于内容不同的请求")
        return _again(row)
    response = run(request)
    if not isinstance(response, HttpResponse) or response.status_code >= 400:
        # Nothing was done, so nothing is remembered: the request may be mended and sent again.
        transaction.set_rollback(True)
        return response
    row.status = response.status_code
    row.content_type = response.headers.get("Content-Type", "")
    row.content = response.content
    row.save(update_fields=["status", "content_type", "content"])
    return response


def _again(row: IdempotencyKey) -> HttpResponse:
    response = HttpResponse(
        bytes(row.content), status=row.status or 200, content_type=row.content_type
    )
    response.headers[REPLAYED] = "true"
    return response


def _digest(request: HttpRequest) -> str:
    """What is asked: the address and the content; of an upload its parts, not their boundary."""
    found = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        for name, values in sorted(request.POST.lists()):
            found.update(repr((name, values)).encode())
        for name, file in sorted(request.FILES.items()):
            found.update(repr((name, getattr(file, "name", ""))).encode())
            assert isinstance(file, UploadedFile)
            for chunk in file.chunks():
                found.update(chunk)
            file.seek(0)
    else:
        found.update(request.body)
    return found.hexdigest()

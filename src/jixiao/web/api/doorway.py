"""What is refused before an operation is asked: too much, of another kind, words nobody knows.

Whoever is nobody learns nothing here; the operation itself answers 401.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from jixiao.web.api.document import media_types, query_names
from jixiao.web.api.identity import identity_of
from jixiao.web.api.problems import problem

#: What a form adds to the file it carries.
_AROUND = 1 << 20
#: Whoever sends first and listens afterwards would hear of a broken pipe and not of us. So what
#: comes is let go of, piece by piece, up to this many times what one file may have.
_LET_GO, _PIECE = 4, 1 << 16


def refused(request: HttpRequest, name: str) -> HttpResponse | None:
    """Why the operation at this address, by its name, cannot take the request; None if it can."""
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return problem(400, "bad_request", "地址里有不能使用的字符")
    if not name or identity_of(request) is None:
        return None
    return _too_large(request) or _of_another_kind(request, name) or _unknown(request, name)


def _too_large(request: HttpRequest) -> HttpResponse | None:
    """Said before anything of the content is kept."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) <= settings.LARGEST_UPLOAD + _AROUND:
        return None
    if int(length) <= _LET_GO * settings.LARGEST_UPLOAD:
        while request.read(_PIECE):
            pass
    most = settings.LARGEST_UPLOAD >> 20
    return problem(413, "too_large", f"内容超过 {most} MB，没有接收")


def _of_another_kind(request: HttpRequest, name: str) -> HttpResponse | None:
    wanted = media_types(name, request.method or "")
    is_nothing = not request.content_type and request.META.get("CONTENT_LENGTH", "") in ("", "0")
    if not wanted or is_nothing or request.content_type in wanted:
        return None
    words = f"内容的类型（Content-Type）应当是 {'、'.join(sorted(wanted))}"
    return problem(415, "unsupported_media_type", words)


def _unknown(request: HttpRequest, name: str) -> HttpResponse | None:
    """A condition nobody knows would answer with everything; it is refused instead."""
    unknown = sorted(set(request.GET) - query_names(name, request.method or ""))
    if not unknown:
        return None
    fields = [{"place": f"query.{one}", "reason": "不认识这一项"} for one in unknown]
    return problem(422, "invalid", f"不认识的条件：{'、'.join(unknown)}", {"fields": fields})

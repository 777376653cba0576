"""The language of an answer: what a program asks for with `Accept-Language`, Chinese otherwise.

A person's page speaks as the person chose; a program's request is asked by its header. What
people wrote, records and names stay as they are: sentences and labels of ours are said.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation.trans_real import parse_accept_lang_header

from jixiao.report.audit_record import AuditRecord
from jixiao.web.ui.sentences import is_english, said

_SAID = frozenset({"message", "suggestion", "reason", "reasons", "why", "consequence", "missing"})
_LABELS = frozenset({"label", "state_label", "role_label", "kind_label", "may"})


def language_of(request: HttpRequest) -> str:
    """The language this request is answered in."""
    is_page = settings.SESSION_COOKIE_NAME in request.COOKIES
    if is_page and "Authorization" not in request.headers:
        return get_language() or settings.LANGUAGE_CODE
    for wanted, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        for code, _label in settings.LANGUAGES:
            if wanted.partition("-")[0] == code.partition("-")[0]:
                return str(code)
    return settings.LANGUAGE_CODE


def spoken(data: Any) -> Any:
    """The same answer with our sentences and labels in English, where English is asked for."""
    return _spoken(data, "") if is_english() else data


def _spoken(value: Any, key: str) -> Any:
    if isinstance(value, AuditRecord):
        value = msgspec.to_builtins(value)
    if isinstance(value, Mapping):
        return {name: _spoken(one, name) for name, one in value.items()}
    if isinstance(value, str):
        if key in _LABELS:
            return said(gettext(value) if value else "")
        return said(value) if key in _SAID else value
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_spoken(one, key) for one in value]
    return value

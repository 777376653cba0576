"""The log: what everybody did, filtered; verified on the spot; and a file that proves itself."""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jixiao.lifecycle.roles import KIND_LABELS, ROLES
from jixiao.web.agencies.selectors import agencies_of
from jixiao.web.desk.context import actor, today
from jixiao.web.desk.permits import for_roles
from jixiao.web.filings.levels import county_journey
from jixiao.web.workflow import verifier as checker
from jixiao.web.workflow.event_words import EVENT_LABELS, event_label, payload_label
from jixiao.web.workflow.jobs_run import run
from jixiao.web.workflow.jobs_verify import is_quick, last_verification, start_verification
from jixiao.web.workflow.log_file import lines_of
from jixiao.web.workflow.log_reading import READERS, events_asked, moment, note
from jixiao.web.workflow.models import Event

_PAGE = 100
_HASH, _SHOWN = re.compile(r"[0-9a-f]{64}"), 12
_WORDS: dict[str, str] = {one.code.value: one.label for one in ROLES.values()}
_WORDS |= {state.code: state.label for state in county_journey().stage.states}
_WORDS |= {kind.value: label for kind, label in KIND_LABELS.items()}
_WORDS |= {"password": "口令", "password+code": "口令和动态口令"}
_WORDS |= {"oidc": "统一身份认证", "oidc+code": "统一身份认证和动态口令"}
#: Kinds of background work; a state and a kind of work may have the same code.
_KINDS = {"verify": "核验日志", "import": "导入", "export": "导出", "draft": "建立草稿"}


@for_roles(*READERS)
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    return _page(request)


@for_roles(*READERS)
@require_POST
def verified(request: HttpRequest) -> HttpResponse:
    """Walk every chain within reach: now where they are short, else in the background."""
    who = actor(request)
    job = start_verification(actor=who, now=timezone.now())
    if is_quick(who):
        run(job.pk)
    return _page(request)


def _verdict(request: HttpRequest) -> dict[str, Any] | None:
    """What the last walk over the chains found, and when."""
    who = actor(request)
    job = last_verification(who)
    if job is None:
        return None
    names = dict(agencies_of(who).values_list("pk", "name"))
    told = [
        _("%(agency)s 第 %(number)s 条：%(reason)s")
        % {
            "agency": names.get(one["agency"], one["agency"]),
            "number": one["sequence"],
            "reason": _(one["reason"]),
        }
        for one in job.parameters.get("breaks", ())
    ]
    count = job.parameters.get("events", 0)
    broken = job.parameters.get("broken", 0)
    return {"job": job, "breaks": told, "broken": broken, "count": count}


@for_roles(*READERS)
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The chains within reach as JSON lines, whole from a day on."""
    who, asked = actor(request), request.GET
    code = asked.get("agency", "")
    agency = agencies_of(who).filter(pk=code).first() if code.isdigit() else None
    since = moment(asked.get("from", ""))
    note(who, "log.exported", {"from": asked.get("from", "")}, timezone.now())
    response = StreamingHttpResponse(_encoded(lines_of(who, agency, since)))
    response.headers["Content-Type"] = "application/x-ndjson; charset=utf-8"
    name = f"jixiao-log-{today():%Y%m%d}.jsonl"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@for_roles(*READERS)
@require_GET
def verifier(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's
    """The little program that checks an exported log anywhere."""
    text = Path(checker.__file__).read_text(encoding="utf-8")
    response = HttpResponse(text, content_type="text/x-python; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="verifier.py"'
    return response


def _page(request: HttpRequest) -> HttpResponse:
    asked, who = request.GET, actor(request)
    page = Paginator(events_asked(who, asked.dict()), _PAGE).get_page(asked.get("page"))
    kept = asked.copy()
    kept.pop("page", None)
    context = {
        "rows": [
            {
                "event": one,
                # All that the row shows, besides the language.
                "key": (
                    *(one.pk, one.at, one.actor_id, one.actor_name, one.role, one.agency.name),
                    *(one.filing_id, one.code, one.payload, one.sequence, one.hash),
                ),
                "label": _(event_label(one.code)),
                "said": partial(_said, one),
            }
            for one in page
        ],
        "page": page,
        "query": kept.urlencode(),
        "asked": asked,
        "kinds": [(code, _(label)) for code, label in EVENT_LABELS.items()],
        "agencies": agencies_of(who).order_by("path"),
        "verdict": _verdict(request),
    }
    return render(request, "desk/log.html", context)


def _said(event: Event) -> list[tuple[str, str]]:
    """What the event carries, as words and values."""
    carried: dict[str, Any] = json.loads(event.payload)
    if "job" in carried and carried.get("kind") in _KINDS:
        carried["kind"] = _(_KINDS[carried["kind"]])
    return [
        (_(payload_label(event.code, name)), _value(value, event.code))
        for name, value in carried.items()
        if value not in ("", None, [], {})
    ]


def _value(value: object, code: str) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict):
        return "，".join(
            f"{_(payload_label(code, str(k)))} {_value(v, code)}" for k, v in value.items()
        )
    if isinstance(value, list):
        return "、".join(_value(one, code) for one in value)
    if isinstance(value, str) and value in _WORDS:
        return _(_WORDS[value])
    said = str(value)
    return f"{said[:_SHOWN]}…" if _HASH.fullmatch(said) else said


def _encoded(lines: Iterator[str]) -> Iterator[bytes]:
    for line in lines:
        yield line.encode()

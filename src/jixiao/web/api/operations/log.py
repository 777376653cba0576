"""The log, for the audit administrator and the audit office: read, verified, taken along."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.http.response import StreamingHttpResponse
from django.utils import timezone
from ninja import Query, Router

from jixiao.web.agencies.selectors import Actor, agencies_of
from jixiao.web.api.answers import answer
from jixiao.web.api.cursors import Order, page
from jixiao.web.api.files import described, made, streamed
from jixiao.web.api.identity import actor, needs, require
from jixiao.web.api.operations.places import agency_of, place, place_in
from jixiao.web.api.problems import ApiProblem
from jixiao.web.api.schemas.shared import Cursor, Limit, Page, Pk, Text
from jixiao.web.api.schemas.work import LogRow, Verdict
from jixiao.web.filings.models import Job
from jixiao.web.workflow import verifier
from jixiao.web.workflow.event_words import event_label
from jixiao.web.workflow.jobs_run import run
from jixiao.web.workflow.jobs_verify import is_quick, last_verification, start_verification
from jixiao.web.workflow.log_file import lines_of
from jixiao.web.workflow.log_reading import READERS, events_asked, moment, note

router = Router(tags=["日志"])
_LINES = "application/x-ndjson; charset=utf-8"
_PYTHON = "text/x-python; charset=utf-8"
_COLUMNS = (
    *("sequence", "code", "actor_name", "role", "filing_id", "payload", "at", "previous_hash"),
    *("hash", "agency__code", "agency__name"),
)
Agency = Annotated[Text | None, Query(max_length=40, description="机构编码")]
Since = Annotated[date | None, Query(alias="from", description="从这一天起")]


@router.get("/log", auth=needs("read"), response=Page[LogRow], summary="日志")
def list_log(
    request: HttpRequest,
    *,
    code: Annotated[Text | None, Query(max_length=60, description="事项代码")] = None,
    agency: Agency = None,
    who: Annotated[Text | None, Query(max_length=60, description="姓名或登录名中的文字")] = None,
    filing: Annotated[Pk | None, Query(description="申报编号")] = None,
    since: Since = None,
    until: Annotated[date | None, Query(alias="to", description="到这一天止")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> HttpResponse:
    """范围内的全部事项，新的在前；由审计管理员和审计机关查看。"""
    reader = _reader(request)
    asked = {
        "code": code,
        "agency": None if agency is None else agency_of(reader, agency).pk,
        "who": who,
        "filing": filing,
        "from": since,
        "to": until,
    }
    found = events_asked(reader, {name: str(text) for name, text in asked.items() if text})
    order = Order("pk", is_descending=True, kind=int)
    got = page(found, order, columns=_COLUMNS, limit=limit, cursor=cursor)
    return answer({"items": [_row(row) for row in got.rows], "next": got.next})


@router.post("/log/verify", auth=needs("read"), response={(200, 202): Verdict}, summary="校验日志")
def verify_log(request: HttpRequest) -> HttpResponse:
    """逐条核对范围内的日志链；被改动、缺失、插入的逐处列出。校验本身也记入日志。

    日志很多时在后台进行（202，holds 为 null），结果由 GET /log/verify 取。
    """
    reader = _reader(request)
    job = start_verification(actor=reader, now=timezone.now())
    if is_quick(reader):
        run(job.pk)
        job.refresh_from_db()
    return answer(_verdict(reader, job), 200 if job.state == "done" else 202)


@router.get("/log/verify", auth=needs("read"), response=Verdict, summary="最近一次校验")
def get_verification(request: HttpRequest) -> HttpResponse:
    """最近一次校验的结果；没有校验过的 404。"""
    reader = _reader(request)
    job = last_verification(reader)
    if job is None:
        raise ApiProblem(404, "not_found", "还没有校验过")
    return answer(_verdict(reader, job))


@router.get(
    "/log/export",
    auth=needs("read"),
    summary="导出日志",
    openapi_extra=described("每行一条，可离线校验", _LINES.partition(";")[0]),
)
def export_log(
    request: HttpRequest, *, agency: Agency = None, since: Since = None
) -> StreamingHttpResponse:
    """整条日志链的 JSON 行文件，连同每条的摘要；用 /log/verifier 取得的小程序可在任何地方校验。"""
    reader = _reader(request)
    place = None if agency is None else agency_of(reader, agency)
    day = "" if since is None else since.isoformat()
    note(reader, "log.exported", {"from": day}, timezone.now())
    name = f"jixiao-log-{timezone.localdate():%Y%m%d}.jsonl"
    return streamed(name, _encoded(lines_of(reader, place, moment(day))), _LINES)


@router.get(
    "/log/verifier",
    auth=needs("read"),
    summary="离线校验程序",
    openapi_extra=described("只需要 Python 的小程序", _PYTHON.partition(";")[0]),
)
def get_log_verifier(request: HttpRequest) -> HttpResponse:
    """`python verifier.py 日志.jsonl`，不需要本系统。"""
    _reader(request)
    return made("verifier.py", Path(verifier.__file__).read_bytes(), _PYTHON)


def _reader(request: HttpRequest) -> Actor:
    who = actor(request)
    require(who, *READERS)
    return who


def _verdict(reader: Actor, job: Job) -> dict[str, Any]:
    named = {one.pk: one for one in agencies_of(reader)}
    found, is_done = job.parameters, job.state == "done"
    return {
        "job": job.pk,
        "state": job.state,
        "finished_at": job.finished_at,
        "holds": not found.get("broken", 0) if is_done else None,
        "events": found.get("events", 0),
        "breaks": [
            {
                "agency": place(named[one["agency"]]),
                "sequence": one["sequence"],
                "reason": one["reason"],
            }
            for one in found.get("breaks", ())
            if one["agency"] in named
        ],
    }


def _row(row: dict[str, Any]) -> dict[str, Any]:
    plain = ("sequence", "code", "actor_name", "role", "at", "previous_hash", "hash")
    return {
        "id": row["pk"],
        "agency": place_in(row),
        "label": event_label(row["code"]),
        "filing": row["filing_id"],
        "payload": json.loads(row["payload"]),
        **{name: row[name] for name in plain},
    }


def _encoded(lines: Iterator[str]) -> Iterator[bytes]:
    for line in lines:
        yield line.encode()

"""Background work: what waits, runs, is done or failed; exports are work of this kind."""

from typing import Annotated, Any, Literal

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from jixiao.official.writer import WRITERS
from jixiao.web.agencies.selectors import Actor
from jixiao.web.api.answers import answer
from jixiao.web.api.cursors import Order, page
from jixiao.web.api.files import described
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.operations.documents import kept_file
from jixiao.web.api.operations.places import place_in
from jixiao.web.api.problems import ApiProblem
from jixiao.web.api.refusals import nothing, refusal, there
from jixiao.web.api.schemas.shared import Cursor, Limit, Page, Pk
from jixiao.web.api.schemas.work import ExportAsked, JobRow
from jixiao.web.filings.documents import path_of
from jixiao.web.filings.jobs import jobs_of, own_job
from jixiao.web.filings.models import Job
from jixiao.web.filings.narrowing import narrowed, ordered
from jixiao.web.workflow.jobs import retry
from jixiao.web.workflow.jobs_export import MOST_IN_ONE, Wanted, start_export
from jixiao.web.workflow.jobs_list import FORMATS, start_list
from jixiao.web.workflow.leaving import home

router = Router(tags=["后台任务和导出"])
_PLAIN = (
    *("kind", "title", "state", "done", "total", "words", "reason", "result_name"),
    *("created_at", "finished_at"),
)
_COLUMNS = (
    *(*_PLAIN, "result", "created_by_id"),
    *("created_by__full_name", "agency__code", "agency__name"),
)


@router.post("/exports", auth=needs("read"), response={202: JobRow}, summary="导出")
def export_filings(request: HttpRequest, asked: ExportAsked) -> HttpResponse:
    """把条件找到的全部申报写成官方表文件或列表，在后台进行；完成后由 /jobs/{编号}/result 取。"""
    who, words = actor(request), asked.conditions.words()
    if asked.what == "list":
        _known_format(asked.to, FORMATS)
        job = start_list(actor=who, words=words, order=asked.order, to=asked.to, now=timezone.now())
        return answer(shown(who, job), 202)
    _known_format(asked.to, tuple(one.code for one in WRITERS))
    found = list(ordered(narrowed(who, words), asked.order)[: MOST_IN_ONE + 1])
    if not found or len(found) > MOST_IN_ONE:
        reason = f"一次最多导出 {MOST_IN_ONE} 张表" if found else "没有可以导出的表"
        raise refusal((reason,))
    wanted = Wanted(to=asked.to, as_annex=asked.annex, title=" ".join(asked.title.split()))
    job = start_export(
        actor=who, agency=home(who), filings=found, wanted=wanted, now=timezone.now()
    )
    return answer(shown(who, job), 202)


@router.get("/jobs", auth=needs("read"), response=Page[JobRow], summary="后台任务")
def list_jobs(
    request: HttpRequest,
    state: Annotated[
        Literal["waiting", "running", "done", "failed"] | None, Query(description="只要这种状态的")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> HttpResponse:
    """本人的和范围内单位的后台任务，新的在前。"""
    who = actor(request)
    found = jobs_of(who)
    if state is not None:
        found = found.filter(state=state)
    order = Order("pk", is_descending=True, kind=int)
    got = page(found, order, columns=_COLUMNS, limit=limit, cursor=cursor)
    return answer({"items": [_row(who, row) for row in got.rows], "next": got.next})


@router.get("/jobs/{pk}", auth=needs("read"), response=JobRow, summary="一个后台任务")
def get_job(request: HttpRequest, pk: Pk) -> HttpResponse:
    """进度、结果或失败的原因；建议隔几秒查一次。"""
    who = actor(request)
    row = jobs_of(who).filter(pk=pk).values("pk", *_COLUMNS).first()
    return answer(_row(who, there(row)))


@router.post("/jobs/{pk}/retry", auth=needs("write"), response=JobRow, summary="重做失败的任务")
def retry_job(request: HttpRequest, pk: Pk) -> HttpResponse:
    """只能重做本人的；没有失败的任务不变。"""
    who = actor(request)
    retry(actor=who, job=_own(who, pk), now=timezone.now())
    return answer(shown(who, _own(who, pk)))


@router.get(
    "/jobs/{pk}/result",
    auth=needs("read"),
    summary="取任务的结果",
    openapi_extra=described("任务写出的文件", "application/octet-stream"),
)
def get_job_result(request: HttpRequest, pk: Pk) -> FileResponse:
    """只有提出任务的人能取；没有做完时 404。"""
    job = _own(actor(request), pk)
    if not job.result:
        raise nothing("这项任务还没有结果", state=job.state)
    return kept_file(job.result_name, path_of(job))


def shown(who: Actor, job: Job) -> dict[str, Any]:
    """A job as the API shows it."""
    row = {name: getattr(job, name) for name in (*_PLAIN, "created_by_id")}
    row |= {
        "pk": job.pk,
        "result": job.result.name,
        "created_by__full_name": job.created_by.full_name,
        "agency__code": job.agency.code,
        "agency__name": job.agency.name,
    }
    return _row(who, row)


def _row(who: Actor, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["pk"],
        "agency": place_in(row),
        "created_by": row["created_by__full_name"],
        "is_own": row["created_by_id"] == who.user.pk,
        "has_result": bool(row["result"]),
        **{name: row[name] for name in _PLAIN},
    }


def _own(who: Actor, pk: int) -> Job:
    return there(own_job(who, pk))


def _known_format(to: str, known: tuple[str, ...]) -> None:
    if to not in known:
        words = "、".join(sorted(known))
        raise ApiProblem(422, "unknown_code", f"没有文件格式“{to}”，可以是 {words}")

"""Files: handed in, read in the background or at once, downloaded as they came."""

from pathlib import Path
from typing import Annotated, Any

from django.conf import settings
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Router
from ninja.files import UploadedFile

from jixiao.form.codec import decode
from jixiao.report.records import form_record
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor, agencies_of
from jixiao.web.api.answers import answer
from jixiao.web.api.cursors import Order, page
from jixiao.web.api.files import described
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.operations.places import place_in
from jixiao.web.api.problems import NOT_FOUND, ApiProblem
from jixiao.web.api.refusals import nothing, there
from jixiao.web.api.schemas.places import DocumentRow, FoundForm, Upload
from jixiao.web.api.schemas.shared import Cursor, Items, Limit, Page, Pk, Year
from jixiao.web.filings.documents import document_of, documents_of, path_of
from jixiao.web.filings.models import Batch, Document, ReadForm
from jixiao.web.ui.downloads import download
from jixiao.web.workflow.filing import NotYours
from jixiao.web.workflow.intake import Received, is_read_at_once, receive
from jixiao.web.workflow.intake import Upload as Arriving
from jixiao.web.workflow.jobs_run import run

router = Router(tags=["文件"])
_COLUMNS = (
    *("name", "media_type", "size", "sha256", "budget_year", "status", "problems"),
    *("uploaded_at", "uploaded_by__full_name", "agency__code", "agency__name"),
)


@router.get("/documents", auth=needs("read"), response=Page[DocumentRow], summary="已上传的文件")
def list_documents(
    request: HttpRequest,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> HttpResponse:
    """本人范围内的文件，新的在前。"""
    found = documents_of(actor(request))
    order = Order("pk", is_descending=True, kind=int)
    got = page(found, order, columns=_COLUMNS, limit=limit, cursor=cursor)
    return answer({"items": [_shown(row) for row in got.rows], "next": got.next})


@router.post("/documents", auth=needs("write"), response={201: Upload}, summary="上传文件")
def upload_document(
    request: HttpRequest,
    file: Annotated[UploadedFile, File(description="本程序认识的任何格式，或一个 zip 压缩包")],
    agency: Annotated[str, Form(max_length=40, description="填报单位编码")],
    budget_year: Annotated[Year | None, Form()] = None,
) -> HttpResponse:
    """小文件当即读完；大的、扫描的和压缩包在后台读，请再查 /uploads/{编号}。"""
    who = actor(request)
    place = agencies_of(who).filter(code=agency, is_active=True).first()
    if place is None:
        raise ApiProblem(404, "not_found", NOT_FOUND, {"agency": agency})
    is_larger = (file.size or 0) > settings.LARGEST_UPLOAD
    if is_larger:
        most = settings.LARGEST_UPLOAD >> 20
        raise ApiProblem(413, "too_large", f"文件超过 {most} MB，没有接收")
    received = _received(who, place, file, budget_year)
    if received.job is not None and is_read_at_once(received.batch):
        run(received.job.pk)
    return answer(_upload(received.batch), 201)


def _received(who: Actor, place: Agency, file: UploadedFile, year: int | None) -> Received:
    name = (file.name or "未命名").replace("\0", "")
    try:
        return receive(
            actor=who,
            agency=place,
            uploads=(Arriving(name, file.chunks()),),
            budget_year=year,
            now=timezone.now(),
        )
    except NotYours:  # which is an OSError by its kind, not by its cause
        raise
    except OSError:
        raise ApiProblem(507, "storage_full", "存储空间不足，文件没有接收") from None


@router.get("/uploads/{pk}", auth=needs("read"), response=Upload, summary="上传的进度和结果")
def get_upload(request: HttpRequest, pk: Pk) -> HttpResponse:
    """一次上传中每个文件的结果：waiting、reading、read、partial、empty、failed、repeated。"""
    who = actor(request)
    visible = Q(agency__in=agencies_of(who)) | Q(created_by=who.user)
    batch = Batch.objects.filter(visible, pk=pk).first()
    if batch is None or (batch.created_by_id != who.user.pk and not _sees_files(who, batch)):
        raise nothing()
    return answer(_upload(batch))


@router.get("/documents/{pk}", auth=needs("read"), response=DocumentRow, summary="一个文件")
def get_document(request: HttpRequest, pk: Pk) -> HttpResponse:
    """文件的名称、类型、摘要、读取状态和读取中的问题。"""
    found = documents_of(actor(request)).filter(pk=pk).values("pk", *_COLUMNS).first()
    return answer(_shown(there(found)))


@router.get(
    "/documents/{pk}/forms", auth=needs("read"), response=Items[FoundForm], summary="文件中的表"
)
def list_forms(request: HttpRequest, pk: Pk) -> HttpResponse:
    """文件中读出的每张表；number 用于新建草稿。"""
    document = known_document(actor(request), pk)
    rows = ReadForm.objects.filter(document=document).order_by("number")
    return answer(
        {
            "items": [
                {
                    "number": row.number,
                    "project_name": row.name,
                    "budget_year": row.budget_year,
                    "doubtful": row.doubtful,
                    "filing": row.filing_id,
                    "record": form_record(decode(row.form)),
                }
                for row in rows
            ]
        }
    )


@router.get(
    "/documents/{pk}/content",
    auth=needs("read"),
    summary="下载文件",
    openapi_extra=described("原文件", "application/octet-stream"),
)
def download_document(request: HttpRequest, pk: Pk) -> FileResponse:
    """原样下载，总是作为附件。"""
    document = known_document(actor(request), pk)
    return kept_file(document.name, path_of(document))


def kept_file(name: str, path: Path) -> FileResponse:
    """A file out of the storage as a download. Raises ApiProblem 404 where it is gone."""
    if not path.is_file():
        raise nothing("文件不在存储中，请联系系统管理员")
    return download(name, path.open("rb"))


def read_form(who: Actor, document: int, number: int) -> ReadForm:
    """A form of a document within reach. Raises ApiProblem 404."""
    found = ReadForm.objects.filter(document=known_document(who, document), number=number).first()
    return there(found, "文件中没有这张表")


def known_document(who: Actor, pk: int) -> Document:
    """A document within reach. Raises ApiProblem 404."""
    return there(document_of(who, pk))


def _sees_files(who: Actor, batch: Batch) -> bool:
    return documents_of(who).filter(received__batch=batch).exists()


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    plain = {name: row[name] for name in _COLUMNS if "__" not in name}
    return {
        "id": row["pk"],
        "agency": place_in(row),
        "uploaded_by": row["uploaded_by__full_name"],
        **plain,
    }


def _upload(batch: Batch) -> dict[str, Any]:
    columns = ("name", "size", "status", "problems", "form_count")
    rows = batch.files.order_by("position").values(*columns, "document_id")
    return {
        "id": batch.pk,
        "files": [
            {**{name: row[name] for name in columns}, "document": row["document_id"]}
            for row in rows
        ],
    }

"""Many agencies and accounts, or many roles, from one sheet, whole or not at all."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Router
from ninja.files import UploadedFile

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.api.answers import answer
from jixiao.web.api.identity import actor, needs, require
from jixiao.web.api.operations.places import place
from jixiao.web.api.problems import ApiProblem
from jixiao.web.api.schemas.work import RolesGranted, RosterTaken
from jixiao.web.workflow.role_sheet import grant_sheet
from jixiao.web.workflow.roster import Refusal, read_roster, take_in

router = Router(tags=["机构"])
_LARGEST = 5 << 20


@router.post("/roster", auth=needs("admin"), response={201: RosterTaken}, summary="批量导入")
def take_in_roster(
    request: HttpRequest,
    file: Annotated[
        UploadedFile,
        File(description="xlsx 或 csv，栏目：机构编码、机构名称、上级编码、类别、登录名、姓名"),
    ],
) -> HttpResponse:
    """一份表格中的机构和人员，全部导入或全不导入；有问题的行在 details.rows 里说明（422）。"""
    who = actor(request)
    require(who, RoleCode.SYSTEM_ADMIN)
    read = read_roster(who, *_named_content(file))
    if read.fault:
        raise ApiProblem(422, "invalid", read.fault)
    if read.refused:
        raise _refused(read.refused)
    taken = take_in(actor=who, roster=read, now=timezone.now())
    return answer(
        {
            "agencies": [place(one) for one in taken.agencies],
            "people": [
                {
                    "username": one.user.username,
                    "full_name": one.user.full_name,
                    "agency": place(one.agency),
                    "password": one.password,
                }
                for one in taken.people
            ],
        },
        201,
    )


@router.post("/roles/sheet", auth=needs("admin"), response={201: RolesGranted}, summary="批量授权")
def grant_roles_of_sheet(
    request: HttpRequest,
    file: Annotated[
        UploadedFile,
        File(description="xlsx 或 csv，栏目：登录名、角色、机构编码；可有姓名、开始日期、结束日期"),
    ],
) -> HttpResponse:
    """由安全管理员办理，全部授予或全不授予；有问题的行在 details.rows 里说明（422）。"""
    who = actor(request)
    require(who, RoleCode.SECURITY_ADMIN)
    name, content = _named_content(file)
    done = grant_sheet(actor=who, name=name, content=content, now=timezone.now())
    if done.fault:
        raise ApiProblem(422, "invalid", done.fault)
    if done.refused:
        raise _refused(done.refused)
    return answer({"granted": len(done.granted), "left_out": done.left_out}, 201)


def _refused(refused: tuple[Refusal, ...]) -> ApiProblem:
    rows = [{"row": one.number, "reason": one.reason} for one in refused]
    return ApiProblem(422, "invalid", f"有 {len(rows)} 处问题，没有导入", {"rows": rows})


def _named_content(file: UploadedFile) -> tuple[str, bytes]:
    """The name and the bytes of a sheet. Raises ApiProblem where it is larger than any roster."""
    if (file.size or 0) > _LARGEST:
        raise ApiProblem(413, "too_large", f"文件超过 {_LARGEST >> 20} MB，没有接收")
    return (file.name or "").replace("\0", ""), file.read()

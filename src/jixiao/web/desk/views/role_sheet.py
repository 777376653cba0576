"""The security administrator's sheet: roles of many people at once."""

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from jixiao.lifecycle.roles import ROLES, RoleCode
from jixiao.web.desk.context import actor
from jixiao.web.desk.permits import for_roles
from jixiao.web.filings.list_file import write_table
from jixiao.web.workflow.role_sheet import RoleSheet, grant_sheet, without_roles

_SECURITY = RoleCode.SECURITY_ADMIN
_LARGEST = 5 * 1024 * 1024
_NAME, _WIDTHS = "批量授权", (18, 14, 34, 18, 16, 13, 13)
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_roles(_SECURITY)
@require_http_methods(["GET", "POST"])
def role_sheet(request: HttpRequest) -> HttpResponse:
    """Roles from one sheet, whole or not at all."""
    who, done = actor(request), None
    if request.method == "POST":
        sent = request.FILES.get("sheet")
        if sent is None or sent.size is None or sent.size > _LARGEST:
            done = RoleSheet(fault=_("请选择一个不超过 5 MB 的 xlsx 或 csv 文件。"))
        else:
            done = grant_sheet(
                actor=who, name=sent.name or "", content=sent.read(), now=timezone.now()
            )
    waiting = len(list(without_roles(who))) - 1
    context = {"done": done, "waiting": waiting, "roles": list(ROLES.values())}
    status = 400 if done is not None and (done.fault or done.refused) else 200
    return render(request, "desk/role_sheet.html", context, status=status)


@for_roles(_SECURITY)
@require_GET
def people_without_roles(request: HttpRequest) -> HttpResponse:
    """Who has no role yet, as a workbook to fill in: Excel takes the zeros of a csv."""
    stream, (headings, *people) = BytesIO(), without_roles(actor(request))
    with override("zh-hans"):  # the sheet comes back, and is read by these headings
        write_table(_NAME, headings, _WIDTHS, people, stream)
    response = HttpResponse(stream.getvalue(), content_type=_WORKBOOK)
    response.headers["Content-Disposition"] = 'attachment; filename="roles.xlsx"'
    return response

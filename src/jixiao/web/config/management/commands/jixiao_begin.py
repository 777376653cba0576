"""A new county: its first agency and its three administrators, each first password shown once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from jixiao.lifecycle.roles import AgencyKind, RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency, Workplace
from jixiao.web.agencies.services import add_agency, grant
from jixiao.web.workflow.administration import fresh_password
from jixiao.web.workflow.chain import write_event

_FIRST = (
    ("xitong", "系统管理员", RoleCode.SYSTEM_ADMIN),
    ("anquan", "安全管理员", RoleCode.SECURITY_ADMIN),
    ("shenjiyuan", "审计管理员", RoleCode.AUDIT_ADMIN),
)


class Command(BaseCommand):
    help = "建立县级机构和三个管理员，在空的数据库里运行一次"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--code", required=True, help="机构编码，如行政区划代码")
        parser.add_argument("--name", required=True, help="县的名称")

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        if Agency.objects.exists():
            raise CommandError("数据库里已有机构，不再建立")
        now, today = timezone.now(), timezone.localdate()
        county = add_agency(
            code=options["code"], name=options["name"], kind=AgencyKind.COUNTY, parent=None
        )
        payload = {"code": county.code, "name": county.name}
        write_event(actor=None, agency=county, code="agency.created", at=now, payload=payload)
        for username, full_name, role in _FIRST:
            password = fresh_password()
            user = User.objects.create_user(
                username=username, full_name=full_name, password=password
            )
            user.must_change_password = True
            user.save(update_fields=["must_change_password"])
            Workplace.objects.create(user=user, agency=county)
            grant(user=user, agency=county, role=role, starts_on=today)
            said = {"username": username, "role": role.value}
            write_event(actor=None, agency=county, code="role.granted", at=now, payload=said)
            self.stdout.write(f"{full_name}　登录名 {username}　初始口令 {password}")
        self.stdout.write("初始口令只显示这一次，请分别交给三个人，首次登录须修改。")

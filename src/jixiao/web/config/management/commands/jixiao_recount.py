"""`jixiao_recount`: make anew what boards and totals are counted from."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jixiao.web.filings.counting import recount
from jixiao.web.workflow.moving import follow_agencies


class Command(BaseCommand):
    help = "重新统计：各表校核条数、各单位合计、表所在的部门（看板和合计与列表不一致时使用）"

    def handle(self, *_args: Any, **_options: Any) -> None:
        follow_agencies()  # a form begun in the instant in which its unit moved
        self.stdout.write(f"已重新统计 {recount(timezone.localdate())} 张表")

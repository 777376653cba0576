"""Make the sample county in an empty database."""

from typing import Any

from django.core.management.base import BaseCommand

from jixiao.web.config.demo import plant


class Command(BaseCommand):
    help = "在空的数据库里建立示例县、示例账号和 16 张样表"

    def handle(self, *_args: Any, **_options: Any) -> None:
        made = plant()
        self.stdout.write("示例县已建立。" if made else "数据库里已有机构，没有再建立示例县。")

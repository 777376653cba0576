"""Write the API's description where it is checked in: openapi.json and the developer page."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

import jixiao
from jixiao.web.api.document import openapi_text
from jixiao.web.api.written_page import page

ROOT = Path(jixiao.__file__ or "").parents[2]
DOCUMENT = Path("src/jixiao/web/api/openapi.json")
PAGE = Path("docs/developer/api-reference.md")


class Command(BaseCommand):
    help = "写出接口说明：openapi.json 和 docs/developer/api-reference.md"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--root", default=str(ROOT), help="检出的目录")

    def handle(self, *_args: Any, **options: Any) -> None:
        root = Path(options["root"])
        (root / DOCUMENT).write_bytes(openapi_text())
        (root / PAGE).write_text(page(), encoding="utf-8")
        self.stdout.write(f"{DOCUMENT}\n{PAGE}\n")

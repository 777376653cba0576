"""One self-contained page: every form as its official table, with the findings beside it."""

from typing import BinaryIO

from jixiao.report.bundle import Exporter, ReportBundle


def write(bundle: ReportBundle, stream: BinaryIO) -> None:
    from jixiao.report.html.page import page  # noqa: PLC0415  the other formats do not pay

    stream.write(page(bundle).encode("utf-8"))


EXPORTER = Exporter(
    code="html",
    label="网页报告",
    media_type="text/html; charset=utf-8",
    suffix=".html",
    write=write,
)

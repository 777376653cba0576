"""One JSON document, schema `jixiao.audit/1`, for programs."""

from typing import BinaryIO

import msgspec

from jixiao.report.audit_record import audit_record
from jixiao.report.bundle import Exporter, ReportBundle


def write(bundle: ReportBundle, stream: BinaryIO) -> None:
    stream.write(msgspec.json.format(msgspec.json.encode(audit_record(bundle)), indent=1))
    stream.write(b"\n")


EXPORTER = Exporter(
    code="json", label="JSON 数据", media_type="application/json", suffix=".json", write=write
)

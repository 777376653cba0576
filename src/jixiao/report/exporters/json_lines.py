"""One finding on each line, in the shape of `findings` of the JSON document, for streams."""

from typing import BinaryIO

import msgspec

from jixiao.report.audit_record import finding_record
from jixiao.report.bundle import Exporter, ReportBundle


def write(bundle: ReportBundle, stream: BinaryIO) -> None:
    encoder = msgspec.json.Encoder()
    records = map(finding_record, bundle.report.findings)
    stream.writelines(encoder.encode(record) + b"\n" for record in records)


EXPORTER = Exporter(
    code="jsonl",
    label="JSON 数据（一行一个问题）",
    media_type="application/x-ndjson",
    suffix=".jsonl",
    write=write,
)

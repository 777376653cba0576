"""Excel: one worksheet a form, with cover, contents and totals, drawn for A4."""

from typing import BinaryIO

from jixiao.official.sheet import Annex
from jixiao.official.writer import Writer


def _write(annex: Annex, stream: BinaryIO) -> tuple[str, ...]:
    # The other formats do not pay for the library.
    from jixiao.official.workbook.annex_book import write_annex  # noqa: PLC0415

    return write_annex(annex, stream)


WRITER = Writer(
    code="xlsx",
    label="Excel 工作簿",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    suffix=".xlsx",
    write=_write,
)

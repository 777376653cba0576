"""Official tables as a Word document (.docx), for Word, WPS and LibreOffice."""

from typing import BinaryIO

from jixiao.official.sheet import Annex
from jixiao.official.writer import Writer


def _write(annex: Annex, stream: BinaryIO) -> None:
    from jixiao.official.word.package import write_annex  # noqa: PLC0415 - only who writes one

    write_annex(annex, stream)


WRITER = Writer(
    code="docx",
    label="Word 文档",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    suffix=".docx",
    write=_write,
)

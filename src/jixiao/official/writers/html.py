"""HTML: one self-contained page without scripts, for screen, phone and paper."""

from typing import BinaryIO

from jixiao.official.page.document import document
from jixiao.official.sheet import Annex
from jixiao.official.writer import Writer


def _write(annex: Annex, stream: BinaryIO) -> None:
    stream.write(document(annex).encode())


WRITER = Writer(
    code="html",
    label="网页",
    media_type="text/html; charset=utf-8",
    suffix=".html",
    write=_write,
)

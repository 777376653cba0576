"""The official tables as PDF: typeset pages that look the same on every machine.

仿宋 and 黑体 are not free, so two free fonts stand for them: Noto Serif SC and Noto Sans SC. What
they cannot draw is an empty box on the page, and said.
"""

from typing import BinaryIO

from jixiao.official.sheet import Annex
from jixiao.official.writer import Writer


def write(annex: Annex, stream: BinaryIO) -> tuple[str, ...]:
    """Write the annex; returns what could not be drawn as it stands, in Chinese."""
    # Only who writes a PDF pays for what it takes.
    from jixiao.official.typeset.engine import pdf_of  # noqa: PLC0415
    from jixiao.official.typeset.remarks import remarks_on  # noqa: PLC0415

    stream.write(pdf_of(annex))
    return remarks_on(annex)


WRITER = Writer(
    code="pdf",
    label="PDF 文件",
    media_type="application/pdf",
    suffix=".pdf",
    write=write,
)

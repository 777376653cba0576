"""Reader for rich text (.rtf), by way of LibreOffice where it is installed."""

from jixiao.intake.convertible import Convertible
from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.office.package_kinds import WORD_PACKAGE
from jixiao.intake.reader import Reader

KIND = Convertible(
    label="RTF 文件", suffix=".rtf", media_type="application/rtf", target=WORD_PACKAGE
)


def _bid(source: SourceFile) -> int:
    return 100 if source.content.startswith(b"{\\rtf") else 0


def _read(source: SourceFile) -> SourceDocument:
    from jixiao.intake.converted import read_converted  # noqa: PLC0415 - most files need none

    return read_converted(source, KIND)


READER = Reader(
    code="rtf",
    label=KIND.label,
    suffixes=(".rtf",),
    media_type=KIND.media_type,
    bid=_bid,
    read=_read,
)

"""Reader for OpenDocument texts (.odt), by way of LibreOffice where it is installed."""

from jixiao.intake.convertible import Convertible
from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.office.package_kinds import WORD_PACKAGE
from jixiao.intake.open_document import is_open_document
from jixiao.intake.reader import Reader

KIND = Convertible(
    label="OpenDocument 文本",
    suffix=".odt",
    media_type="application/vnd.oasis.opendocument.text",
    target=WORD_PACKAGE,
)


def _bid(source: SourceFile) -> int:
    return 100 if is_open_document(source.content, KIND.media_type) else 0


def _read(source: SourceFile) -> SourceDocument:
    from jixiao.intake.converted import read_converted  # noqa: PLC0415 - most files need none

    return read_converted(source, KIND)


READER = Reader(
    code="odt",
    label=KIND.label,
    suffixes=(".odt", ".ott"),
    media_type=KIND.media_type,
    bid=_bid,
    read=_read,
)

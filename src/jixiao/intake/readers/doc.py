"""Reader for old Word documents (.doc, also .wps): Word 97 to 2003 and what WPS wrote.

The parser is imported at the first document, not with the list of readers: starting up stays
quick for everybody who has no old Word file. What Word 95 and before wrote is converted.
"""

from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.office97.bidding import bid
from jixiao.intake.office97.binary_kinds import WORD_BINARY
from jixiao.intake.reader import Reader


def _bid(source: SourceFile) -> int:
    return bid(source, WORD_BINARY)


def _read(source: SourceFile) -> SourceDocument:
    from jixiao.intake.office97.word_binary import read_document  # noqa: PLC0415 - see above

    return read_document(source, _convert)


def _convert(source: SourceFile) -> SourceDocument:
    from jixiao.intake.converted import read_converted  # noqa: PLC0415 - see above
    from jixiao.intake.convertible import Convertible  # noqa: PLC0415 - see above
    from jixiao.intake.office.package_kinds import WORD_PACKAGE  # noqa: PLC0415 - see above

    kind = Convertible(
        label="Word 95 或更早的文档",
        suffix=".doc",
        media_type=WORD_BINARY.media_type,
        target=WORD_PACKAGE,
    )
    return read_converted(source, kind)


READER = Reader(
    code="doc",
    label="旧版 Word 文档",
    suffixes=WORD_BINARY.suffixes,
    media_type=WORD_BINARY.media_type,
    bid=_bid,
    read=_read,
)

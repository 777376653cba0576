"""Reader for Word documents (.docx, also strict ones and those written by WPS).

The parser is imported at the first document, not with the list of readers: starting up stays
quick for everybody who has no Word file.
"""

from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.office.package_kinds import WORD_PACKAGE as KIND
from jixiao.intake.packages import bid
from jixiao.intake.reader import Reader


def _bid(source: SourceFile) -> int:
    return bid(source, KIND)


def _read(source: SourceFile) -> SourceDocument:
    from jixiao.intake.office.word_document import read_document  # noqa: PLC0415 - see above

    return read_document(source, KIND)


READER = Reader(
    code="docx",
    label="Word 文档",
    suffixes=(*KIND.suffixes, *KIND.macro_suffixes),
    media_type=KIND.media_type,
    bid=_bid,
    read=_read,
)

"""Plain text: dumps with tabs, drawn or aligned tables, one cell a line, or just prose.

It is also the reader of last resort: whatever is text and belongs to nobody else is read here.
"""

from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.encoding import decode, looks_like_text
from jixiao.intake.plain.blocks import blocks_of
from jixiao.intake.reader import Reader
from jixiao.intake.signatures import foreign_kind

_MEDIA_TYPE = "text/plain"


def _bid(source: SourceFile) -> int:
    content = source.content
    return 20 if looks_like_text(content) and foreign_kind(content) is None else 0


def _read(source: SourceFile) -> SourceDocument:
    decoded = decode(source.content, file=source.name)
    return SourceDocument(
        file=source.name,
        media_type=_MEDIA_TYPE,
        blocks=blocks_of(decoded.text),
        problems=decoded.problems,
    )


READER = Reader(
    code="text",
    label="纯文本",
    suffixes=(".txt", ".text", ".log"),
    media_type=_MEDIA_TYPE,
    bid=_bid,
    read=_read,
)

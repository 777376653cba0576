"""Markdown: pipe tables, HTML tables between them, headings and paragraphs without their marks.

Converters write forms this way: simple tables with pipes, tables with merged cells as HTML. Pipe
tables cannot say what is merged.
"""

import re

from jixiao.foundation.pattern import pattern
from jixiao.intake.bounds import table_too_large
from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.encoding import decode, head_text, looks_like_text
from jixiao.intake.markup.signs import is_alignment_row
from jixiao.intake.plain.lines import with_plain_line_ends
from jixiao.intake.reader import Reader
from jixiao.intake.signatures import foreign_kind

_MEDIA_TYPE = "text/markdown"
_SUFFIXES = (".md", ".markdown", ".mkd")
_HEADING = pattern(r"^#{1,6} \S", re.MULTILINE)


def _bid(source: SourceFile) -> int:
    content = source.content
    if not looks_like_text(content) or foreign_kind(content) is not None:
        return 0
    if source.name.lower().endswith(_SUFFIXES):
        return 80
    if b"|" not in content and b"<" not in content:
        return 0
    head = head_text(content)
    lines = head.split("\n")
    if any(map(is_alignment_row, lines)):
        return 58
    return 58 if "<td" in head and _HEADING.search(head) else 0


def _read(source: SourceFile) -> SourceDocument:
    from jixiao.intake.markup.blocks import (  # noqa: PLC0415 - its parser loads when needed
        markdown_blocks,
    )

    decoded = decode(source.content, file=source.name)
    blocks, cut = markdown_blocks(with_plain_line_ends(decoded.text))
    return SourceDocument(
        file=source.name,
        media_type=_MEDIA_TYPE,
        blocks=blocks,
        problems=(*decoded.problems, *(table_too_large(source.name, number) for number in cut)),
    )


READER = Reader(
    code="markdown",
    label="Markdown 文档",
    suffixes=_SUFFIXES,
    media_type=_MEDIA_TYPE,
    bid=_bid,
    read=_read,
)

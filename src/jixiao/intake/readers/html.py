"""HTML: pages of disclosure sites, tables saved by Excel under the name .xls, bare fragments."""

import re

from jixiao.intake.bounds import table_too_large
from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.encoding import decode, head_text, looks_like_text
from jixiao.intake.reader import Reader
from jixiao.intake.signatures import foreign_kind

_MEDIA_TYPE = "text/html"
_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE)
_TAG = re.compile(r"<[a-z][a-z0-9]*\b[^<]*>", re.IGNORECASE)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_CELL_TAGS = (b"<td", b"<TD", b"<\x00t\x00d\x00")
_HEAD = 4096


def _bid(source: SourceFile) -> int:
    content = source.content
    if not looks_like_text(content) or foreign_kind(content) is not None:
        return 0
    named = source.name.lower().endswith(_SUFFIXES)
    if not named and b"<" not in content:
        return 0
    has_cells = any(tag in content for tag in _CELL_TAGS)
    head = head_text(content)
    if _WHOLE_PAGE.search(head):
        return 85
    if named:
        return 75 if _TAG.search(head) else 10
    return 55 if has_cells else 0


def _read(source: SourceFile) -> SourceDocument:
    from jixiao.intake.webpage.flow import Flow  # noqa: PLC0415 - the parser loads for HTML only

    label = _DECLARED.search(source.content[:_HEAD])
    declared = label[1].decode("ascii", "replace") if label else None
    decoded = decode(source.content, file=source.name, declared=declared)
    flow = Flow()
    # A bare fragment comes out of a text dump, where a line end is a line end.
    flow.add_markup(decoded.text, keeps_lines=_WHOLE_PAGE.search(decoded.text) is None)
    return SourceDocument(
        file=source.name,
        media_type=_MEDIA_TYPE,
        blocks=tuple(flow.blocks),
        problems=(
            *decoded.problems,
            *(table_too_large(source.name, number) for number in flow.cut_tables),
        ),
    )


READER = Reader(
    code="html",
    label="网页",
    suffixes=_SUFFIXES,
    media_type=_MEDIA_TYPE,
    bid=_bid,
    read=_read,
)

"""The two kinds of old office file that are read, and how surely a file is one of them."""

from msgspec import Struct

from jixiao.intake.document import SourceFile
from jixiao.intake.packages import OLE_SIGNATURE


class BinaryKind(Struct, frozen=True, kw_only=True):
    """One kind of old office file, and how to speak of it."""

    suffixes: tuple[str, ...]
    streams: tuple[str, ...]
    media_type: str
    plain: str
    programs: str


WORD_BINARY = BinaryKind(
    suffixes=(".doc", ".wps", ".dot", ".wpt"),
    streams=("WordDocument",),
    media_type="application/msword",
    plain=".docx",
    programs=" Word 或 WPS ",
)
SHEET_BINARY = BinaryKind(
    suffixes=(".xls", ".et", ".xlt", ".ett"),
    streams=("Workbook", "Book"),
    media_type="application/vnd.ms-excel",
    plain=".xlsx",
    programs=" Excel 或 WPS ",
)


def bid(source: SourceFile, kind: BinaryKind) -> int:
    """How surely the file is of this kind; a stream's name in the directory outweighs the name."""
    content = source.content
    if not content.startswith(OLE_SIGNATURE):
        return 0
    named = source.name.lower().endswith(kind.suffixes)
    if any(_entry_name(stream) in content for stream in kind.streams):
        return 100 if named else 95
    return 0


def _entry_name(stream: str) -> bytes:
    """The name as a directory entry holds it: ended, and as long as the entry says."""
    return stream.encode("utf-16-le").ljust(64, b"\0") + bytes([2 * len(stream) + 2, 0])

"""The two kinds of old office file that are read, and how to speak of them."""

from msgspec import Struct


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

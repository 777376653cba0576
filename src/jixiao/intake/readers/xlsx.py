"""Reader for spreadsheets (.xlsx, also strict ones and those written by WPS).

The parser is imported at the first workbook, not with the list of readers: starting up stays
quick for everybody who has no spreadsheet.
"""

from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.office.package_kinds import SHEET_PACKAGE as KIND
from jixiao.intake.packages import bid
from jixiao.intake.reader import Reader


def _bid(source: SourceFile) -> int:
    return bid(source, KIND)


def _read(source: SourceFile) -> SourceDocument:
    from jixiao.intake.office.workbook import read_workbook  # noqa: PLC0415 - see above

    return read_workbook(source, KIND)


READER = Reader(
    code="xlsx",
    label="电子表格",
    suffixes=(*KIND.suffixes, *KIND.macro_suffixes),
    media_type=KIND.media_type,
    bid=_bid,
    read=_read,
)

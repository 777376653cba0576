"""Reader for old spreadsheets (.xls, also .et): Excel 5 to 2003 and what WPS wrote.

The parser is imported at the first workbook, not with the list of readers: starting up stays
quick for everybody who has no old spreadsheet.
"""

from jixiao.intake.document import SourceDocument, SourceFile
from jixiao.intake.office97.bidding import bid
from jixiao.intake.office97.binary_kinds import SHEET_BINARY
from jixiao.intake.reader import Reader


def _bid(source: SourceFile) -> int:
    return bid(source, SHEET_BINARY)


def _read(source: SourceFile) -> SourceDocument:
    from jixiao.intake.office97.book_binary import read_workbook  # noqa: PLC0415 - see above

    return read_workbook(source)


READER = Reader(
    code="xls",
    label="旧版电子表格",
    suffixes=SHEET_BINARY.suffixes,
    media_type=SHEET_BINARY.media_type,
    bid=_bid,
    read=_read,
)

"""CSV and its kin: commas, semicolons, tabs or pipes, with quoted cells and their line breaks.

The whole file is one table, titles included, as on a spreadsheet's page. A quotation mark that
never closes would swallow the rest of the file, so such a file is cut without quotes and says so.
"""

import csv
import io

from jixiao.foundation.location import SourceRef
from jixiao.intake.bounds import even_rows
from jixiao.intake.document import RowPlace, SourceDocument, SourceFile, Table
from jixiao.intake.encoding import decode, head_text, looks_like_text
from jixiao.intake.plain.delimiter import delimiter_of
from jixiao.intake.plain.lines import with_plain_line_ends
from jixiao.intake.problem import Problem
from jixiao.intake.reader import Reader
from jixiao.intake.signatures import foreign_kind

_MEDIA_TYPE = "text/csv"
_SUFFIXES = (".csv", ".tsv", ".tab")
_SAMPLE_BYTES = 2048
_SAMPLE_LINES = 40
_LONGEST_CELL_LINES = 200
_QUOTED_LENGTH = 80

Record = tuple[int, list[str]]


def _bid(source: SourceFile) -> int:
    content = source.content
    if not looks_like_text(content) or foreign_kind(content) is not None:
        return 0
    if source.name.lower().endswith(_SUFFIXES):
        return 60
    return 40 if b"," in content[:_SAMPLE_BYTES] and _has_even_commas(content) else 0


def _has_even_commas(content: bytes) -> bool:
    """Rows with the same number of commas and no tab: exported, whatever the file is called."""
    head = head_text(content, _SAMPLE_BYTES)
    lines = [line for line in head.splitlines() if line.strip()]
    if len(content) > _SAMPLE_BYTES:
        lines = lines[:-1]
    if "\t" in head or len(lines) < 3:
        return False
    counts = {len(row) for row in csv.reader(lines[:_SAMPLE_LINES])}
    return len(counts) == 1 and counts.pop() > 2


def _read(source: SourceFile) -> SourceDocument:
    decoded = decode(source.content, file=source.name)
    text = with_plain_line_ends(decoded.text).replace("\f", "")
    delimiter, text, skipped = delimiter_of(text)
    records, torn = _records(text, delimiter)
    rows = [(line + skipped, row) for line, row in records if row]
    problems = decoded.problems
    if torn is not None:
        problems = (*problems, _unclosed(source, torn + skipped, text.split("\n")[torn - 1]))
    return SourceDocument(
        file=source.name,
        media_type=_MEDIA_TYPE if delimiter != "\t" else "text/tab-separated-values",
        blocks=(_table(rows),) if rows else (),
        problems=problems,
    )


def _records(text: str, delimiter: str) -> tuple[list[Record], int | None]:
    """Rows with their first line, and the line of a quotation mark that never closes."""
    found: list[Record] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    first = 1
    try:
        for row in reader:
            if reader.line_num - first > _LONGEST_CELL_LINES:
                return _cut_plainly(text, delimiter), first
            found.append((first, [cell.strip() for cell in row]))
            first = reader.line_num + 1
    except csv.Error:
        return _cut_plainly(text, delimiter), first
    last = text.split("\n")[found[-1][0] - 1 :] if found else []
    if "\n".join(last).count('"') % 2:
        return _cut_plainly(text, delimiter), found[-1][0]
    return found, None


def _cut_plainly(text: str, delimiter: str) -> list[Record]:
    """Lines that pair their marks are read with them, the others cut at every delimiter."""
    records: list[Record] = []
    for number, line in enumerate(text.split("\n"), 1):
        row = line.split(delimiter)
        if line.count('"') % 2 == 0:
            try:
                row = next(csv.reader([line], delimiter=delimiter), [])
            except csv.Error:
                row = line.split(delimiter)
        records.append((number, [cell.strip() for cell in row] if line.strip() else []))
    return records


def _table(rows: list[Record]) -> Table:
    texts = [row for _, row in rows]
    is_cut = even_rows(texts)
    return Table(
        texts=texts,
        places=[RowPlace(row=ordinal, line=line) for ordinal, (line, _) in enumerate(rows, 1)],
        merges_known=False,
        is_cut=is_cut,
    )


def _unclosed(source: SourceFile, line: int, quote: str) -> Problem:
    message = (
        f"第 {line} 行起有不成对的引号，单元格可能切分有误；"
        "请核对该行，或用 Excel、WPS 打开后另存为 .xlsx 再读。"
    )
    place = SourceRef(quote=quote.strip()[:_QUOTED_LENGTH], line=line)
    return Problem(code="INT026", message=message, file=source.name, source=place)


READER = Reader(
    code="delimited",
    label="CSV 表格",
    suffixes=_SUFFIXES,
    media_type=_MEDIA_TYPE,
    bid=_bid,
    read=_read,
)

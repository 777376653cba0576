"""JSON as PDF and office extractors write it: rows of cells, alone or in tables and pages.

`null` is a position covered by a merged cell, `""` a blank one. Numbers keep their printed form.
JSON of any other shape is a document without tables.
"""

import json
import re
from typing import TypeGuard

from jixiao.foundation.pattern import pattern
from jixiao.intake.bounds import width_of
from jixiao.intake.document import (
    Block,
    Line,
    Position,
    RowPlace,
    SourceDocument,
    SourceFile,
    Table,
)
from jixiao.intake.encoding import Decoded, decode, head_text, looks_like_text
from jixiao.intake.problem import Problem
from jixiao.intake.reader import Reader, refusal

_MEDIA_TYPE = "application/json"
_SUFFIXES = (".json", ".jsonl", ".ndjson")
_PAGE_KEYS = ("page", "page_number", "page_no", "pageno")
_TITLE_KEYS = ("title", "caption", "heading")
_OPENING = pattern(r'\s*[\[{]\s*(?:["\[\]{}\d-]|null|true|false)')
#: Escapes can spell half a character, which no text may hold.
_HALF_SIGN = pattern("[\ud800-\udfff]")
_BROKEN = object()

Scalar = str | bool | None
Row = list[Scalar]


def _bid(source: SourceFile) -> int:
    content = source.content
    named = source.name.lower().endswith(_SUFFIXES)
    first = content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")[:1]
    if first not in (b"[", b"{") or not looks_like_text(content):
        return 0
    if _OPENING.match(head_text(content)) is None:
        return 0
    if named:
        return 80
    values, broken = _values(decode(content, file=source.name))
    return 90 if values and not broken else 0


def _read(source: SourceFile) -> SourceDocument:
    decoded = decode(source.content, file=source.name)
    values, broken = _values(decoded)
    if not values:
        message = f"文件“{source.name}”不是完整的 JSON，可能被截断；请重新导出后再读。"
        return refusal(source, _MEDIA_TYPE, "INT003", message)
    collector = _Collector()
    collector.collect(values[0] if len(values) == 1 else values)
    problems = decoded.problems
    if broken:
        problems = (*problems, _broken_lines(source, broken))
    return SourceDocument(
        file=source.name,
        media_type=_MEDIA_TYPE,
        blocks=tuple(collector.blocks),
        problems=problems,
    )


def _values(decoded: Decoded) -> tuple[list[object], list[int]]:
    """The one value of the file, or those of its lines and the numbers of lines that are none."""
    whole = _parsed(decoded.text)
    if whole is not _BROKEN:
        return [whole], []
    lines = [(n, line) for n, line in enumerate(decoded.text.split("\n"), 1) if line.strip()]
    if len(lines) < 2 or _parsed(lines[0][1]) is _BROKEN:
        return [], []
    parsed = [(number, _parsed(line)) for number, line in lines]
    broken = [number for number, value in parsed if value is _BROKEN]
    if len(broken) * 2 >= len(parsed):
        return [], []
    return [value for _, value in parsed if value is not _BROKEN], broken


def _parsed(text: str) -> object:
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return _BROKEN


#: A cell by its top left position, its first column and the column after its last.
#: Texts, merged cells where the file states them, and whether the table was cut.
_Parts = tuple[list[list[str]], dict[Position, tuple[int, int]] | None, bool]
_Extent = tuple[Position, int, int]


class _Collector:
    """Walks a value and gathers its tables, and titles that stand beside them."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._tables = 0

    def collect(self, value: object) -> None:
        waiting: list[tuple[object, int | None]] = [(value, None)]
        while waiting:
            item, page = waiting.pop()
            if isinstance(item, dict):
                page = _page_of(item, page)
                self._add_titles(item, page)
                waiting += [(inner, page) for inner in reversed(list(item.values()))]
            elif _is_rows(item):
                self._add(*_table_of(item), page)
            elif _is_records(item):
                self._add(*_table_of_records(item), page)
            elif isinstance(item, list):
                waiting += [(inner, page) for inner in reversed(item)]

    def _add_titles(self, item: dict[str, object], page: int | None) -> None:
        for key in _TITLE_KEYS:
            text = item.get(key)
            if isinstance(text, str) and text.strip():
                self.blocks.append(Line(text=_text(text), place=RowPlace(page=page)))

    def _add(
        self,
        texts: list[list[str]],
        spans: dict[Position, tuple[int, int]] | None,
        is_cut: bool,
        page: int | None,
    ) -> None:
        self._tables += 1
        places = [RowPlace(page=page, table=self._tables, row=n) for n in range(1, len(texts) + 1)]
        self.blocks.append(
            Table(
                texts=texts,
                places=places,
                spans=spans or {},
                merges_known=spans is not None,
                is_cut=is_cut,
            )
        )


def _page_of(item: dict[str, object], page: int | None) -> int | None:
    found = (item.get(key) for key in _PAGE_KEYS)
    # A page counted from 0 or far beyond any document is no page number for people.
    return next((int(n) for n in found if isinstance(n, str) and re.fullmatch(r"\d{1,6}", n)), page)


def _is_scalar(value: object) -> bool:
    return value is None or isinstance(value, (str, bool))


def _is_rows(value: object) -> TypeGuard[list[Row]]:
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(row, list) and all(map(_is_scalar, row)) for row in value) and any(value)


def _is_records(value: object) -> TypeGuard[list[dict[str, Scalar]]]:
    if not isinstance(value, list) or not value:
        return False
    return all(
        isinstance(row, dict) and len(row) > 1 and all(map(_is_scalar, row.values()))
        for row in value
    )


def _text(cell: Scalar) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else _HALF_SIGN.sub("\ufffd", cell).strip()


def _table_of_records(records: list[dict[str, Scalar]]) -> _Parts:
    """The keys as a heading row, then one row per record."""
    every = list(dict.fromkeys(key for record in records for key in record))
    keys = every[: width_of([len(every), *map(len, records)])]
    texts = [
        list(map(_text, keys)),
        *([_text(record.get(key)) for key in keys] for record in records),
    ]
    return texts, None, len(keys) < len(every)


def _table_of(rows: list[Row]) -> _Parts:
    width = width_of(list(map(len, rows)))
    is_cut = any(len(row) > width for row in rows)
    rows = [row[:width] for row in rows]
    texts = [[*map(_text, row), *[""] * (width - len(row))] for row in rows]
    if not any(cell is None for row in rows for cell in row):
        return texts, None, is_cut
    return texts, spans_from_nulls(rows), is_cut


def spans_from_nulls(rows: list[Row]) -> dict[Position, tuple[int, int]]:
    """Merged cells from the positions they cover: to the right first, else from above.

    A null after a cell of its row continues that cell. Nulls at the start of a row have no cell
    before them and continue the cells above, where these fit into the gap as a whole; so do
    nulls after a serial number, and nulls beyond the roof under which a heading stands.
    """
    spans: dict[Position, tuple[int, int]] = {}
    above: list[_Extent] = []
    for number, row in enumerate(rows):
        anchors = [at for at, cell in enumerate(row) if cell is not None]
        lead = anchors[0] if anchors else len(row)
        here = [(owner, first, after) for owner, first, after in above if after <= lead]
        for at, end in zip(anchors, [*anchors[1:], len(row)], strict=False):
            reach = _from_above(at, end, row, above)
            here.append(((number, at), at, reach[0][1] if reach else end))
            here += reach
        for owner, first, after in here:
            span = number - owner[0] + 1, after - first
            if span != (1, 1):
                spans[owner] = span
        above = here
    return spans


def _from_above(at: int, end: int, row: Row, above: list[_Extent]) -> list[_Extent]:
    """The cells above that reach down into the gap right of the cell at this column."""
    if end in (at + 1, len(row)):
        return []
    text = str(row[at])
    roof = next((e for e in above if e[1] <= at < e[2] and e[2] - e[1] > 1), None)
    start = at + 1 if text.isdigit() and at == 0 else roof[2] if roof is not None else end
    reach: list[_Extent] = []
    for extent in above:
        if extent[1] == start and extent[2] <= end:
            reach.append(extent)
            start = extent[2]
    return reach if reach and start == end else []


def _broken_lines(source: SourceFile, broken: list[int]) -> Problem:
    message = f"第 {broken[0]} 行等 {len(broken)} 行不是完整的 JSON，没有读取；请重新导出后再读。"
    return Problem(code="INT003", message=message, file=source.name)


READER = Reader(
    code="json-rows",
    label="JSON 表格数据",
    suffixes=_SUFFIXES,
    media_type=_MEDIA_TYPE,
    bid=_bid,
    read=_read,
)

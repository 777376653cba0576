"""Rows of a sheet as an office makes it, by the names of its columns.

A title above the header, stars and notes in the header's names, spaces inside of names, wide
digits, cells merged over several rows: all of that is usual, and none of it says anything. What
would be left out (a second sheet with the same header, a sheet that was cut) is a fault instead.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

from jixiao.intake.choose import open_document
from jixiao.intake.document import SourceFile, Table

_HEADER_WITHIN = 10
_NOTE = re.compile(r"\(.*?\)|[*:]")
_BETWEEN_CHARACTERS = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


class Row(Struct, frozen=True):
    """A row with something in it: its number in the file, and its texts by column name."""

    number: int
    texts: dict[str, str]


class OfficeSheet(Struct, frozen=True, kw_only=True):
    """What a file says. `fault` is for one that is no such sheet, or more than one."""

    rows: tuple[Row, ...] = ()
    fault: str = ""


def read_sheet(
    name: str, content: bytes, columns: Sequence[str], optional: Sequence[str] = ()
) -> OfficeSheet:
    """The rows below the header that has all `columns`; `optional` ones are blank where absent."""
    document = open_document(SourceFile(name=name, content=content))
    tables = [block for block in document.blocks if isinstance(block, Table)]
    fitting = [(table, header) for table in tables if (header := _header(table, columns))]
    if not fitting:
        reason = document.problems[0].message if document.problems else ""
        return OfficeSheet(fault=f"没有找到含“{columns[0]}”等栏目的表头。{reason}")
    if len(fitting) > 1:
        return OfficeSheet(
            fault=f"文件里有 {len(fitting)} 张这样的表，请合并成一张，或者分成几个文件。"
        )
    table, (start, places) = fitting[0]
    if table.is_cut:
        return OfficeSheet(fault="表格太大，没有读完，请分成几个文件。")
    rows = tuple(_rows(table, start, places, (*columns, *optional)))
    return OfficeSheet(rows=rows, fault="" if rows else "表头下面没有内容。")


def half_width(text: str) -> str:
    """A sign-in name without wide letters; what stands inside of it is left for a person."""
    return unicodedata.normalize("NFKC", text).strip()


def plain(text: str) -> str:
    """A code or a word without wide letters and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def tidy(text: str) -> str:
    """A name as it is said: 张　三 is 张三, a broken line is one line."""
    return _BETWEEN_CHARACTERS.sub("", " ".join(text.split()))


def _header(table: Table, columns: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """The row that names the columns, and where each stands first."""
    for number, row in enumerate(table.texts[:_HEADER_WITHIN]):
        places: dict[str, int] = {}
        for column, text in enumerate(row):
            places.setdefault(_NOTE.sub("", plain(text)), column)
        if all(name in places for name in columns):
            return number, places
    return None


def _rows(table: Table, start: int, places: dict[str, int], names: Sequence[str]) -> Iterator[Row]:
    above = _said_above(table)
    for offset in range(start + 1, len(table.texts)):
        row, place = table.texts[offset], table.places[offset]
        texts = {}
        for name in names:
            column = places.get(name)
            said = "" if column is None else row[column] or above.get((offset, column), "")
            texts[name] = said.replace("\0", "").strip()
        if any(texts.values()):
            yield Row(place.row or place.line or offset + 1, texts)


def _said_above(table: Table) -> dict[tuple[int, int], str]:
    """What a cell merged over several rows says in each of them."""
    return {
        (row + below, column): table.texts[row][column]
        for (row, column), (height, _) in table.spans.items()
        for below in range(1, height)
    }

"""What all sheets of an Excel binary workbook share: strings, number formats, names of sheets."""

import codecs
import struct

from msgspec import Struct, field

from jixiao.intake.office.builtin_formats import BUILTIN
from jixiao.intake.office.number_formats import GENERAL
from jixiao.intake.office97 import book_records as record
from jixiao.intake.office97.book_strings import long_text, shared_strings, short_text, shown

#: Four times what spreadsheet programs accept; longer ones are an attack.
LONGEST_FORMAT = 1_000
_UTF_16 = 1200
_CHINESE = "gb18030"


class SheetPlace(Struct, frozen=True):
    """Where a sheet's part begins, what it is called, and whether it holds cells or macros."""

    begins: int
    name: str
    kind: int

    @property
    def has_cells(self) -> bool:
        return self.kind == 0

    @property
    def has_macros(self) -> bool:
        return self.kind in (1, 6)


class Globals(Struct):
    """`formats` by the number of a cell's style, as text."""

    version: int = record.BIFF8
    encoding: str = _CHINESE
    locked: bool = False
    date_1904: bool = False
    sheets: list[SheetPlace] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    formats: dict[str, str] = field(default_factory=dict)


def read_globals(stream: bytes) -> Globals:
    """Raises ValueError or struct.error where the stream is no workbook or is cut off."""
    number, length, version, _ = struct.unpack_from("<HHHH", stream)
    if number != record.BEGIN or length < 4 or version not in (record.BIFF5, record.BIFF8):
        raise ValueError("no workbook")
    found = Globals(version)
    own: dict[int, str] = {}
    styles: list[int] = []
    strings: list[bytes] = []
    last = 0
    for number, at, end in record.records(stream, 0, len(stream)):
        if number == record.FILE_PASS:
            found.locked = True
            return found
        if number == record.STRINGS or (number == record.CONTINUE and last == record.STRINGS):
            strings.append(stream[at:end])
            last = record.STRINGS
            continue
        last = number
        _take(found, number, stream[at:end], own, styles)
    found.strings = [shown(text) for text in shared_strings(strings)]
    found.formats = {
        str(style): _format(own.get(number), number) for style, number in enumerate(styles)
    }
    return found


def _take(
    found: Globals, number: int, content: bytes, own: dict[int, str], styles: list[int]
) -> None:
    if number == record.STYLE:
        styles.append(int.from_bytes(content[2:4], "little"))
    elif number == record.FORMAT:
        own[int.from_bytes(content[:2], "little")] = _named(found, content[2:], long=True)
    elif number == record.SHEET:
        begins, _, kind = struct.unpack_from("<IBB", content)
        name = _named(found, content[6:], long=False) or f"第{len(found.sheets) + 1}表"
        found.sheets.append(SheetPlace(begins, name, kind))
    elif number == record.DATE_MODE:
        found.date_1904 = content[:2] == b"\x01\x00"
    elif number == record.CODE_PAGE:
        found.encoding = _encoding(int.from_bytes(content[:2], "little"))


def _named(found: Globals, content: bytes, *, long: bool) -> str:
    if found.version == record.BIFF5:
        return content[1 : 1 + content[0]].decode(found.encoding, "replace")
    return long_text(content) if long else short_text(content)


def _format(own: str | None, number: int) -> str:
    code = BUILTIN.get(str(number), GENERAL) if own is None else own
    return code if len(code) <= LONGEST_FORMAT else GENERAL


def _encoding(page: int) -> str:
    """The encoding of eight-bit texts; Chinese where the page says nothing useful."""
    if page in (_UTF_16, 936):
        return _CHINESE
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return _CHINESE

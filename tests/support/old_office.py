"""Old office files for tests: LibreOffice's, where it is installed, and ones built byte by byte.

No Word or Excel is at hand to write what only they write (pieces of eight-bit text, fast saves,
settings kept elsewhere, old cell merges), so such files are built here from the published
description of the formats, each with no more in it than its test is about.
"""

import hashlib
import shutil
import struct
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.story.ole_files import compound_file

_TEXT_AT, _PAGE = 0x800, 512
_FONTS, _CHARACTERS, _PARAGRAPHS, _PIECES = 15, 12, 13, 33
_ANCHORS, _BOXES = 40, 56

CELL, ROW, END = "\x07", "\x07", "\r"


def soffice_or_skip() -> str:
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice is not installed: no .doc and .xls can be made for this test")
    return found


def converted(files: Mapping[str, bytes], target: str, folder: Path) -> dict[str, bytes]:
    """The files as LibreOffice writes them in the old format, by stem; one run for all."""
    command = soffice_or_skip()
    source, out = folder / "in", folder / "out"
    source.mkdir()
    for name, content in files.items():
        (source / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    names = [str(source / name) for name in files]
    subprocess.run(
        [command, profile, "--headless", "--convert-to", target, "--outdir", str(out), *names],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {path.stem: path.read_bytes() for path in out.iterdir()}


def setting(number: int, value: bytes | int = 1) -> bytes:
    """One setting; a value of variable length brings its own length."""
    size = (1, 1, 2, 4, 2, 2, 0, 3)[number >> 13]
    if isinstance(value, int):
        value = value.to_bytes(size, "little", signed=value < 0)
    return struct.pack("<H", number) + value


def row_shape(
    edges: Sequence[int], flags: Sequence[int] = (), number: int = 0xD608, cell_bytes: int = 20
) -> bytes:
    """The definition of a table row, with the flags of its cells."""
    cells = b"".join(struct.pack("<H", flag).ljust(cell_bytes, b"\0") for flag in flags)
    body = bytes([len(edges) - 1]) + struct.pack(f"<{len(edges)}h", *edges) + cells
    return struct.pack("<HH", number, len(body) + 1) + body


IN_TABLE = setting(0x2416)
ROW_END = IN_TABLE + setting(0x2417)


class Words(NamedTuple):
    """A paragraph: its text with the mark that ends it, its settings, and those of characters."""

    text: str
    settings: bytes = b""
    runs: Sequence[tuple[int, int, bytes]] = ()


def table_row(texts: Sequence[str], shape: bytes, more: bytes = b"") -> list[Words]:
    cells = [Words(text + CELL, IN_TABLE) for text in texts]
    return [*cells, Words(ROW, ROW_END + shape + more)]


class WordFile(NamedTuple):
    """What a Word binary document is built of.

    `pieces` cut the text into (first, last, is narrow, settings number or short form), stored in
    the order of `order`; `lists` are the settings that pieces point to.
    """

    paragraphs: Sequence[Words]
    pieces: Sequence[tuple[int, int, bool, int]] = ()
    order: Sequence[int] = ()
    lists: Sequence[bytes] = ()
    fonts: Sequence[str] = ()
    data: bytes = b""
    boxes: Sequence[tuple[int, Sequence[Words]]] = ()
    table_stream: str = "1Table"
    version: int = 0xC1
    flags: int = 0

    def streams(self) -> dict[str, bytes]:
        boxes = [words for _, box in self.boxes for words in box]
        every = [*self.paragraphs, *boxes]
        text = "".join(words.text for words in every)
        units = len(text.encode("utf-16-le")) // 2
        pieces = list(self.pieces) or [(0, units, False, 0)]
        body, places = self._text(text, pieces)
        document = bytearray(_TEXT_AT) + body
        document += bytes(-len(document) % _PAGE)
        table = bytearray(4)
        parts: dict[int, bytes] = {}
        parts[_PARAGRAPHS] = self._pages(document, every, pieces, places, characters=False)
        parts[_CHARACTERS] = self._pages(document, every, pieces, places, characters=True)
        parts[_PIECES] = self._piece_table(pieces, places)
        parts[_FONTS] = _font_table(self.fonts)
        main = sum(_units(words.text) for words in self.paragraphs)
        parts[_ANCHORS], parts[_BOXES] = self._box_tables(main)
        for number, part in parts.items():
            struct.pack_into("<II", document, 0x9A + 8 * number, len(table), len(part))
            table += part
        second = 0x200 if self.table_stream == "1Table" else 0
        struct.pack_into("<HH", document, 0, 0xA5EC, self.version)
        struct.pack_into("<H", document, 0x0A, self.flags | second)
        struct.pack_into("<i", document, 0x4C, main)
        struct.pack_into("<i", document, 0x4C + 24, units - main)
        found = {"WordDocument": bytes(document), self.table_stream: bytes(table)}
        return found | ({"Data": self.data} if self.data else {})

    def packed(self) -> bytes:
        return compound_file(self.streams())

    def _text(
        self, text: str, pieces: Sequence[tuple[int, int, bool, int]]
    ) -> tuple[bytes, list[int]]:
        wide = text.encode("utf-16-le")
        body, places = b"", [0] * len(pieces)
        for number in self.order or range(len(pieces)):
            first, last, narrow, _ = pieces[number]
            body += bytes(len(body) % 2)
            places[number] = _TEXT_AT + len(body)
            content = wide[2 * first : 2 * last]
            body += content.decode("utf-16-le").encode("cp1252") if narrow else content
        return body, places

    def _pages(
        self,
        document: bytearray,
        every: Sequence[Words],
        pieces: Sequence[tuple[int, int, bool, int]],
        places: Sequence[int],
        *,
        characters: bool,
    ) -> bytes:
        """One page for each run; a run that lies in several pieces has one in each."""
        runs: list[tuple[int, int, bytes]] = []
        at = 0
        for words in every:
            end = at + _units(words.text)
            if characters:
                runs += [(at + first, at + last, found) for first, last, found in words.runs]
            else:
                runs.append((at, end, words.settings))
            at = end
        limits: list[tuple[int, int, int]] = []
        for first, last, settings in runs:
            for (begin, stop, narrow, _), place in zip(pieces, places, strict=True):
                low, high = max(first, begin), min(last, stop)
                if low < high:
                    width = 1 if narrow else 2
                    bounds = (place + (low - begin) * width, place + (high - begin) * width)
                    limits.append((*bounds, len(document) // _PAGE))
                    document += _page(bounds, settings, characters=characters)
        limits.sort()
        starts = [first for first, _, _ in limits] + [limits[-1][1] if limits else 0]
        numbers = [page for _, _, page in limits]
        return struct.pack(f"<{len(starts)}I", *starts) + struct.pack(f"<{len(numbers)}I", *numbers)

    def _piece_table(
        self, pieces: Sequence[tuple[int, int, bool, int]], places: Sequence[int]
    ) -> bytes:
        lists = b"".join(b"\x01" + struct.pack("<H", len(one)) + one for one in self.lists)
        limits = [first for first, _, _, _ in pieces] + [pieces[-1][1]]
        body = struct.pack(f"<{len(limits)}I", *limits)
        for (_, _, narrow, modifier), place in zip(pieces, places, strict=True):
            stated = 0x40000000 | place * 2 if narrow else place
            body += struct.pack("<HIH", 0, stated, modifier)
        return lists + b"\x02" + struct.pack("<I", len(body)) + body

    def _box_tables(self, main: int) -> tuple[bytes, bytes]:
        anchors = b"".join(struct.pack("<I", anchor) for anchor, _ in self.boxes)
        anchors += struct.pack("<I", main)
        limits, texts = [0], b""
        for number, (_, box) in enumerate(self.boxes):
            anchors += struct.pack("<I", 1000 + number).ljust(26, b"\0")
            texts += bytes(14) + struct.pack("<I", 1000 + number) + bytes(4)
            limits.append(limits[-1] + sum(_units(words.text) for words in box))
        return anchors, struct.pack(f"<{len(limits)}I", *limits) + texts


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _page(limits: tuple[int, int], settings: bytes, *, characters: bool) -> bytes:
    page = bytearray(_PAGE)
    struct.pack_into("<II", page, 0, *limits)
    body = settings if characters else b"\0\0" + settings
    if characters:
        body = bytes([len(body)]) + body
    elif len(body) % 2:
        body = bytes([(len(body) + 1) // 2]) + body
    else:
        body = bytes([0, len(body) // 2]) + body
    at = _PAGE - 2 - len(body) - len(body) % 2
    page[8] = at // 2
    page[at : at + len(body)] = body
    page[_PAGE - 1] = 1
    return bytes(page)


def _font_table(names: Sequence[str]) -> bytes:
    entries = b""
    for name in names:
        body = bytes(39) + name.encode("utf-16-le") + b"\0\0"
        entries += bytes([len(body)]) + body
    return struct.pack("<HH", len(names), 0) + entries


def record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def begin(kind: int, version: int = 0x0600) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0))


def styles(*formats: str | int) -> bytes:
    """Style n (from 1) carries the n-th format, by code or by built-in number; 0 is General."""
    found, numbers = b"", [0]
    for number, code in enumerate(formats):
        if isinstance(code, int):
            numbers.append(code)
            continue
        numbers.append(200 + number)
        body = struct.pack("<HHB", 200 + number, len(code), 1) + code.encode("utf-16-le")
        found += record(0x041E, body)
    return found + b"".join(record(0x00E0, struct.pack("<HH", 0, n) + bytes(16)) for n in numbers)


def book(sheets: Mapping[str, bytes], shared: bytes = b"", version: int = 0x0600) -> bytes:
    """A workbook stream: records that all sheets share, and the records of each sheet."""

    def head(places: Sequence[int]) -> bytes:
        found = begin(5, version) + shared
        for name, place in zip(sheets, places, strict=True):
            found += record(0x0085, struct.pack("<IH", place, 0) + _sheet_name(name, version))
        return found + record(0x000A)

    parts = [begin(0x10, version) + body + record(0x000A) for body in sheets.values()]
    at = len(head([0] * len(parts)))
    places = []
    for part in parts:
        places.append(at)
        at += len(part)
    return head(places) + b"".join(parts)


def ciphered(stream: bytes, word: str, *, second: bool = False) -> bytes:
    """The stream of a workbook as Excel ciphers it: by RC4, heads of records left open.

    Two ways: that of Excel 97, and that of Excel 2002 with a key of 128 bits.
    """
    salt, plain = bytes(range(16)), bytes(range(100, 116))
    word_bytes = word.encode("utf-16-le")
    if second:
        base = hashlib.sha1(salt + word_bytes).digest()
        header = struct.pack("<8I", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0) + b"\0\0"
        check = plain + hashlib.sha1(plain).digest()
        body = (
            struct.pack("<HHHII", 1, 4, 2, 4, len(header)) + header + struct.pack("<I", 16) + salt
        )
    else:
        short = hashlib.md5(word_bytes).digest()[:5]
        base = hashlib.md5((short + salt) * 16).digest()[:5]
        check = plain + hashlib.md5(plain).digest()
        body = struct.pack("<HHH", 1, 1, 1) + salt

    def key(block: int) -> bytes:
        number = struct.pack("<I", block)
        return (
            hashlib.sha1(base + number).digest()[:16]
            if second
            else hashlib.md5(base + number).digest()
        )

    secret = _mixed(check, _pad(key(0), len(check)))
    body += secret[:16] + (struct.pack("<I", 20) if second else b"") + secret[16:]
    stream = _with_pass(stream, record(0x002F, body))
    pads = b"".join(_pad(key(number), 1024) for number in range(len(stream) // 1024 + 1))
    found, at = bytearray(_mixed(stream, pads)), 0
    while at < len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        is_open = number in (0x0809, 0x002F, 0x00E1)
        kept = 4 + length if is_open else 8 if number == 0x0085 else 4
        found[at : at + kept] = stream[at : at + kept]
        at += 4 + length
    return bytes(found)


def _with_pass(stream: bytes, added: bytes) -> bytes:
    """Behind the first record, with the places of the sheets moved."""
    (length,) = struct.unpack_from("<H", stream, 2)
    moved, at = bytearray(stream), 0
    while at < len(stream):
        number, size = struct.unpack_from("<HH", stream, at)
        if number == 0x0085:
            (place,) = struct.unpack_from("<I", stream, at + 4)
            struct.pack_into("<I", moved, at + 4, place + len(added))
        at += 4 + size
    return bytes(moved[: 4 + length]) + added + bytes(moved[4 + length :])


def _mixed(content: bytes, pad: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(content, pad, strict=False))


def _pad(key: bytes, length: int) -> bytes:
    state, j, found = list(range(256)), 0, []
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for _ in range(length):
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        found.append(state[(state[i] + state[j]) % 256])
    return bytes(found)


def book_file(stream: bytes, name: str = "Workbook") -> bytes:
    return compound_file({name: stream})


def _sheet_name(name: str, version: int) -> bytes:
    if version == 0x0600:
        return bytes([len(name), 1]) + name.encode("utf-16-le")
    return bytes([len(name.encode("gbk"))]) + name.encode("gbk")

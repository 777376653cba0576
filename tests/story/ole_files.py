"""OLE compound files: the container in which Office and WPS keep password-protected packages.

Written by hand with the smallest layout that real parsers accept: one sector of directory, one
of FAT, streams in ordinary sectors.
"""

import random
import struct

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
#: Streams under this size would live in a second, smaller file system; padding avoids it.
_SMALLEST = 4096


def protected_package(size: int = 9000) -> bytes:
    """What a .docx or .xlsx with a password is: its key data, and its bytes beyond reading."""
    secret = random.Random(size).randbytes(size)
    key = struct.pack("<HHI", 4, 4, 0x40) + b"<encryption/>"
    return compound_file({"EncryptionInfo": key, "EncryptedPackage": secret})


def compound_file(streams: dict[str, bytes]) -> bytes:
    """An OLE file of up to three streams."""
    padded = {name: body.ljust(_SMALLEST, b"\0") for name, body in streams.items()}
    fat, entries, body = [_FAT, _END], [_entry("Root Entry", 5, _END, 0, child=1)], b""
    for number, (name, content) in enumerate(padded.items(), 1):
        first, count = len(fat), -(-len(content) // _SECTOR)
        fat += [*range(first + 1, first + count), _END]
        after = number + 1 if number < len(padded) else _FREE
        entries.append(_entry(name, 2, first, len(content), right=after))
        body += content.ljust(count * _SECTOR, b"\0")
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    assert len(table) == len(directory) == _SECTOR
    return _header() + table + directory + body


def _header() -> bytes:
    signature = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    numbers = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    counts = struct.pack("<IIIIIIIII", 0, 1, 1, 0, _SMALLEST, _END, 0, _END, 0)
    return signature + numbers + counts + struct.pack("<109I", 0, *[_FREE] * 108)


def _entry(
    name: str, kind: int, first: int, size: int, *, child: int = _FREE, right: int = _FREE
) -> bytes:
    letters = name.encode("utf-16-le")
    return (
        letters.ljust(64, b"\0")
        + struct.pack("<HBB", len(letters) + 2, kind, 1)
        + struct.pack("<III", _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )

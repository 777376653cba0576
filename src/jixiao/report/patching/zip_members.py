"""Exchange members of a zip file and keep every other byte of it.

The zip module of the standard library can only write members anew: compression, times and flags
of all of them would change. Here the stored bytes of the others are copied as they stand, and
only the directory at the end gets the new sizes and positions.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from jixiao.report.patch import CannotPatch

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_SIGN, _CENTRAL_SIGN, _END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_BEHIND = 0x0008
_LARGE = 0xFFFFFFFF
_ODD = "文件的压缩结构特殊，无法只改其中一部分；请用 Word、Excel 或 WPS 打开后另存再改"


class _Entry(NamedTuple):
    """One line of the directory: its bytes, the member's name in them, and where it begins."""

    raw: bytes
    name: bytes
    start: int


def with_members(content: bytes, members: Mapping[str, bytes]) -> bytes:
    """The same zip with these members' contents; names are as the archive spells them."""
    try:
        return _with_members(content, members)
    except (struct.error, zipfile.BadZipFile, zlib.error) as error:
        raise CannotPatch(_ODD) from error


def spelled(content: bytes, name: str) -> str:
    """A member's name as the archive spells it; of two alike, the last one counts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [info.filename for info in archive.infolist()]
    return next((one for one in reversed(names) if _plain(one) == _plain(name)), name)


def refuse_signed(content: bytes) -> None:
    """Any change would break the signature of whoever signed the package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if any(_plain(name).startswith("_xmlsignatures/") for name in archive.namelist()):
            raise CannotPatch("文件带有数字签名，改动会使签名失效")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _with_members(content: bytes, members: Mapping[str, bytes]) -> bytes:
    end_at = content.rfind(_END_SIGN)
    if end_at < 0:
        raise CannotPatch(_ODD)
    sign, disk, first_disk, here, count, size, start, note = _END.unpack_from(content, end_at)
    if disk or first_disk or here != count or start == _LARGE or start + size != end_at:
        raise CannotPatch(_ODD)
    entries = _entries(content, start, count)
    borders = sorted({entry.start for entry in entries} | {start})
    following = dict(pairwise(borders))
    body, moved = [content[: borders[0]]], {}
    reached = borders[0]
    wanted = _wanted(content, members, entries)
    renewed: dict[int, tuple[int, int, int, int]] = {}
    for entry in sorted(entries, key=lambda entry: entry.start):
        part = content[entry.start : following[entry.start]]
        if entry.start in wanted:
            part, renewed[entry.start] = _renewed(part, wanted[entry.start])
        moved[entry.start] = reached
        body.append(part)
        reached += len(part)
    directory = b"".join(
        _central(entry, moved[entry.start], renewed.get(entry.start)) for entry in entries
    )
    end = _END.pack(sign, disk, first_disk, here, count, len(directory), reached, note)
    return b"".join([*body, directory, end, content[end_at + _END.size :]])


def _entries(content: bytes, start: int, count: int) -> list[_Entry]:
    found = []
    for _ in range(count):
        fields = _CENTRAL.unpack_from(content, start)
        if fields[0] != _CENTRAL_SIGN or _LARGE in (fields[8], fields[9], fields[16]):
            raise CannotPatch(_ODD)
        name, extra, note = fields[10:13]
        length = _CENTRAL.size + name + extra + note
        raw = content[start : start + length]
        found.append(_Entry(raw, raw[_CENTRAL.size : _CENTRAL.size + name], fields[16]))
        start += length
    if len({entry.start for entry in found}) < len(found):
        raise CannotPatch(_ODD)
    return found


def _wanted(
    content: bytes, members: Mapping[str, bytes], entries: list[_Entry]
) -> dict[int, bytes]:
    """The new contents by the place of the member; of two of one name the last one counts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        starts = {info.filename: info.header_offset for info in archive.infolist()}
    found = {starts[name]: new for name, new in members.items() if name in starts}
    if len(found) < len(members) or not found.keys() <= {entry.start for entry in entries}:
        raise CannotPatch(_ODD)
    return found


def _renewed(part: bytes, new: bytes) -> tuple[bytes, tuple[int, int, int, int]]:
    """The member with its new content, and flags, checksum and sizes for the directory."""
    fields = _LOCAL.unpack_from(part)
    sign, version, flags, method, time, date, *_, name, extra = fields
    if sign != _LOCAL_SIGN or method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise CannotPatch(_ODD)
    if flags & 1:
        raise CannotPatch("文件有密码保护，不能改写")
    packed = new
    if method == zipfile.ZIP_DEFLATED:
        packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = packer.compress(new) + packer.flush()
    flags &= ~_BEHIND
    numbers = (zlib.crc32(new), len(packed), len(new))
    head = _LOCAL.pack(sign, version, flags, method, time, date, *numbers, name, extra)
    names = part[_LOCAL.size : _LOCAL.size + name + extra]
    return head + names + packed, (flags, *numbers)


def _central(entry: _Entry, start: int, numbers: tuple[int, int, int, int] | None) -> bytes:
    fields = list(_CENTRAL.unpack_from(entry.raw))
    if numbers is not None:
        fields[3], fields[7], fields[8], fields[9] = numbers
    fields[16] = start
    return _CENTRAL.pack(*fields) + entry.raw[_CENTRAL.size :]

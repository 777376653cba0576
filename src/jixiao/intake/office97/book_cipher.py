"""Workbooks that nobody locked: Excel encrypts one with protected sheets order by a known word.

Who protects the structure of an old workbook gets it encrypted with a password that every program
knows and tries first, so that it opens without a question. Templates of finance offices often are
so. A workbook that this word does not open has a real password, and stays closed.
"""

import struct
from collections.abc import Callable
from functools import partial
from hashlib import new

from jixiao.intake.office97 import book_records as record

_WORD = "VelvetSweatshop".encode("utf-16-le")
_BLOCK = 1024
#: The cipher runs in Python, a megabyte in a third of a second.
LARGEST = 16 * 1024 * 1024
_OPEN = frozenset(
    (record.BEGIN, record.FILE_PASS, 0x00E1, 0x0138, 0x0194, 0x0195, 0x0196),
)
_SHEET_BEGINS_BYTES = 4
_SALT = 16
#: The format prescribes these; nothing here relies on them to keep a secret.
_MD5 = partial(new, "md5", usedforsecurity=False)
_SHA1 = partial(new, "sha1", usedforsecurity=False)
#: A number that no record has, for the one that said the rest was ciphered.
_PASSED_OVER = b"\xff\x7f"

#: The key of a block by its number.
Keys = Callable[[int], bytes]


def opened(stream: bytes) -> bytes | None:
    """The workbook's stream in clear, or None where the known word is not its password."""
    if len(stream) > LARGEST:
        return None
    try:
        keys = _keys(_file_pass(stream))
    except struct.error:
        return None
    return None if keys is None else _in_clear(stream, keys)


def _file_pass(stream: bytes) -> bytes:
    try:
        for number, at, end in record.records(stream, 0, len(stream)):
            if number == record.FILE_PASS:
                return stream[at:end]
    except record.CutOff:
        pass
    return b""


def _keys(content: bytes) -> Keys | None:
    """Keys for the known word, if it is the password."""
    kind, major, minor = struct.unpack_from("<HHH", content)
    if (kind, major, minor) == (1, 1, 1):
        salt, check = content[6 : 6 + _SALT], content[6 + _SALT : 6 + _SALT + 32]
        keys = _first_keys(salt)
        digest = _MD5
        size = 16
    elif kind == 1 and major in (2, 3, 4) and minor == 2:
        (length,) = struct.unpack_from("<I", content, 10)
        (bits,) = struct.unpack_from("<I", content, 14 + 16)
        at = 14 + length + 4
        salt, check = content[at : at + _SALT], content[at + _SALT : at + _SALT + 16]
        check += content[at + _SALT + 20 : at + _SALT + 40]
        keys = _second_keys(salt, bits or 40)
        digest = _SHA1
        size = 20
    else:
        return None
    clear = _xor(check, _cipher(keys(0), len(check)))
    return keys if clear[16 : 16 + size] == digest(clear[:16]).digest() else None


def _first_keys(salt: bytes) -> Keys:
    short = _MD5(_WORD).digest()[:5]
    base = _MD5((short + salt) * 16).digest()[:5]
    return lambda block: _MD5(base + struct.pack("<I", block)).digest()


def _second_keys(salt: bytes, bits: int) -> Keys:
    base = _SHA1(salt + _WORD).digest()

    def key(block: int) -> bytes:
        found = _SHA1(base + struct.pack("<I", block)).digest()[: bits // 8]
        return found.ljust(16, b"\0") if bits == 40 else found

    return key


def _in_clear(stream: bytes, keys: Keys) -> bytes:
    """Everything is ciphered in place, but the heads of records and a few whole ones are not."""
    pads = (_cipher(keys(number), _BLOCK) for number in range(-(-len(stream) // _BLOCK)))
    clear = bytearray(_xor(stream, b"".join(pads)))
    at = 0
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        end = at + 4 + length
        kept = at + 4
        if number in _OPEN:
            kept = end
        elif number == record.SHEET:
            kept += _SHEET_BEGINS_BYTES
        clear[at:kept] = stream[at:kept]
        if number == record.FILE_PASS:
            clear[at : at + 2] = _PASSED_OVER
        at = end
    return bytes(clear[: len(stream)])


def _xor(content: bytes, pad: bytes) -> bytes:
    pad = pad[: len(content)]
    mixed = int.from_bytes(content, "little") ^ int.from_bytes(pad, "little")
    return mixed.to_bytes(len(content), "little")


def _cipher(key: bytes, length: int) -> bytes:
    """So many bytes of the RC4 stream of a key."""
    state = list(range(256))
    swap = 0
    for number in range(256):
        swap = (swap + state[number] + key[number % len(key)]) & 255
        state[number], state[swap] = state[swap], state[number]
    pad = bytearray(length)
    first = second = 0
    for number in range(length):
        first = (first + 1) & 255
        one = state[first]
        second = (second + one) & 255
        two = state[second]
        state[first], state[second] = two, one
        pad[number] = state[(one + two) & 255]
    return bytes(pad)

"""Ticked or not: the boxes of form fields, whose state stands in the data stream.

A form field's picture sign points to a head of fixed length, the kind of field and its answer.
"""

_HEAD_AT, _SHORTEST = 4, 0x44
_CHECK_BOX, _BY_DEFAULT = 1, 25


def ticked(data: bytes, at: int) -> str:
    """☑ or ☐ for a check box, nothing for whatever else stands there."""
    head = int.from_bytes(data[at + _HEAD_AT : at + _HEAD_AT + 2], "little")
    field = data[at + head : at + head + 12]
    if head < _SHORTEST or len(field) < 12 or field[:4] != b"\xff\xff\xff\xff":
        return ""
    flags = int.from_bytes(field[4:6], "little")
    if flags & 3 != _CHECK_BOX:
        return ""
    answer = flags >> 2 & 0x1F
    if answer == _BY_DEFAULT:
        answer = _default(data, at + head + 10)
    return "☑" if answer else "☐"


def _default(data: bytes, at: int) -> int:
    """Behind the field's name, which has its length before it and a zero after it."""
    length = int.from_bytes(data[at : at + 2], "little")
    return int.from_bytes(data[at + 2 + 2 * (length + 1) :][:2], "little")

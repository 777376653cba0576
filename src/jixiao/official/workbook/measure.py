"""How many lines a text takes in a cell, from the widths of its characters.

A Chinese character is one em wide, a Latin one a little over half. Closing marks stay with what
they close and Latin words are not parted, as Excel and WPS break lines.
"""

import re
from bisect import bisect_right
from itertools import accumulate

#: Widths of a Chinese and a Latin character, in fiftieths of an em so that sums are exact.
WIDEST, _LATIN = 50, 27
_MILLIMETRE = 72 / 25.4
#: Left and right of the text in every cell, in points.
_BESIDE = 5.0
#: Programs and printers differ a little; a line too many is air, one too few is lost text.
_CAUTION = 0.97
_CLOSING = "，。、；：？！”’）》】」』…％"
_PIECES = re.compile(f"[!-~]+|[^!-~][{_CLOSING}]*")


def room_of(millimetres: float, font_size: float) -> float:
    """What one line of a cell of this width holds."""
    return max((millimetres * _MILLIMETRE - _BESIDE) / font_size * _CAUTION, 1.0) * WIDEST


def line_count(text: str, millimetres: float, font_size: float) -> int:
    """Lines in a cell of this width; at least one."""
    return line_counts(text, (room_of(millimetres, font_size),))[0]


def line_counts(text: str, rooms: tuple[float, ...]) -> list[int]:
    """Lines in cells with rooms of these sizes, of which the last is the least."""
    if "\n" in text:
        counts = (_line_counts(paragraph, rooms) for paragraph in text.split("\n"))
        return [sum(lines) for lines in zip(*counts, strict=True)]
    return _line_counts(text, rooms)


def _line_counts(paragraph: str, rooms: tuple[float, ...]) -> list[int]:
    most, least = len(paragraph) * WIDEST, rooms[-1]
    # Nothing is wider than a Chinese character: the frequent short text is seen at once.
    if most <= least:
        return [1] * len(rooms)
    width = _width(paragraph)
    if width <= least:
        return [1] * len(rooms)
    if width == most:
        return [_chinese_lines(paragraph, room) for room in rooms]
    ends = _ends(paragraph)
    return [_lines(ends, room) for room in rooms]


def _chinese_lines(text: str, room: float) -> int:
    """Lines of a text in which all characters are of one width."""
    most, length = int(room // WIDEST), len(text)
    count, end = 1, most
    while end < length:
        least = end - most
        while text[end] in _CLOSING and end > least:
            end -= 1
        if end == least:
            return _lines(_ends(text), room)
        count, end = count + 1, end + most
    return count


def _ends(paragraph: str) -> list[int]:
    """Where each piece that stays together ends."""
    pieces = _PIECES.findall(paragraph)
    # A piece that does not begin with a Latin sign has none.
    sizes = [len(piece) * WIDEST if piece > "\x7f" else _width(piece) for piece in pieces]
    return [0, *accumulate(sizes)]


def _width(text: str) -> int:
    if text.isascii():
        return len(text) * _LATIN
    latin = len(text.encode("ascii", "ignore"))
    return (len(text) - latin) * WIDEST + latin * _LATIN


def _lines(ends: list[int], room: float) -> int:
    """Lines of pieces that end at these widths."""
    count, start, last = 1, 0.0, 0
    while ends[-1] - start > room:
        last = bisect_right(ends, start + room, last) - 1
        if ends[last + 1] - ends[last] <= room:
            count, start = count + 1, float(ends[last])
        else:
            # A word longer than the line is parted where it stands.
            last += 1
            whole, used = divmod(ends[last] - start, room)
            count, start = count + int(whole), ends[last] - used
    return count

"""How many lines a text takes in a cell, from the widths of its characters.

A Chinese character is one em wide, a Latin one a little over half. Closing marks stay with what
they close and Latin words are not parted, as Excel and WPS break lines.
"""

import re
from functools import lru_cache

_LATIN = 0.54
_MILLIMETRE = 72 / 25.4
#: Left and right of the text in every cell, in points.
_BESIDE = 5.0
#: Programs and printers differ a little; a line too many is air, one too few is lost text.
_CAUTION = 0.97
_WIDE = re.compile(r"[^\x00-\x7f]")
_PIECES = re.compile(r"[!-~]+|[^!-~][，。、；：？！”’）》】」』…％]*")


def width_in_ems(text: str) -> float:
    """The length of one line of text."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return wide + (len(text) - wide) * _LATIN


@lru_cache(maxsize=4096)
def line_count(text: str, millimetres: float, font_size: float) -> int:
    """Lines in a cell of this width; at least one."""
    room = max((millimetres * _MILLIMETRE - _BESIDE) / font_size * _CAUTION, 1.0)
    return sum(_lines(paragraph, room) for paragraph in text.split("\n"))


def _lines(paragraph: str, room: float) -> int:
    if width_in_ems(paragraph) <= room:
        return 1
    count, used = 1, 0.0
    for piece in _PIECES.findall(paragraph):
        size = width_in_ems(piece)
        if used + size <= room:
            used += size
        elif size <= room:
            count, used = count + 1, size
        else:
            # A word longer than the line is parted where it stands.
            whole, used = divmod(used + size, room)
            count += int(whole)
    return count

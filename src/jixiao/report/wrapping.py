"""Lines for a terminal: Chinese text broken where a printer would break it.

A Chinese character takes two columns. A line never begins with a closing mark, never ends with
an opening one, and never cuts a word, a number or its unit sign.
"""

import re
import unicodedata
from functools import lru_cache

_NOT_FIRST = frozenset("。，、；：？！”’）》〉】」』〕％%…·.,;:?!)]}")
_NOT_LAST = frozenset("“‘（《〈【「『〔([{")
#: How far a piece that must not be parted may stand over before it is parted after all.
_OVERHANG = 4
#: A run without blanks in which only narrow characters stand is one piece; so is any other sign.
_PIECES = re.compile(r"[!-~≥≤≧≦±×÷°℃]+|\s+|.", re.DOTALL)


@lru_cache(maxsize=8192)
def width(text: str) -> int:
    """Columns of a terminal, counting signs of doubtful width as wide so that nothing overflows."""
    return sum(map(_columns, text))


@lru_cache(maxsize=8192)
@lru_cache(maxsize=8192)
def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def wrap(text: str, columns: int) -> list[str]:
    """The lines of a text; at least one."""
    lines: list[str] = []
    line, used = "", 0
    for piece in _bound(" ".join(text.split())):
        size = width(piece)
        if line and used + (size if piece[-1] != " " else width(piece.rstrip())) > columns:
            lines.append(line.rstrip())
            line, used = "", 0
        if line or piece[0] != " ":
            line, used = line + piece, used + size
        while used > columns + _OVERHANG:
            head = _head(line, columns)
            lines.append(head)
            line = line[len(head) :]
            used = width(line)
    lines.append(line.rstrip())
    return lines


def _bound(text: str) -> list[str]:
    """Pieces that must not be parted: marks stay with what they belong to."""
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        follows = bool(pieces) and (piece[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST)
        if follows:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _head(text: str, columns: int) -> str:
    """As much of one overlong piece as fits."""
    used = 0
    for position, character in enumerate(text):
        used += _columns(character)
        if used > columns:
            return text[: max(position, 1)]
    return text

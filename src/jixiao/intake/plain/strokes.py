"""The signs tables are drawn with in text: box-drawing characters and their ASCII stand-ins."""

import re
from collections.abc import Iterable

from jixiao.foundation.pattern import pattern

VERTICAL = "|│┃┆┇┊┋║╎╏¦｜"
HORIZONTAL = "-─━┄┅┈┉═=╌╍—"
_JUNCTION = "+" + "".join(
    chr(code) for code in range(0x2500, 0x2580) if chr(code) not in VERTICAL + HORIZONTAL
)
RULED = frozenset(HORIZONTAL + _JUNCTION)
CROSSING = frozenset(VERTICAL + _JUNCTION)

_VERTICAL = pattern(f"[{re.escape(VERTICAL)}]")
_RULING = pattern(rf"[\s:{re.escape(VERTICAL + HORIZONTAL + _JUNCTION)}]*")
_DASHES = pattern(f"[{re.escape(HORIZONTAL)}]{{2}}|[\u2500-\u257f]")
_PART_OF_RULING = pattern(
    f"[{re.escape(_JUNCTION)}][{re.escape(HORIZONTAL)}]{{2,}}"
    f"|[{re.escape(HORIZONTAL)}]{{2,}}[{re.escape(_JUNCTION)}]"
)


def has_vertical(line: str) -> bool:
    return _VERTICAL.search(line) is not None


def is_ruling(line: str) -> bool:
    """Strokes and blanks only: a line between rows."""
    return _RULING.fullmatch(line) is not None and _DASHES.search(line) is not None


def holds_ruling(line: str) -> bool:
    """A ruling, or one broken by the text of a cell that runs past it."""
    return is_ruling(line) or _PART_OF_RULING.search(line) is not None


def cut_at_verticals(line: str, width: int = 0) -> list[str]:
    """The cells of one row; a stroke at either end is the border, not a cell.

    Among rows without a border, `width` cells wide, a stroke at the beginning stands behind a
    blank first cell as long as the row is no wider than they are.
    """
    line = line.strip()
    cells = _VERTICAL.split(line)
    if line and line[0] in VERTICAL and len(cells) > width:
        cells = cells[1:]
        if len(cells) > 1 and line[-1] in VERTICAL:
            cells = cells[:-1]
    return [cell.strip() for cell in cells]


def borderless_width(lines: Iterable[str]) -> int:
    """How many cells the rows have that begin with a cell and not with a stroke; 0 for none."""
    bare = (line.strip() for line in lines)
    return max((len(_VERTICAL.split(line)) for line in bare if line[:1] not in VERTICAL), default=0)

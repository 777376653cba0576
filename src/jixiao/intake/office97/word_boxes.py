"""Text boxes of a Word binary document: which texts they hold, and where they are anchored.

Their texts stand behind all others; a drawing's number ties a text to the anchor in the main text.
"""

import struct

from msgspec import Struct

from jixiao.intake.office97.word_header import ANCHORS, BOXES, WordHeader

_ANCHOR_BYTES, _BOX_BYTES = 26, 22
_DRAWING_IN_BOX = 14


class Boxes(Struct, frozen=True):
    """Characters of each text box, by the place of its anchor; and of those without one."""

    anchored: dict[int, tuple[int, int]]
    loose: list[tuple[int, int]]


def boxes_of(header: WordHeader, table: bytes) -> Boxes:
    """Nothing when the tables make no sense: the main text is worth reading without them."""
    if not header.boxes_length:
        return Boxes({}, [])
    begin, end = header.boxes_begin, header.boxes_begin + header.boxes_length
    try:
        anchors, drawings = _table(header.part(ANCHORS, table), _ANCHOR_BYTES)
        limits, boxes = _table(header.part(BOXES, table), _BOX_BYTES)
    except struct.error:
        return Boxes({}, [(begin, end)])
    anchor_of = {
        int.from_bytes(drawing[:4], "little"): anchor
        for anchor, drawing in zip(anchors, drawings, strict=False)
    }
    anchored: dict[int, tuple[int, int]] = {}
    loose: list[tuple[int, int]] = []
    reached = begin  # boxes share no text, whatever the table says
    for number, box in enumerate(boxes):
        first, last = begin + limits[number], min(begin + limits[number + 1], end)
        if not reached <= first < last:
            continue
        reached = last
        drawing = int.from_bytes(box[_DRAWING_IN_BOX : _DRAWING_IN_BOX + 4], "little")
        anchor = anchor_of.pop(drawing, None)
        if anchor is None or anchor in anchored:
            loose.append((first, last))
        else:
            anchored[anchor] = (first, last)
    return Boxes(anchored, loose)


def _table(content: bytes, size: int) -> tuple[tuple[int, ...], list[bytes]]:
    """Characters and the entries that stand between them."""
    count = max((len(content) - 4) // (4 + size), 0)
    if not count:
        return (), []
    limits = struct.unpack_from(f"<{count + 1}i", content)
    begin = 4 * (count + 1)
    return limits, [content[begin + size * n : begin + size * (n + 1)] for n in range(count)]

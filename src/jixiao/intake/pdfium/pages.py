"""One page of a PDF: turned upright, read, and judged.

A page may be a scan, a scan with a hidden layer of another program's reading, garbled, broken, or
sound.
"""

from enum import Enum, auto
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from jixiao.foundation.location import Box
from jixiao.intake.document import Block, Line, Table
from jixiao.intake.pdfium.codes import is_private
from jixiao.intake.pdfium.glyphs import page_text
from jixiao.intake.pdfium.native import handle, native
from jixiao.intake.pdfium.strokes import Drawing, drawing_of
from jixiao.intake.ruled.page import DrawnPage, blocks_of
from jixiao.intake.ruled.words import Glyphs
from jixiao.intake.ruled.writing import is_garbled, is_pictured, is_scanned

Floats = NDArray[np.float64]


class PageState(Enum):
    SOUND = auto()
    SCANNED = auto()
    LAYERED = auto()
    GARBLED = auto()
    BROKEN = auto()


class PageContent(Struct, frozen=True, eq=False):
    """What a page gave, and what is to be said about it."""

    state: PageState
    blocks: list[Block] = []


def read_page(document: Any, number: int) -> PageContent:
    """Open the page, read it and close it again; pages count from 1."""
    from pypdfium2 import PdfiumError  # noqa: PLC0415 - other formats do not pay for pdfium

    try:
        page = _opened(document, number)
    except PdfiumError:
        return PageContent(PageState.BROKEN)
    try:
        text_page = page.get_textpage()
    except PdfiumError:
        page.close()
        return PageContent(PageState.BROKEN)
    try:
        return _content(handle(page.raw), handle(text_page.raw), number)
    finally:
        text_page.close()
        page.close()


def _opened(document: Any, number: int) -> Any:
    """The page, with what was typed into fillable fields printed on it."""
    page = document[number - 1]
    if document.formenv is None:
        return page
    page.flatten()
    page.close()  # pdfium shows the flattened content to whoever opens the page anew
    return document[number - 1]


def _content(page: int, text_page: int, number: int) -> PageContent:
    drawing = drawing_of(page)
    rotation = native().page_rotation(page) % 4
    text = page_text(text_page, drawing.hidden_texts, rotation)
    frame = np.zeros(4, dtype=np.float32)
    native().page_box(page, frame.ctypes.data)
    left, top, right, bottom = frame.tolist()
    box = (left, bottom, right, top)
    glyphs = _on_paper(text.glyphs, box)
    drawn = DrawnPage(
        number=number,
        glyphs=Glyphs(
            codes=glyphs.codes,
            boxes=_upright(glyphs.boxes, box, text.turns),
            doubtful=glyphs.doubtful,
            turned=glyphs.turned,
        ),
        strokes=_upright(_clipped(drawing.strokes, box), box, text.turns),
    )
    state = _state(glyphs, drawing, (right - left) * (top - bottom), is_hidden=text.is_hidden)
    blocks = blocks_of(drawn)
    further = (text.turns - rotation) % 4
    if further:
        width, height = right - left, top - bottom
        shown = (width, height) if rotation % 2 == 0 else (height, width)
        blocks = [_as_shown(block, further, shown) for block in blocks]
    if state is PageState.LAYERED:
        _doubt(blocks)
    return PageContent(state, blocks)


def _doubt(blocks: list[Block]) -> None:
    """What a scanner's program recognised says nothing of how sure it was."""
    for block in blocks:
        if isinstance(block, Table):
            block.doubtful = {
                (row, column)
                for row, texts in enumerate(block.texts)
                for column, text in enumerate(texts)
                if text
            }


def _on_paper(glyphs: Glyphs, page: Box) -> Glyphs:
    """Leave out characters outside the visible page, and those at no real place at all."""
    left, bottom, right, top = page
    x, y = glyphs.boxes[:, 0], glyphs.boxes[:, 1]
    inside = (x >= left - 1) & (x <= right) & (y >= bottom - 1) & (y <= top)
    return glyphs if inside.all() else glyphs.only(inside)


def _clipped(strokes: Floats, page: Box) -> Floats:
    """Cut strokes at the page's borders; damaged files draw to places no page has."""
    sound = strokes[np.isfinite(strokes).all(axis=1)]
    low, high = np.tile(page[:2], 2), np.tile(page[2:], 2)
    cut: Floats = np.clip(sound, low, high)
    return cut


def _as_shown(block: Block, turns: int, size: tuple[float, float]) -> Block:
    """Give the boxes on the page as viewers show it, though its text had to be turned."""
    if isinstance(block, Line):
        box = None if block.box is None else _turned_back(block.box, turns, size)
        return Line(text=block.text, place=block.place, box=box)
    block.boxes = {at: _turned_back(box, turns, size) for at, box in block.boxes.items()}
    return block


def _turned_back(box: Box, turns: int, size: tuple[float, float]) -> Box:
    """Undo clockwise quarter turns; `size` is width and height of the page as shown."""
    width, height = size
    x0, y0, x1, y1 = box
    if turns == 1:
        return y0, height - x1, y1, height - x0
    if turns == 2:
        return width - x1, height - y1, width - x0, height - y0
    return width - y1, x0, width - y0, x1


def _upright(boxes: Floats, page: Box, turns: int) -> Floats:
    """Page space (y upwards) to the turned page as it is read (y downwards from its top)."""
    left, bottom, right, top = page
    x0, y0, x1, y1 = boxes.T
    if turns == 0:
        return np.column_stack((x0 - left, top - y1, x1 - left, top - y0))
    if turns == 1:
        return np.column_stack((y0 - bottom, x0 - left, y1 - bottom, x1 - left))
    if turns == 2:
        return np.column_stack((right - x1, y0 - bottom, right - x0, y1 - bottom))
    return np.column_stack((top - y1, right - x1, top - y0, right - x0))


def _state(glyphs: Glyphs, drawing: Drawing, area: float, *, is_hidden: bool) -> PageState:
    written = int(np.count_nonzero(glyphs.codes > 0x20))
    size = np.maximum(drawing.images[:, 2:] - drawing.images[:, :2], 0)
    pictured = is_pictured(float((size[:, 0] * size[:, 1]).sum()), area)
    if is_scanned(written, drawing.paths, pictured=pictured):
        return PageState.SCANNED
    if is_hidden and pictured:
        return PageState.LAYERED
    if is_garbled(written, int(np.count_nonzero(is_private(glyphs.codes)))):
        return PageState.GARBLED
    return PageState.SOUND

"""One page of an OFD document: walked, read and judged (a scan, garbled, lacking, or sound)."""

from enum import Enum, auto

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from jixiao.intake.document import Block
from jixiao.intake.ofd.container import page_size
from jixiao.intake.ofd.names import POINTS, first
from jixiao.intake.ofd.objects import PageObjects, Shelf
from jixiao.intake.ofd.turning import as_shown, main_direction, upright
from jixiao.intake.package_xml import Element
from jixiao.intake.pdfium.codes import is_private, readable
from jixiao.intake.ruled.lines import Floats
from jixiao.intake.ruled.page import DrawnPage, blocks_of
from jixiao.intake.ruled.words import Glyphs
from jixiao.intake.ruled.writing import is_garbled, is_pictured, is_scanned


class PageState(Enum):
    SOUND = auto()
    SCANNED = auto()
    GARBLED = auto()


class PageContent(Struct, frozen=True, eq=False):
    """What a page gave, and what is to be said about it.

    `is_lacking` when a template or a graphic the page shows could not be read.
    """

    state: PageState
    blocks: list[Block]
    is_lacking: bool


def read_page(shelf: Shelf, part: str, page: Element, number: int) -> PageContent:
    """Read the parsed page; pages count from 1 through all documents of the file."""
    width, height = page_size(first(page, "Area"), shelf.layout.size)
    size = (width * POINTS, height * POINTS)
    objects = PageObjects(shelf, part, page)
    seen = objects.texts.glyphs()
    glyphs = _as_printed(_on_paper(seen, size))
    state = _state(glyphs, objects, size)
    strokes = _clipped(objects.strokes, size)
    turns = 0 if glyphs.turned is None else main_direction(glyphs.turned)
    if turns:
        glyphs, strokes = _upright(glyphs, turns, size), upright(strokes, turns, size)
    elif glyphs.turned is not None and not glyphs.turned.any():
        glyphs = replace(glyphs, turned=None)
    blocks = blocks_of(DrawnPage(number=number, glyphs=glyphs, strokes=strokes))
    if turns:
        blocks = [as_shown(block, turns, size) for block in blocks]
    return PageContent(state, blocks, objects.is_lacking)


def _on_paper(glyphs: Glyphs, size: tuple[float, float]) -> Glyphs:
    """Leave out characters that begin outside of the page."""
    x, y = glyphs.boxes[:, 0], glyphs.boxes[:, 3]
    inside = (x >= -1) & (x <= size[0]) & (y >= -1) & (y <= size[1] + 1)
    return glyphs if inside.all() else glyphs.only(inside)


def _as_printed(glyphs: Glyphs) -> Glyphs:
    codes, doubtful = readable(glyphs.codes)
    return replace(glyphs, codes=codes, doubtful=doubtful)


def _clipped(strokes: Floats, size: tuple[float, float]) -> Floats:
    cut: Floats = np.clip(strokes, 0, np.array((*size, *size)))
    return cut


def _upright(glyphs: Glyphs, turns: int, size: tuple[float, float]) -> Glyphs:
    turned = None if glyphs.turned is None else (glyphs.turned - turns) % 4
    return replace(glyphs, boxes=upright(glyphs.boxes, turns, size), turned=turned)


def _state(glyphs: Glyphs, objects: PageObjects, size: tuple[float, float]) -> PageState:
    written = int(np.count_nonzero(glyphs.codes > 0x20))
    pictures = objects.pictures
    area = float(np.prod(pictures[:, 2:] - pictures[:, :2], axis=1).sum())
    pictured = is_pictured(area, size[0] * size[1])
    if is_scanned(written, objects.paths.count, pictured=pictured):
        return PageState.SCANNED
    if is_garbled(written, int(np.count_nonzero(is_private(glyphs.codes)))):
        return PageState.GARBLED
    return PageState.SOUND

"""One scanned page: a picture in, the same tables and lines as of a digital page out.

The picture is cleaned, straightened, its rulings make the grid, its lines of writing are
recognised, and characters and strokes then go the way of every drawn page (`ruled/page.py`).
Places lead back to the picture as it came, in points.
"""

from enum import Enum, auto
from itertools import accumulate, pairwise

import cv2
import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from jixiao.foundation.location import Box
from jixiao.intake.document import Block, Line, Table
from jixiao.intake.ruled.grid import Grid, grids_from
from jixiao.intake.ruled.lines import rulings_from
from jixiao.intake.ruled.page import DrawnPage, blocks_of
from jixiao.intake.ruled.words import Glyphs
from jixiao.intake.scan import widths
from jixiao.intake.scan.cleaning import (
    EM,
    LONG_SIDE,
    Mask,
    Paper,
    Picture,
    cleaned,
    faint_ink_of,
    ink_of,
    without_specks,
)
from jixiao.intake.scan.doubts import Doubt, doubts_of, is_uncertain
from jixiao.intake.scan.recogniser import Seen, recognise
from jixiao.intake.scan.rulings import Drawn, rulings_of
from jixiao.intake.scan.second_look import disputed
from jixiao.intake.scan.soundness import has_lost_rulings, is_poor
from jixiao.intake.scan.straightening import (
    Straightened,
    box_before,
    flattened,
    straightened,
    turn_of,
)
from jixiao.intake.scan.widths import in_printed_width, places_of
from jixiao.intake.scan.writing import MOST_LINES, Area, TextArea, padded, rows_levelled, text_areas

#: Pixels a point of the working picture: about 140 to 200 dots an inch. Letters are then 20 to 30
#: pixels high; the recogniser itself works with 48 a line, and finer pictures only cost time.
_COARSEST, _FINEST = 1.9, 2.8
#: A picture with fewer dots than this on a side holds no form: an icon, a damaged page.
_SMALLEST = 60
#: A reading this sure needs no look from another side.
_UPRIGHT = 0.86
#: Below this nothing that was read can be trusted.
_LEGIBLE = 0.55
#: On a page that lies on its side most lines found are single letters, surely read as they are.
_FLOWING, _LINE = 0.6, 3
_SAMPLE = 8
#: Less ink than this share of a letter's square is no writing but a mark.
_MARK = 0.06
_ON_SEAL = 0.02
#: A cell with so much of its area under a seal may have lost words to it.
_SEALED = 0.003
_BESIDE_MISSED = 1.2


class PageState(Enum):
    READ = auto()
    BLANK = auto()
    UNREADABLE = auto()


class ScannedPage(Struct, frozen=True, eq=False):
    """What was read of a page, and every place of it that is not certain."""

    state: PageState
    blocks: list[Block] = []
    doubts: list[Doubt] = []
    is_poor: bool = False


class _View(Struct, frozen=True, eq=False):
    """The page seen from one side, ready to be recognised."""

    paper: Paper
    ink: Mask
    drawn: Drawn
    grids: list[Grid]
    areas: list[TextArea]
    from_picture: Straightened


def read_scan(picture: Picture, number: int, scale: float | None = None) -> ScannedPage:
    """Read a picture (grey, or blue-green-red); `scale` is its pixels a point, where known."""
    if min(picture.shape[:2]) < _SMALLEST:
        return ScannedPage(PageState.UNREADABLE)
    if scale is None:
        scale = max(picture.shape[:2]) / LONG_SIDE
    resized = min(max(1.0, _COARSEST / scale), _FINEST / scale)
    if resized != 1.0:
        way = cv2.INTER_AREA if resized < 1 else cv2.INTER_CUBIC
        picture = cv2.resize(picture, None, fx=resized, fy=resized, interpolation=way)
    scale *= resized
    paper = cleaned(picture, scale)
    degrees = turn_of(ink_of(paper))
    view = _view(paper, degrees, 0)
    if not view.areas:
        return ScannedPage(PageState.BLANK)
    if len(view.areas) > MOST_LINES:
        return ScannedPage(PageState.UNREADABLE)
    seen = recognise(_crops(view, view.areas))
    if _sureness(seen) < _UPRIGHT or _flow(seen) < _FLOWING:
        view, seen = _best_side(paper, degrees, view, seen)
    if _sureness(seen) < _LEGIBLE:
        return ScannedPage(PageState.UNREADABLE)
    poor = is_poor(seen, [area.area for area in view.areas], resized)
    poor = poor or has_lost_rulings(view.from_picture.picture, view.grids, scale)
    return _read(view, seen, number, poor=poor)


def _view(paper: Paper, degrees: float, quarters: int) -> _View:
    """Turn the page, find its rulings and its writing."""
    first = straightened(paper.grey, degrees, quarters)
    drawn = rulings_of(_faint(first.picture, paper.scale), paper.scale)
    flat = flattened(paper.grey, first, drawn.across, drawn.down)
    if flat is not None:
        first = flat
        drawn = rulings_of(_faint(first.picture, paper.scale), paper.scale)
    seal = None
    if paper.seal is not None:
        height, width = first.picture.shape
        seal = cv2.warpPerspective(paper.seal, first.matrix, (width, height))
    strokes = cv2.dilate(drawn.pixels, np.ones((3, 3), np.uint8))
    grey = cv2.bitwise_or(first.picture, strokes)
    turned = Paper(grey, seal, paper.scale)
    ink, grains = without_specks(cv2.subtract(ink_of(turned), strokes), paper.scale)
    if grains.any():
        grey = cv2.bitwise_or(
            grey, cv2.subtract(cv2.dilate(grains, np.ones((3, 3), np.uint8)), ink)
        )
    grids = grids_from(rulings_from(drawn.strokes)).grids if len(drawn.strokes) else []
    areas = [
        area for area in text_areas(ink, grids, paper.scale) if _is_writing(ink, area, paper.scale)
    ]
    return _View(Paper(grey, seal, paper.scale), ink, drawn, grids, areas, first)


def _faint(grey: Picture, scale: float) -> Mask:
    return faint_ink_of(Paper(grey, None, scale))


def _is_writing(ink: Mask, area: TextArea, scale: float) -> bool:
    left, top, right, bottom = area.area
    inked = int(np.count_nonzero(ink[top:bottom, left:right]))
    tall, wide = (bottom - top) / scale, (right - left) / scale
    if area.is_loose and (tall > 6 * EM or (tall < 0.35 * EM and wide > 3 * EM)):
        return False
    return inked > _MARK * (EM * scale) ** 2 or (
        not area.is_loose and inked > 0.03 * (EM * scale) ** 2 and tall > 2
    )


def _crops(view: _View, areas: list[TextArea]) -> list[Picture]:
    return [
        view.paper.grey[top:bottom, left:right]
        for left, top, right, bottom in _arounds(view, areas)
    ]


def _arounds(view: _View, areas: list[TextArea]) -> list[Area]:
    """The parts of the picture that are recognised, in pixels."""
    height, width = view.paper.grey.shape
    letter = EM * view.paper.scale * 0.95
    return [padded(area.area, letter, (width, height)) for area in areas]


def _sureness(seen: list[Seen]) -> float:
    """The mean certainty of all characters; lines in which nothing was seen count as letters."""
    count = sum(max(len(one.characters), 1) for one in seen)
    total = sum(one.certainty * len(one.characters) for one in seen)
    return total / count if count else 0.0


def _flow(seen: list[Seen]) -> float:
    """The share of characters that stand in a line with others."""
    lengths = [len(one.characters) for one in seen]
    return sum(length for length in lengths if length >= _LINE) / max(sum(lengths), 1)


def _best_side(
    paper: Paper, degrees: float, view: _View, seen: list[Seen]
) -> tuple[_View, list[Seen]]:
    """Look at a sample of lines from the other sides; the surest side is read."""
    best, surest = view, _sureness(seen) * _flow(seen) + 0.05
    for quarters in (2, 1, 3):
        other = _view(paper, degrees, quarters)
        sample = sorted(other.areas, key=_width, reverse=True)
        sample = sample[len(sample) // 5 :][: _SAMPLE * 3 : 3]
        found = recognise(_crops(other, sample))
        sureness = _sureness(found) * _flow(found)
        if sample and sureness > surest:
            best, surest = other, sureness
    if best is view:
        return view, seen
    return best, recognise(_crops(best, best.areas))


def _width(area: TextArea) -> int:
    return area.area[2] - area.area[0]


def _read(view: _View, seen: list[Seen], number: int, *, poor: bool) -> ScannedPage:
    scale = view.paper.scale
    arounds = _arounds(view, view.areas)
    otherwise = disputed(_crops(view, view.areas), seen)
    areas = [area.area for area in view.areas]
    seen = in_printed_width(widths.Page(view.paper.grey, view.ink), areas, arounds, seen)
    glyphs = _glyphs(view, seen, arounds, otherwise)
    blocks = blocks_of(DrawnPage(number=number, glyphs=glyphs, strokes=view.drawn.strokes))
    _mark_unread(view, seen, blocks)
    _mark_sealed(view, blocks)
    blocks = [_marked(block, glyphs, poor=poor) for block in blocks]
    blocks = [_as_shown(block, view.from_picture, scale) for block in blocks]
    doubts = doubts_of(blocks, signs_alike=_signs_alike(seen))
    return ScannedPage(PageState.READ, blocks, doubts, poor)


def _signs_alike(seen: list[Seen]) -> bool:
    """The recogniser took a bare sign for possible where it read one with a bar, or back."""
    return any(
        one.text in "><＞＜" and one.other in "≥≤≧≦" and one.other_certainty > 0.0005
        for line in seen
        for one in line.characters
    )


def _glyphs(
    view: _View, seen: list[Seen], arounds: list[Area], otherwise: dict[int, str]
) -> Glyphs:
    """Characters side by side over the line's width: no gap is made up within a line."""
    scale = view.paper.scale
    loose = [index for index, area in enumerate(view.areas) if area.is_loose]
    levels = rows_levelled([view.areas[index].area for index in loose])
    level = dict(zip(loose, levels, strict=True))
    codes: list[int] = []
    boxes: list[tuple[float, float, float, float]] = []
    doubtful: list[bool] = []
    for index, (area, line) in enumerate(zip(view.areas, seen, strict=True)):
        top, bottom = level.get(index, (float(area.area[1]), float(area.area[3])))
        edges = _edges(places_of(line, arounds[index]), area.area)
        for at, character in enumerate(line.characters):
            box = edges[at], top, edges[at + 1], bottom
            unsure = (
                index in otherwise
                or is_uncertain(character)
                or _is_on_seal(view, box)
                or _is_by_missed(line, at)
            )
            for letter in character.text:
                codes.append(ord(letter))
                boxes.append(box)
                doubtful.append(unsure)
    return Glyphs(
        codes=np.array(codes, dtype=np.uint32),
        boxes=np.array(boxes, dtype=np.float64).reshape(-1, 4) / scale,
        doubtful=np.array(doubtful, dtype=bool),
    )


def _edges(places: list[float], area: Area) -> list[float]:
    """Borders between the characters: halfway between the places they were seen at."""
    inner = [(one + other) / 2 for one, other in pairwise(places)]
    edges = [float(area[0]), *inner, float(area[2])]
    return list(accumulate((min(max(edge, area[0]), area[2]) for edge in edges), max))


def _is_on_seal(view: _View, box: Box) -> bool:
    if view.paper.seal is None:
        return False
    left, top, right, bottom = (round(side) for side in box)
    part = view.paper.seal[top:bottom, max(left - 1, 0) : right + 1]
    return bool(part.size > 0 and np.count_nonzero(part) > _ON_SEAL * part.size)


def _is_by_missed(line: Seen, at: int) -> bool:
    """Something unread stands directly beside the character."""
    if not line.missed:
        return False
    places = [one.place for one in line.characters]
    pitch = _BESIDE_MISSED / max(len(places), 1)
    return any(abs(missed - places[at]) <= pitch for missed in line.missed)


def _mark_unread(view: _View, seen: list[Seen], blocks: list[Block]) -> None:
    """A cell with ink in which nothing was seen is doubtful, not blank."""
    for area, line in zip(view.areas, seen, strict=True):
        if area.is_loose or line.text.strip():
            continue
        x = (area.area[0] + area.area[2]) / 2 / view.paper.scale
        y = (area.area[1] + area.area[3]) / 2 / view.paper.scale
        for block in blocks:
            if isinstance(block, Table):
                block.doubtful |= {
                    at
                    for at, box in block.boxes.items()
                    if box[0] <= x <= box[2] and box[1] <= y <= box[3]
                }


def _mark_sealed(view: _View, blocks: list[Block]) -> None:
    """What a seal covered may have been wiped out with it, so its cells are doubtful."""
    if view.paper.seal is None:
        return
    for block in blocks:
        if isinstance(block, Table):
            for at, box in block.boxes.items():
                left, top, right, bottom = (round(side * view.paper.scale) for side in box)
                part = view.paper.seal[max(top, 0) : bottom, max(left, 0) : right]
                if np.count_nonzero(part) > _SEALED * part.size:
                    block.doubtful.add(at)


def _marked(block: Block, glyphs: Glyphs, *, poor: bool) -> Block:
    """On a poor page every cell may stand in the wrong place; lines hold their letters' doubts."""
    if isinstance(block, Table):
        if poor:
            block.doubtful |= set(block.boxes)
        return block
    if block.box is None or glyphs.doubtful is None:
        return replace(block, doubtful=poor)
    left, top, right, bottom = block.box
    x = (glyphs.boxes[:, 0] + glyphs.boxes[:, 2]) / 2
    y = (glyphs.boxes[:, 1] + glyphs.boxes[:, 3]) / 2
    inside = (left <= x) & (x <= right) & (top <= y) & (y <= bottom)
    return replace(block, doubtful=poor or bool((inside & glyphs.doubtful).any()))


def _as_shown(block: Block, turned: Straightened, scale: float) -> Block:
    """Lead the places back to the picture as it came."""
    if isinstance(block, Line):
        return block if block.box is None else replace(block, box=_back(block.box, turned, scale))
    block.boxes = {at: _back(box, turned, scale) for at, box in block.boxes.items()}
    return block


def _back(box: Box, turned: Straightened, scale: float) -> Box:
    x0, y0, x1, y1 = box
    pixels = box_before((x0 * scale, y0 * scale, x1 * scale, y1 * scale), turned.matrix)
    a, b, c, d = (round(side / scale, 1) for side in pixels)
    return a, b, c, d

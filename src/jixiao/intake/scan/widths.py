"""Wide or narrow: （ or (, ， or , – which of both was printed, told from where the ink stands.

The recogniser's alphabet has both forms, but it sees a line squeezed to one height and mixes them
up. The picture tells them apart: a wide sign takes a whole letter's square, so the white around
it is wide. Signs with no neighbour to measure by are held against those of the same page whose
width shows. Only the width of the same sign is set; where nothing decides, the reading stays.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from jixiao.intake.scan.cleaning import Mask, Picture
from jixiao.intake.scan.recogniser import Character, Seen
from jixiao.intake.scan.writing import Area

#: Signs that take little ink and so show their width by the white beside them.
_NARROW, _WIDE = "(),:;!?.[]", "（），：；！？．［］"
_TO_WIDE = dict(zip(_NARROW, _WIDE, strict=True))
_TO_NARROW = dict(zip(_WIDE, _NARROW, strict=True))
_OPENING = "(["
_DIGITS = frozenset("0123456789０１２３４５６７８９")
#: Beside these the white may be theirs, or may have been cut: typesetters close such gaps up.
_AMBIGUOUS = frozenset(_NARROW + _WIDE + " 、。“”‘’《》【】〔〕「」『』—…·")
#: From the ink before to the ink behind, in letters: a wide sign takes about 1.04, a narrow 0.60.
_SURELY_WIDE, _SURELY_NARROW = 0.86, 0.74
#: A wide sign has most of its white on one side; this share of a letter at least.
_WHITE = 0.36
#: Ink broader than this is a letter, not a sign of these.
_BROADEST = 0.48
#: Digits in a row stand this far apart, in letters.
_WIDE_STEP, _NARROW_STEP = 0.85, 0.68
#: The width of a line's letter is measured on a run of so many Chinese characters.
_RUN = 4
#: A Chinese character's ink is about so high, in letters.
_INKED = 0.93
#: What is darker than this is ink, not grain.
_PAPER = 200
#: Shapes are alike within this difference, and nearer to the one by so much.
_LIKE, _NEARER = 0.03, 0.01


class Page(Struct, frozen=True, eq=False):
    """The page's greys, and its writing as a mask."""

    grey: Picture
    ink: Mask


class _Line(Struct, frozen=True, eq=False):
    """A line of the page, ready to be measured; `letter` is the side of its letters' square."""

    index: int
    area: Area
    seen: Seen
    places: list[float]
    letter: float


class _Sign(Struct, frozen=True):
    """One sign on the page: where it was read, its ink, and its width where that shows."""

    line: int
    at: int
    key: str
    shape: float
    is_wide: bool | None


def places_of(line: Seen, around: Area) -> list[float]:
    """The columns the characters were seen at; `around` is the part that was recognised."""
    # A line narrower than high was filled up with white before it was recognised.
    width = max(around[2] - around[0], around[3] - around[1])
    return [around[0] + character.place * width for character in line.characters]


def in_printed_width(
    page: Page, areas: Sequence[Area], arounds: Sequence[Area], seen: Sequence[Seen]
) -> list[Seen]:
    """The same lines, their signs as wide as the picture shows them."""
    lines = _lines(areas, arounds, seen)
    signs = [
        sign
        for line in lines
        if any(_key(one.text) is not None for one in line.seen.characters)
        for sign in _measured(page, line)
    ]
    chosen = {(sign.line, sign.at): sign.is_wide for sign in signs if sign.is_wide is not None}
    chosen |= _by_likeness(signs)
    for line in lines:
        chosen |= _digits(line)
    changed = list(seen)
    for index, marks in groupby(sorted(chosen), key=lambda place: place[0]):
        characters = list(seen[index].characters)
        for _, at in marks:
            characters[at] = _as_wide(characters[at], is_wide=chosen[index, at])
        changed[index] = replace(seen[index], characters=tuple(characters))
    return changed


def _key(text: str) -> str | None:
    """The narrow form of a sign that has two widths, None for everything else."""
    return text if text in _TO_WIDE else _TO_NARROW.get(text)


def _as_wide(character: Character, *, is_wide: bool) -> Character:
    text = character.text
    if text.isascii() == is_wide:
        shifted = chr(ord(text) + (0xFEE0 if is_wide else -0xFEE0))
        return replace(character, text=shifted)
    return character


def _lines(areas: Sequence[Area], arounds: Sequence[Area], seen: Sequence[Seen]) -> list[_Line]:
    """The lines with the places of their characters and the size of their letters."""
    places = [places_of(line, around) for line, around in zip(seen, arounds, strict=True)]
    own = [_step(line, at) for line, at in zip(seen, places, strict=True)]
    heights = [area[3] - area[1] for area in areas]
    shares = [one / height for one, height in zip(own, heights, strict=True) if one]
    share = float(np.median(shares)) if shares else 1 / _INKED
    return [
        _Line(index, areas[index], seen[index], places[index], own[index] or height * share)
        for index, height in enumerate(heights)
    ]


def _step(line: Seen, places: Sequence[float]) -> float:
    """How far Chinese characters of this line stand apart; 0 where too few stand in a row."""
    longest: tuple[int, float] = (0, 0.0)
    start: int | None = None
    for at, character in enumerate([*line.characters, None]):
        if character is not None and "\u4e00" <= character.text <= "\u9fff":
            start = at if start is None else start
        elif start is not None:
            if at - start >= _RUN and at - start > longest[0]:
                longest = at - start, (places[at - 1] - places[start]) / (at - 1 - start)
            start = None
    return longest[1]


def _measured(page: Page, line: _Line) -> Iterator[_Sign]:
    """Every sign of the line whose ink stands alone."""
    left, top, right, bottom = line.area
    filled = np.flatnonzero((page.ink[top:bottom, left:right] > 0).any(axis=0)) + left
    breaks = np.flatnonzero(np.diff(filled) > 1)
    starts = filled[np.append(0, breaks + 1)].tolist()
    ends = (filled[np.append(breaks, len(filled) - 1)] + 1).tolist()
    texts = [one.text for one in line.seen.characters]
    for at, text in enumerate(texts):
        key = _key(text)
        piece = None if key is None else _piece(starts, ends, line, at)
        if key is None or piece is None:
            continue
        begin, end = starts[piece], ends[piece]
        is_wide = None
        alone = not _AMBIGUOUS.intersection(texts[max(at - 1, 0) : at] + texts[at + 1 : at + 2])
        if alone and 0 < piece < len(starts) - 1:
            white = begin - ends[piece - 1], starts[piece + 1] - end
            is_wide = _by_white(key, white, end - begin, line.letter)
        shape = _slenderness(page.grey[max(top - 1, 0) : bottom + 1, max(begin - 1, 0) : end + 1])
        yield _Sign(line.index, at, key, shape, is_wide)


def _slenderness(grey: Picture) -> float:
    """How broad ink is for its height: finer than pixels, since greys are weighed."""
    dark = np.maximum(_PAPER - grey.astype(np.float64), 0)
    across, down = _spread(dark.sum(axis=0)), _spread(dark.sum(axis=1))
    return across / down if down else 0.0


def _spread(weights: NDArray[np.float64]) -> float:
    total = weights.sum()
    if not total:
        return 0.0
    places = np.arange(len(weights))
    middle = (weights * places).sum() / total
    return float(np.sqrt((weights * (places - middle) ** 2).sum() / total))


def _piece(starts: list[int], ends: list[int], line: _Line, at: int) -> int | None:
    """The piece of ink that is the sign: narrow, between its neighbours, nearest to its place."""
    places = line.places
    low = places[at - 1] if at else 0.0
    high = places[at + 1] if at + 1 < len(places) else float(line.area[2])
    nearest = None
    for index in range(bisect_left(ends, low), len(starts)):
        middle = (starts[index] + ends[index]) / 2
        if middle >= high:
            break
        if middle <= low or ends[index] - starts[index] > _BROADEST * line.letter:
            continue
        off = abs(middle - places[at])
        if nearest is None or off < nearest[0]:
            nearest = off, index
    return None if nearest is None else nearest[1]


def _by_white(key: str, white: tuple[int, int], own: int, letter: float) -> bool | None:
    before, behind = white
    taken = (before + own + behind) / letter
    more = before if key in _OPENING else max(white) if key == ":" else behind
    if taken >= _SURELY_WIDE and more >= _WHITE * letter:
        return True
    return False if taken <= _SURELY_NARROW else None


def _by_likeness(signs: Iterable[_Sign]) -> dict[tuple[int, int], bool]:
    """Signs without a measure of their own, held against those of the page that have one."""
    ordered = sorted(signs, key=_family)
    found: dict[tuple[int, int], bool] = {}
    for _, members in groupby(ordered, key=_family):
        group = list(members)
        wide = _middle(sign.shape for sign in group if sign.is_wide is True)
        narrow = _middle(sign.shape for sign in group if sign.is_wide is False)
        for sign in group:
            if sign.is_wide is None:
                to_wide, to_narrow = abs(sign.shape - wide), abs(sign.shape - narrow)
                if min(to_wide, to_narrow) < _LIKE and abs(to_wide - to_narrow) > _NEARER:
                    found[sign.line, sign.at] = to_wide < to_narrow
    return found


def _family(sign: _Sign) -> str:
    """Both brackets of a pair are one shape, mirrored."""
    return {")": "(", "]": "["}.get(sign.key, sign.key)


def _middle(shapes: Iterable[float]) -> float:
    known = list(shapes)
    return float(np.median(known)) if known else np.inf


def _digits(line: _Line) -> dict[tuple[int, int], bool]:
    """Digits that stand in a row, by how far apart they stand."""
    found: dict[tuple[int, int], bool] = {}
    texts = [one.text for one in line.seen.characters]
    start = 0
    for is_digit, run in groupby(texts, key=_DIGITS.__contains__):
        end = start + len(list(run))
        if is_digit and end - start > 1:
            step = (line.places[end - 1] - line.places[start]) / (end - start - 1) / line.letter
            if not _NARROW_STEP < step < _WIDE_STEP:
                found |= {(line.index, at): step >= _WIDE_STEP for at in range(start, end)}
        start = end
    return found

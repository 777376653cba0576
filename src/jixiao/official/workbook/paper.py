"""Where pages end: at a place that fits, and within reach of it, where the fewest cells are cut."""

from collections.abc import Sequence

from jixiao.official.sheet import LANDSCAPE_HEIGHT, PORTRAIT_HEIGHT

#: Line height over font size: that of the free fonts, which are the highest.
LINE = 1.45
_MILLIMETRE = 72 / 25.4
#: Printers round row heights up; a page planned to the brim would spill its last row.
_RESERVE = 8.0
#: A page is left this empty, at most, to keep a group of rows together.
_FULL_ENOUGH = 0.55
#: What it costs to tear a text that some page could hold whole.
TORN = 1000


def page_height(*, landscape: bool) -> float:
    """Points of rows that a page surely holds."""
    return (LANDSCAPE_HEIGHT if landscape else PORTRAIT_HEIGHT) * _MILLIMETRE - _RESERVE


def page_breaks(
    heights: Sequence[float], cuts: Sequence[int], page: float, repeated: tuple[int, float]
) -> list[int]:
    """The rows that begin a further page.

    `cuts` says what a break above each row would cost. `repeated` is the first row
    under the repeated heading and the height of that heading.
    """
    breaks: list[int] = []
    start = 0
    while True:
        under, heading = repeated
        room = page - (heading if start >= under > 0 else 0.0)
        end, least = _reach(heights, start, room)
        if end == len(heights):
            return breaks
        best = _cheapest(cuts, max(least, start + 1), end)
        if cuts[best] >= TORN:
            best = _cheapest(cuts, start + 1, end)
        start = best
        breaks.append(start)


def _cheapest(cuts: Sequence[int], least: int, most: int) -> int:
    return min(range(least, most + 1), key=lambda row: (cuts[row], -row))


def _reach(heights: Sequence[float], start: int, room: float) -> tuple[int, int]:
    """The first row that no longer fits, and the first row at which the page is full enough."""
    used, least = 0.0, 0
    for row in range(start, len(heights)):
        if used + heights[row] > room and row > start:
            return row, least or row
        used += heights[row]
        if not least and used >= room * _FULL_ENOUGH:
            least = row + 1
    return len(heights), least

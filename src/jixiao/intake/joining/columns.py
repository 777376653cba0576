"""One set of columns for two tables that are one: the union of their borders.

A form's upper half has columns its lower half lacks and the other way round. Taking either
half's columns would put cells into the wrong ones; the union keeps every border of both.
"""

from collections.abc import Sequence

from msgspec import Struct

#: Borders closer than this are the same; no letter fits between.
SAME = 3.0
#: Tables whose widths differ more are different tables.
_WIDTH_SLACK = 6.0


class Columns(Struct, frozen=True):
    """The common borders, and where each border of the two tables went."""

    edges: tuple[float, ...]
    first: tuple[int, ...]
    second: tuple[int, ...]


def common_columns(
    first: Sequence[float], second: Sequence[float], widths: tuple[int, int]
) -> Columns | None:
    """Columns for both tables, or None where they cannot be one table.

    Without borders (formats that draw none) the number of columns must agree.
    """
    if not first or not second:
        if widths[0] != widths[1] or bool(first) != bool(second):
            return None
        places = tuple(range(widths[0] + 1))
        return Columns(edges=(), first=places, second=places)
    if abs((first[-1] - first[0]) - (second[-1] - second[0])) > _WIDTH_SLACK:
        return None
    # Odd and even pages may have different margins: the whole table moves sideways.
    shift = first[0] - second[0]
    moved = [edge + shift for edge in second]
    if not _share_a_border(first[1:-1], moved[1:-1]):
        return None
    return _union(first, moved)


def _share_a_border(one: Sequence[float], other: Sequence[float]) -> bool:
    if not one or not other:
        return True
    return any(abs(left - right) <= SAME for left in one for right in other)


def _union(first: Sequence[float], second: Sequence[float]) -> Columns | None:
    edges: list[float] = []
    places: tuple[list[int], list[int]] = ([], [])
    marked = [(edge, 0) for edge in first] + [(edge, 1) for edge in second]
    for edge, owner in sorted(marked):
        index = len(edges) - 1
        taken = places[owner] and places[owner][-1] == index
        if index < 0 or edge - edges[-1] > SAME or taken:
            edges.append(edge)
            index += 1
        places[owner].append(index)
    # The outer borders may differ by more than a hair; they are the same border all the same.
    last = len(edges) - 1
    if places[0][-1] != places[1][-1]:
        edges.pop()
        places[0][-1] = places[1][-1] = last - 1
        if any(len(set(mine)) != len(mine) for mine in places):
            return None
    return Columns(edges=tuple(edges), first=tuple(places[0]), second=tuple(places[1]))

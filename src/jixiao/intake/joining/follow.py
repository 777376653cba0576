"""Which table, if any, goes on in the next one: what stands between them, and how each begins.

Between the halves of one table stand at most page numbers, running heads and the title printed
again. Anything else, a new title above all, makes the next table a new one.
"""

from collections.abc import Sequence

from jixiao.intake.document import Block, Line, Table
from jixiao.intake.joining.continuation import (
    awaits_form,
    has_title,
    is_heading,
    is_inner_row,
    is_page_furniture,
    opens_form,
    same_row,
    squeeze,
)

#: Running heads stand at the same height on their pages, in points.
_SAME_HEIGHT = 5.0
#: A table that ends above this share of the page was not cut by the page's end.
_REACH = 0.5

#: Column borders further apart, in points, are borders of different columns.
_OTHER_COLUMN = 12.0


def running_heads(blocks: Sequence[Block]) -> frozenset[str]:
    """Lines printed on several pages at the same height."""
    seen: dict[str, list[tuple[int, float]]] = {}
    for block in blocks:
        if isinstance(block, Line) and block.box is not None and block.place.page is not None:
            places = seen.setdefault(squeeze(block.text), [])
            places.append((block.place.page, block.box[1]))
    return frozenset(text for text, places in seen.items() if _on_several_pages(places))


def _on_several_pages(places: list[tuple[int, float]]) -> bool:
    first_page, height = places[0]
    return any(page != first_page and abs(top - height) <= _SAME_HEIGHT for page, top in places)


def may_follow(
    upper: Table,
    lower: Table,
    between: Sequence[Line],
    before: Sequence[Line],
    heads: frozenset[str],
) -> bool:
    """Can `lower` be the rest of `upper`, by place and by what stands between?

    `before` are the lines over the upper table: its own title, which a program prints again.
    """
    if not (upper.merges_known and lower.merges_known):
        return False
    last, first = upper.places[-1], lower.places[0]
    if last.sheet is not None or first.sheet is not None:
        return False
    if last.page is not None and (first.page is None or first.page != last.page + 1):
        return False
    own = {squeeze(line.text) for line in before}
    return all(_is_skippable(squeeze(line.text), own, heads) for line in between)


def _is_skippable(text: str, own: set[str], heads: frozenset[str]) -> bool:
    return is_page_furniture(text) or text in heads or text in own


def repeated_rows(rows: Sequence[Sequence[str]], lower: Sequence[Sequence[str]]) -> int:
    """How many first rows of the lower table only repeat the head of the upper one."""
    count = 0
    for row, again in zip(rows, lower, strict=False):
        if not same_row(row, again):
            break
        count += 1
    # Title and year may be printed again, or not, before the column headings from further down.
    if count < len(lower) and is_heading(lower[count]):
        count += int(any(same_row(row, lower[count]) for row in rows[count:]))
    return count


def heads_other_columns(upper: Table, lower: Table, repeated: int) -> bool:
    """Is the heading printed again over columns drawn elsewhere?

    Then its rows fit under it only: joined to the part above, they would stand in wrong columns.
    """
    heading = lower.texts[repeated - 1] if repeated else ()
    if not upper.edges or not lower.edges or not is_heading(heading):
        return False
    above = next((row for row in reversed(upper.texts) if same_row(row, heading)), None)
    if above is None:
        return False
    left, right = _starts(above, upper.edges), _starts(heading, lower.edges)
    return any(abs(one - other) > _OTHER_COLUMN for one, other in zip(left, right, strict=True))


def _starts(row: Sequence[str], edges: Sequence[float]) -> list[float]:
    return [edges[column] - edges[0] for column, text in enumerate(row) if squeeze(text)]


def begins_anew(rows: Sequence[Sequence[str]], rest: Sequence[Sequence[str]]) -> bool:
    """Tell whether the lower table, its repeated head removed, begins as a form begins."""
    if opens_form(rest):
        return not awaits_form(rows) or has_title(rest[:2])
    opening = _first_label(rest[0])
    return bool(opening) and opening in {_first_label(row) for row in rows[:3]}


def _first_label(row: Sequence[str]) -> str:
    return next((text for text in map(squeeze, row) if text), "")


def ends_early(table: Table, next_row: Sequence[str], bottom_of_page: float) -> bool:
    """Is there so much room under the table that no page break can have cut it?

    Programs that keep merged rows together leave room too; what follows is then plainly the
    inside of a form.
    """
    if not table.boxes or not bottom_of_page or is_inner_row(next_row):
        return False
    bottom = max(box[3] for box in table.boxes.values())
    return bottom < _REACH * bottom_of_page

"""Name the official layout a draft was written on, if one of the described ones fits.

A layout only names what was recognised; a table nobody has described is read all the same.
"""

from functools import lru_cache

from jixiao.foundation.text import fold
from jixiao.intake.recognise.draft import Draft
from jixiao.standards.layout import Layout, layouts


def match_layout(draft: Draft) -> str | None:
    """The id of the best fitting layout; None where none fits, or two fit equally well."""
    if draft.heading is None:
        return None
    title = "" if draft.title is None else fold(draft.title.raw)
    columns = tuple(fold(c.text) for c in draft.heading.columns)
    department = draft.fields.get("supervising_department")
    unit = draft.fields.get("implementing_unit")
    parties = "".join(fold(e.raw) for e in (department, unit) if e is not None)
    year = None if draft.year is None else draft.year.value
    return _best(title, columns, parties, year)


@lru_cache(maxsize=256)
def _best(title: str, columns: tuple[str, ...], parties: str, year: int | None) -> str | None:
    """The forms of one unit agree in all of this, so it is worked out once for them."""
    bids = sorted(
        ((_bid(layout, title, columns, parties, year), layout.id) for layout in layouts()),
        reverse=True,
    )
    if not bids or bids[0][0] == 0:
        return None
    if len(bids) > 1 and bids[1][0] == bids[0][0]:
        return None
    return bids[0][1]


def _bid(
    layout: Layout, title: str, columns: tuple[str, ...], parties: str, year: int | None
) -> int:
    """0 where the layout does not fit; more for each particular that agrees."""
    if not any(word in title for word in _folded(layout.titles)):
        return 0
    if not set(_folded(layout.column_headings)) <= set(columns):
        return 0
    bid = 10 + len(layout.column_headings)
    if layout.parties:
        if not any(word in parties for word in _folded(layout.parties)):
            return 0
        bid += 10
    if layout.years:
        if year is not None and not layout.years[0] <= year <= layout.years[-1]:
            return 0
        bid += 5 if year is not None else 0
    return bid


@lru_cache(maxsize=256)
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, words))

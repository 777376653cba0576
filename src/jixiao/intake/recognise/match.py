"""Name the official layout a draft was written on, if one of the described ones fits.

A layout only names what was recognised; a table nobody has described is read all the same. What
decides is the title, the headings the layout itself prints, the kind of form, the parties and
the years. Where two fit equally well nothing is guessed.
"""

from functools import lru_cache

from jixiao.foundation.text import fold
from jixiao.intake.recognise.draft import Draft
from jixiao.standards.layout import Layout, layouts

_TITLE, _PARTIES, _YEARS = 100, 1000, 10


def match_layout(draft: Draft) -> str | None:
    """The id of the best fitting layout; None where none fits, or two fit equally well."""
    columns = [fold(entry.raw) for entry in draft.columns]
    if draft.heading is not None:
        columns += [fold(column.text) for column in draft.heading.columns]
    if not columns:
        return None
    title = "" if draft.title is None else fold(draft.title.raw)
    department = draft.fields.get("supervising_department")
    unit = draft.fields.get("implementing_unit")
    parties = "".join(fold(e.raw) for e in (department, unit) if e is not None)
    year = None if draft.year is None else draft.year.value
    return _best(title, frozenset(columns), parties, year, draft.kind)


@lru_cache(maxsize=256)
def _best(
    title: str, columns: frozenset[str], parties: str, year: int | None, kind: str | None
) -> str | None:
    """The forms of one unit agree in all of this, so it is worked out once for them."""
    bids = sorted(
        (
            (_bid(layout, title, columns, parties, year), layout.id)
            for layout in layouts()
            if kind is None or layout.kind == kind
        ),
        reverse=True,
    )
    if not bids or bids[0][0] == 0:
        return None
    if len(bids) > 1 and bids[1][0] == bids[0][0]:
        return None
    return bids[0][1]


def _bid(
    layout: Layout, title: str, columns: frozenset[str], parties: str, year: int | None
) -> int:
    """0 where the layout does not fit; more for each particular that agrees."""
    headings = _folded(layout.headings)
    named = [len(word) for word in _folded(layout.titles) if word in title]
    if not named or not headings or not headings <= columns:
        return 0
    bid = _TITLE + max(named) + len(headings)
    if layout.parties:
        if not any(word in parties for word in _folded(layout.parties)):
            return 0
        bid += _PARTIES
    if layout.years:
        if year is not None and not layout.years[0] <= year <= layout.years[-1]:
            return 0
        bid += _YEARS if year is not None else 0
    return bid


@lru_cache(maxsize=256)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, words))

"""Name the official layout a draft was written on, if one of the described ones fits.

A layout only names what was recognised; a table nobody has described is read all the same. What
decides is the title, the headings the layout itself prints, the kind of form, the parties and
the years. Where two fit equally well nothing is guessed.
"""

from functools import lru_cache
from typing import NamedTuple

from jixiao.foundation.text import fold
from jixiao.intake.recognise.draft import Draft
from jixiao.intake.recognise.finish import kind_of
from jixiao.standards.layout import Layout, layouts

_TITLE, _PARTIES, _YEARS = 100, 1000, 10


def match_layout(draft: Draft) -> str | None:
    """The id of the best fitting layout; None where none fits, or two fit equally well."""
    heading = draft.heading
    printed = frozenset(fold(entry.raw) for entry in draft.columns)
    known = printed if heading is None else frozenset(fold(c.text) for c in heading.columns)
    if not known or (heading is not None and heading.is_flat):
        return None  # a list of many projects is none of the tables of one
    title = "" if draft.title is None else fold(draft.title.raw)
    department = draft.fields.get("supervising_department")
    unit = draft.fields.get("implementing_unit")
    parties = "".join(fold(e.raw) for e in (department, unit) if e is not None)
    year = None if draft.year is None else draft.year.value
    kind = kind_of(draft).value
    return _best(_Particulars(title, printed | known, known, parties, year, kind))


class _Particulars(NamedTuple):
    """What decides; the forms of one unit agree in all of it, so it is worked out once for them.

    `printed` are all words of the heading rows, `known` the columns that were recognised.
    """

    title: str
    printed: frozenset[str]
    known: frozenset[str]
    parties: str
    year: int | None
    kind: str


@lru_cache(maxsize=256)
def _best(seen: _Particulars) -> str | None:
    bids = sorted(
        ((_bid(layout, seen), layout.id) for layout in layouts() if layout.kind == seen.kind),
        reverse=True,
    )
    if not bids or bids[0][0] == 0:
        return None
    if len(bids) > 1 and bids[1][0] == bids[0][0]:
        return None
    return bids[0][1]


def _bid(layout: Layout, seen: _Particulars) -> int:
    """0 where the layout does not fit; more for each particular that agrees."""
    headings = _folded(layout.headings)
    named = [len(word) for word in _folded(layout.titles) if word in seen.title]
    if not named or not headings or not headings <= seen.printed:
        return 0
    if not layout.column_headings and not seen.known <= headings:
        return 0  # a column more is another table
    bid = _TITLE + max(named) + len(headings)
    if layout.parties:
        if not any(word in seen.parties for word in _folded(layout.parties)):
            return 0
        bid += _PARTIES
    if layout.years:
        if seen.year is not None and not layout.years[0] <= seen.year <= layout.years[-1]:
            return 0
        bid += _YEARS if seen.year is not None else 0
    return bid


@lru_cache(maxsize=256)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, words))

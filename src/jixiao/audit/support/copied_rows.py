"""Which projects of one unit have the same indicators with the same values, row for row.

Several rules need to know: one reports the copies, another the prescribed templates among them,
and the rules on shared work leave complete copies alone. Worked out once per batch.
"""

from weakref import WeakKeyDictionary

from msgspec import Struct

from jixiao.audit.support.near_copies import copies
from jixiao.audit.support.project_nature import Nature, nature_by_name, stated_category
from jixiao.audit.support.sister_forms import sisters
from jixiao.audit.support.template_names import names_an_indicator
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import Batch, FormView, Row
from jixiao.standards.lexicon import Lexicon

RowText = tuple[str, str, str]
Groups = tuple[tuple[int, ...], ...]

#: Forgotten together with the batch, whose forms may be many.
_KNOWN: WeakKeyDictionary[Batch, dict[tuple[float, int], Groups]] = WeakKeyDictionary()

_PRESCRIBED = frozenset((Nature.STAFF_PAY, Nature.RUNNING))
_NATURES = {
    "人员类": Nature.STAFF_PAY,
    "公用经费": Nature.RUNNING,
    "运转类": Nature.RUNNING,
}


class CopyParams(Struct, frozen=True):
    """What makes a copy: `percent` of the rows alike, `fewest_rows` filled."""

    percent: int = 90
    fewest_rows: int = 3


def row_texts(view: FormView) -> frozenset[RowText]:
    """Category, name and value of every row that says something; a row left blank says nothing."""
    return frozenset(
        (heading_of(row), row.name, row.value)
        for row in view.rows
        if row.value and names_an_indicator(row.name)
    )


def heading_of(row: Row) -> str:
    """The row's category, or its level-2 heading where the category is not known."""
    if row.category is not None:
        return row.category
    level2 = row.indicator.level2
    return "" if level2 is None else level2.value or level2.raw


def copied_rows(batch: Batch, threshold: float, fewest: int) -> Groups:
    """Groups of forms whose rows are alike to this share; forms with few rows are left out."""
    known = _KNOWN.setdefault(batch, {})
    if (threshold, fewest) not in known:
        known[threshold, fewest] = _copied_rows(batch, threshold, fewest)
    return known[threshold, fewest]


def _copied_rows(batch: Batch, threshold: float, fewest: int) -> Groups:
    found: list[tuple[int, ...]] = []
    for group in sisters(batch):
        texts = [row_texts(batch.forms[position]) for position in group]
        enough = [one if len(one) >= fewest else frozenset[RowText]() for one in texts]
        found += [tuple(group[i] for i in alike) for alike in copies(enough, threshold)]
    return tuple(found)


def nature_of(view: FormView, lexicon: Lexicon) -> Nature:
    """What the form says of itself, else what its name says."""
    stated = stated_category(view)
    if stated is None:
        return nature_by_name(view, lexicon)
    return _NATURES.get(stated, Nature.OTHER)


def follow_a_template(batch: Batch, group: tuple[int, ...], lexicon: Lexicon) -> bool:
    """Pay and running costs have prescribed indicators, which then recur by right.

    But where running costs carry indicators about staff, the set was copied, not prescribed.
    """
    natures = {nature_of(batch.forms[position], lexicon) for position in group}
    if not natures <= _PRESCRIBED:
        return False
    if len(natures) == 1:
        return True
    about_staff = containing(lexicon.words("personnel_indicator_words"))
    return not any(about_staff.search(row.name) for row in batch.forms[group[0]].rows)

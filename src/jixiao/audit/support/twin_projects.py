"""Projects of one unit that seem to do the same work, and projects that run in parallel.

Twins: one name holds the other (创新社会管理, 村级创新社会管理) and several particular indicators
are the same. Parallel: each name has a part of its own beside a common one (甲村道路硬化,
乙村道路硬化); what is alike in them is alike by right. Worked out once per batch.
"""

from collections import Counter
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from msgspec import Struct

from jixiao.audit.support.plain_clauses import plain
from jixiao.audit.support.project_kinds import bare_project_name
from jixiao.audit.support.sister_forms import project_key, sisters
from jixiao.audit.support.template_names import names_an_indicator
from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import Batch, FormView
from jixiao.form.indicator import Category
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold
from jixiao.standards.profile import Profile

#: A name that more projects of the unit share is idiom, and a bound on the work per name.
_MOST_OWNERS = 8
_SHORTEST_NAME = 5
_SHORTEST_CORE = 4
#: A part that tells stages, lots and years of one undertaking apart.
_STAGE = pattern(r"[\d一二三四五六七八九十]|期|批|标段|上半年|下半年|东|西|南|北")
_YEAR = pattern(r"(?:19|20)\d\d年?度?")
_GENERAL = frozenset(
    (
        Category.OUTPUT_TIMELINESS,
        Category.OUTPUT_COST,
        Category.COST_ECONOMIC,
        Category.SATISFACTION_RECIPIENT,
    )
)


class Twins(Struct, frozen=True):
    """Two positions, the earlier first, and the indicator names they share."""

    one: int
    other: int
    shared: tuple[str, ...]


def core_of_project(view: FormView, profile: Profile) -> str:
    """The project's name without the unit, the year and words any project may carry."""
    general = containing(profile.lexicon.words("general_project_words"))
    return plain(general.sub("", _YEAR.sub("", bare_project_name(view))))


def unit_of_form(view: FormView) -> str:
    """Who carries it out, folded; sub-units of one department are different places."""
    unit = view.form.header.implementing_unit
    return "" if unit is None else fold(unit.raw)


def parallel(one: str, other: str) -> bool:
    """Both core names have a part of their own, and a common part of at least three signs."""
    if not one or not other or one in other or other in one:
        return False
    short, long = sorted((one, other), key=len)
    return any(short[at : at + 3] in long for at in range(len(short) - 2))


#: Forgotten together with the batch, whose forms may be many.
_KNOWN: WeakKeyDictionary[Batch, dict[tuple[str, int], tuple[Twins, ...]]] = WeakKeyDictionary()


def twin_projects(batch: Batch, profile: Profile, fewest: int) -> tuple[Twins, ...]:
    """All pairs of twins of the batch; `fewest` indicator names must be the same."""
    known = _KNOWN.setdefault(batch, {})
    if (profile.id, fewest) not in known:
        known[profile.id, fewest] = tuple(
            pair for group in sisters(batch) for pair in _twins_of(batch, group, profile, fewest)
        )
    return known[profile.id, fewest]


def _twins_of(
    batch: Batch, group: tuple[int, ...], profile: Profile, fewest: int
) -> Iterator[Twins]:
    names = {position: _particular_names(batch.forms[position]) for position in group}
    owners: dict[str, list[int]] = {}
    for position, own in names.items():
        for name in own:
            owners.setdefault(name, []).append(position)
    met = Counter(
        (one, other)
        for at in owners.values()
        if len(at) <= _MOST_OWNERS
        for number, one in enumerate(at)
        for other in at[number + 1 :]
    )
    for (one, other), common in met.items():
        if common >= fewest and _one_undertaking(batch, one, other, profile):
            shared = tuple(name for name in names[one] if name in names[other])
            yield Twins(one, other, shared)


def _particular_names(view: FormView) -> dict[str, None]:
    """Indicator names that say something of the project, in order."""
    return {
        name: None
        for row in view.rows
        if row.category not in _GENERAL
        and names_an_indicator(row.name)
        and len(name := plain(row.name)) >= _SHORTEST_NAME
    }


def _one_undertaking(batch: Batch, one: int, other: int, profile: Profile) -> bool:
    first, second = batch.forms[one], batch.forms[other]
    if project_key(first) == project_key(second) or unit_of_form(first) != unit_of_form(second):
        return False
    short, long = sorted(
        (core_of_project(first, profile), core_of_project(second, profile)), key=len
    )
    if len(short) < _SHORTEST_CORE or short not in long:
        return False
    return not _STAGE.search(long.replace(short, "", 1))

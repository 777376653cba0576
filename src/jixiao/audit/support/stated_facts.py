"""How many villages, communities, branches there are, as a form states it.

A total is stated (下辖 2 个社区, 村委会个数 5 个); a part is what a project covers (支持社区 2 个)
and only says that there are at least so many.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from jixiao.audit.support.word_patterns import containing
from jixiao.audit.support.written_places import goals
from jixiao.audit.view import FormView
from jixiao.form.indicator import Category
from jixiao.foundation.location import SourceRef
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import Comparator
from jixiao.standards.profile import Profile

_CLAUSE = pattern(r"[^,;。!?]+")
_STATES = pattern(
    r"下辖|所辖|管辖|共辖|现辖|辖有|(?<!直)辖(?=\d)|共有|现有|共设有?|下设"
    r"|(?:全[镇乡县区市]|全街道|辖区内?|我[镇乡县区市])(?:共|所有|的)?(?=\d)"
)
_BRACKETED = pattern(r"\([^()]*\)")
_WHOLE = frozenset(("个", "家", "所", None))
_COVERS = r"(?:支持|保障|补助|覆盖|涉及|惠及|服务|扶持|实施)"


class Fact(Struct, frozen=True, kw_only=True):
    """So many of a thing; a part where the form only covers some. `said` is how it is written."""

    thing: str
    number: int
    part: bool
    path: str
    at: SourceRef
    said: str


class _Patterns(Struct, frozen=True, eq=False):
    counted: re.Pattern[str]
    name: re.Pattern[str]


def stated_facts(view: FormView, profile: Profile) -> Iterator[Fact]:
    """Facts of the goals first, then those of the quantity rows."""
    things, patterns = profile.lexicon.table("standing_things"), _patterns(profile)
    for place in goals(view):
        for clause in _CLAUSE.findall(place.text):
            trigger = _STATES.search(clause)
            if trigger is None:
                continue
            for found in patterns.counted.finditer(clause, trigger.end()):
                yield Fact(
                    thing=things[found[2]],
                    number=int(found[1]),
                    part=False,
                    path=place.path,
                    at=place.entry.at,
                    said=found[0],
                )
    for row in view.of(Category.OUTPUT_QUANTITY):
        quantity = row.quantity
        found_name = patterns.name.fullmatch(_BRACKETED.sub("", row.name))
        number = quantity.number
        if found_name is None or number is None or quantity.number_high is not None:
            continue
        exact = quantity.comparator in {None, Comparator.EQUAL}
        if exact and quantity.unit in _WHOLE and quantity.per is None and number == int(number):
            yield Fact(
                thing=things[found_name["thing"]],
                number=int(number),
                part=found_name["covers"] is not None,
                path=f"indicators[{row.index}].target",
                at=row.indicator.target.at,
                said=f"{row.raw_name}{row.raw_value}",
            )


@lru_cache(maxsize=64)
def _patterns(profile: Profile) -> _Patterns:
    words = containing(frozenset(profile.lexicon.table("standing_things"))).pattern
    return _Patterns(
        counted=re.compile(rf"(\d{{1,4}})(?:个|家|所)({words})(?![一-鿿]*?(?:项目|工程|试点))"),
        name=re.compile(
            rf"(?:全镇|全县|全区|全市|全乡|辖区|辖区内)?(?P<covers>{_COVERS})?(?P<thing>{words})"
            r"(?:个数|数量|总数|数)?"
        ),
    )

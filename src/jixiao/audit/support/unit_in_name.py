"""A unit written in the bracket at the end of an indicator's name: `促进创业人数（人）`.

Only brackets that hold a known unit and nothing else count; `（含党报党刊）` is a remark.
"""

from jixiao.foundation.pattern import pattern
from jixiao.foundation.units import unit_of

_BRACKET = pattern(r"\((?:单位[:]?)?([^()]{1,8})\)$")


def unit_in_name(name: str) -> str | None:
    """The unit at the end of this folded name, or None."""
    if not name.endswith(")"):
        return None
    found = _BRACKET.search(name)
    return None if found is None or unit_of(found[1]) is None else found[1]

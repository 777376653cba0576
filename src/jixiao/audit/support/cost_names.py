"""Do a cost indicator and a quantity indicator speak of the same thing?

`组织党员教育培训` with 200 人次 and `组织党员教育培训成本` with 1000 元/次 do. Brackets and words
of cost and counting at the end are no part of the thing.
"""

from functools import lru_cache

from jixiao.audit.support.word_patterns import ending_in
from jixiao.foundation.pattern import pattern
from jixiao.standards.lexicon import Lexicon

_BRACKETS = pattern(r"\([^()]*\)")
_SHORTEST = 2
_SHORTEST_PART = 4


def same_thing(one: str, other: str, lexicon: Lexicon) -> bool:
    """Both folded names, without brackets and tails, are equal or one holds the other."""
    tails = lexicon.words("cost_and_count_tails")
    left, right = thing_named(one, tails), thing_named(other, tails)
    if left == right:
        return len(left) >= _SHORTEST
    short, long = sorted((left, right), key=len)
    return len(short) >= _SHORTEST_PART and short in long


@lru_cache(maxsize=4096)
def thing_named(name: str, tails: frozenset[str]) -> str:
    """Take brackets and tails off a folded indicator name: what is left is the thing itself."""
    thing, pattern = _BRACKETS.sub("", name), ending_in(tails)
    while (tail := pattern.search(thing)) is not None:
        thing = thing[: tail.start()]
    return thing

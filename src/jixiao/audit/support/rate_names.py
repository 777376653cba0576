"""Is an indicator's name the name of a share or a degree, whose value must be in figures?

Names are given folded. A bracket at the end (`合格率（%）`) says how it is counted and is no part
of the name. 效率 and 制度 end like shares and are none: the word lists decide.
"""

from jixiao.audit.support.word_patterns import ending_in
from jixiao.foundation.pattern import pattern
from jixiao.standards.lexicon import Lexicon

_LAST_BRACKET = pattern(r"\([^()]*\)$")


def bare_name(name: str) -> str:
    """The name without a bracket at its end."""
    return _LAST_BRACKET.sub("", name) if name.endswith(")") else name


def rate_ending(name: str, lexicon: Lexicon) -> str | None:
    """The word by which the name is that of a share or degree, or None."""
    bare = bare_name(name)
    if found := ending_in(lexicon.words("measured_degrees")).search(bare):
        return found[0]
    found = ending_in(lexicon.words("rate_endings")).search(bare)
    if found is None or ending_in(lexicon.words("unmeasured_rates")).search(bare):
        return None
    return found[0]

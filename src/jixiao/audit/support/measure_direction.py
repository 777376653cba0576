"""Is more of a measure wanted or unwanted, as far as its name says so plainly?

投诉率 and 事故起数 count mishaps; 投诉办结率 and 事故处置次数 count their handling, which is
wanted. Where the name does not say, the answer is neither: nothing may be built on a guess.
"""

import re
from functools import lru_cache

from jixiao.audit.support.rate_names import bare_name
from jixiao.audit.support.word_patterns import containing, ending_in
from jixiao.standards.lexicon import Lexicon

_NEGATIONS = "不未非欠无"


def is_unwanted(name: str, lexicon: Lexicon) -> bool:
    """The folded name counts mishaps themselves: complaints, accidents, violations."""
    bare = bare_name(name)
    event = _mishap(lexicon.words("unwanted_events"), lexicon.words("event_tails")).search(bare)
    if event is None:
        negated = ending_in(lexicon.words("wanted_measures")).search(bare)
        return negated is not None and bare[: negated.start()].endswith(tuple(_NEGATIONS))
    return containing(lexicon.words("handling_words")).search(bare) is None


def is_wanted(name: str, lexicon: Lexicon) -> bool:
    """The folded name ends in a share or number of which more is better."""
    bare = bare_name(name)
    found = ending_in(lexicon.words("wanted_measures")).search(bare)
    return found is not None and not bare[: found.start()].endswith(tuple(_NEGATIONS))


@lru_cache(maxsize=8)
def _mishap(events: frozenset[str], tails: frozenset[str]) -> re.Pattern[str]:
    def either(words: frozenset[str]) -> str:
        return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))

    return re.compile(f"(?:{either(events)})(?:事件|案件|问题|行为|现象)?(?:{either(tails)})?$")

"""Word lists as compiled patterns, longest word first, one pattern per list and place.

The rules test thousands of names against the same few lists; a list is a frozen set, so the
pattern made of it can be remembered.
"""

import re
from functools import lru_cache


def _alternatives(words: frozenset[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in longest_first) or r"(?!)"


@lru_cache(maxsize=128)
def containing(words: frozenset[str]) -> re.Pattern[str]:
    """Finds any of the words anywhere."""
    return re.compile(_alternatives(words))


@lru_cache(maxsize=128)
def ending_in(words: frozenset[str]) -> re.Pattern[str]:
    """Finds any of the words at the end."""
    return re.compile(f"(?:{_alternatives(words)})$")

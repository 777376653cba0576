"""Does a piece of work named in the goal or in the project's name appear among the indicators?

Compares by the word itself and by the other words the same work goes under (`same_work`); blanks
and widths are folded away by the caller.
"""

from functools import lru_cache

from jixiao.standards.profile import Profile


def appears(word: str, text: str, profile: Profile) -> bool:
    """The word or one of its companions stands in the text."""
    return word in text or any(other in text for other in _companions(word, profile))


@lru_cache(maxsize=4096)
def _companions(word: str, profile: Profile) -> tuple[str, ...]:
    return tuple(profile.lexicon.table("same_work").get(word, "").split())

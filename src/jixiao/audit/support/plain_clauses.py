"""Clauses of a text without signs: what is compared when two texts are held side by side.

Cut at commas and stops, not at 、, which parts the members of one clause.
"""

from collections.abc import Iterator

from jixiao.foundation.pattern import pattern

_ENDS = pattern(r"[,;。!?:\n]")
_SIGNS = pattern(r"[^\w%]")


def plain_clauses(text: str) -> Iterator[str]:
    """The folded text's clauses in order, only letters, digits and characters."""
    for part in _ENDS.split(text):
        if plain := _SIGNS.sub("", part):
            yield plain


def plain(text: str) -> str:
    """The folded text without any signs."""
    return _SIGNS.sub("", text)

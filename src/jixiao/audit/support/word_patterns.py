"""Word lists to look for in texts, longest word first, one finder per list and place.

The rules test thousands of names against the same few lists; a list is a frozen set, so its
finder can be remembered. A finder walks through the text by itself until a pattern pays: a run
over a few forms spends more time compiling patterns of long lists than searching with them.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

#: Characters after which compiling the list would have cost no more than walking on.
_PATIENCE = 4000


class Found:
    """A word of the list and where it stands; answers like a `re.Match`."""

    __slots__ = ("_start", "_word")

    def __init__(self, word: str, start: int) -> None:
        self._word, self._start = word, start

    def __getitem__(self, group: int) -> str:
        return self._word

    def start(self) -> int:
        return self._start

    def end(self) -> int:
        return self._start + len(self._word)


Search = Callable[[str], Found | re.Match[str] | None]


class Containing:
    """Finds any of the words anywhere: the leftmost, and of several there the longest."""

    def __init__(self, words: frozenset[str]) -> None:
        self._words, self._walked = words, 0
        #: The leftmost word of the text, None where there is none.
        self.search: Search = self._walk
        self._by_first: dict[str, list[str]] = {}
        for word in _longest_first(words):
            self._by_first.setdefault(word[:1], []).append(word)

    @property
    def pattern(self) -> str:
        """The words as alternatives of a regular expression."""
        return _alternatives(self._words)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def _walk(self, text: str) -> Found | re.Match[str] | None:
        self._walked += len(text)
        if self._walked > _PATIENCE:
            self.search = self.compiled.search
        by_first = self._by_first
        for start, sign in enumerate(text):
            if sign in by_first:
                for word in by_first[sign]:
                    if text.startswith(word, start):
                        return Found(word, start)
        return None

    def match(self, text: str) -> "Found | None":
        for word in self._by_first.get(text[:1], ()):
            if text.startswith(word):
                return Found(word, 0)
        return None

    def finditer(self, text: str) -> "Iterator[re.Match[str]]":
        return self.compiled.finditer(text) if self._may_hold(text) else iter(())

    def findall(self, text: str) -> list[str]:
        return [found[0] for found in self.finditer(text)]

    def sub(self, other: str, text: str) -> str:
        return self.compiled.sub(other, text) if self._may_hold(text) else text

    def split(self, text: str) -> list[str]:
        return self.compiled.split(text) if self._may_hold(text) else [text]

    def _may_hold(self, text: str) -> bool:
        """A first look, while it may save compiling the list."""
        return self._walked > _PATIENCE or self._walk(text) is not None


class EndingIn:
    """Finds the longest of the words at the end. Looking up a few ends beats any pattern."""

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words
        self._lengths = sorted({len(word) for word in words if word}, reverse=True)

    def search(self, text: str) -> Found | None:
        for length in self._lengths:
            if text[-length:] in self._words:
                return Found(text[-length:], max(len(text) - length, 0))
        return None


def _longest_first(words: frozenset[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _alternatives(words: frozenset[str]) -> str:
    return "|".join(map(re.escape, _longest_first(words))) or r"(?!)"


@lru_cache(maxsize=256)
def containing(words: frozenset[str]) -> Containing:
    """Finds any of the words anywhere."""
    return Containing(words)


@lru_cache(maxsize=256)
def ending_in(words: frozenset[str]) -> EndingIn:
    """Finds any of the words at the end."""
    return EndingIn(words)

"""Groups of equal or nearly equal token sets, found without comparing everything with everything.

Two sets whose Jaccard likeness reaches a threshold share at least one token among the rarest few
of each, so only sets that meet in such a token are compared, and per token only a bounded number
of earlier sets. The cost grows with the number of tokens, also where thousands of sets are alike.
"""

import math
from collections import Counter, deque
from collections.abc import Hashable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)

#: A set is compared with at most so many earlier ones that share one of its rare tokens. Sets
#: alike are joined through any one of them, so that more would only cost time.
COMPARED = 12


def likeness(one: frozenset[T], other: frozenset[T]) -> float:
    """Jaccard likeness: the share of common tokens among all tokens; nothing is like nothing."""
    if not one or not other:
        return 0.0
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def grams(text: str, size: int) -> frozenset[str]:
    """All runs of `size` signs; a shorter text is one run."""
    if len(text) <= size:
        return frozenset((text,)) if text else frozenset()
    return frozenset(text[i : i + size] for i in range(len(text) - size + 1))


def tokens_of(text: str, *, shortest: int, long_from: int) -> frozenset[str]:
    """Pairs of signs for a long text, the whole for a short one, nothing for a mere word."""
    if len(text) < shortest:
        return frozenset()
    return frozenset((text,)) if len(text) < long_from else grams(text, 2)


def copies(sets: Sequence[frozenset[T]], threshold: float) -> list[tuple[int, ...]]:
    """Positions of sets alike, in groups of two and more; blank sets belong to no group."""
    owners: dict[frozenset[T], int] = {}
    chain = _Chain(len(sets))
    for position, tokens in enumerate(sets):
        if tokens:
            chain.join(owners.setdefault(tokens, position), position)
    if threshold < 1:
        for one, other in _alike(list(owners.items()), threshold):
            chain.join(one, other)
    return chain.groups()


def _alike(distinct: list[tuple[frozenset[T], int]], threshold: float) -> Iterator[tuple[int, int]]:
    """Pairs of positions whose sets reach the threshold, by rare tokens in common."""
    often = Counter(token for tokens, _ in distinct for token in tokens)
    # The order of first sight breaks ties, so that no run depends on the hashes of strings.
    rank = {token: number for number, token in enumerate(often)}
    buckets: dict[T, deque[int]] = {}
    for number, (tokens, position) in enumerate(distinct):
        size = len(tokens)
        rare = sorted(tokens, key=lambda token: (often[token], rank[token]))
        seen: set[int] = set()
        for token in rare[: size - math.ceil(threshold * size) + 1]:
            bucket = buckets.setdefault(token, deque(maxlen=COMPARED))
            for earlier in bucket:
                if earlier in seen:
                    continue
                seen.add(earlier)
                other, at = distinct[earlier]
                near = min(size, len(other)) >= threshold * max(size, len(other))
                if near and likeness(tokens, other) >= threshold:
                    yield at, position
            bucket.append(number)


class _Chain:
    """Disjoint groups of positions, joined pair by pair."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def _root(self, position: int) -> int:
        parents = self._parents
        while parents[position] != position:
            parents[position] = parents[parents[position]]
            position = parents[position]
        return position

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._parents[second] = first

    def groups(self) -> list[tuple[int, ...]]:
        found: dict[int, list[int]] = {}
        for position in range(len(self._parents)):
            found.setdefault(self._root(position), []).append(position)
        return [tuple(group) for group in found.values() if len(group) > 1]

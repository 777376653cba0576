"""Things worked out from a content, kept while it is looked at again and again.

A draft is looked at, saved, and its page opened within a second or two, and nothing about it has
changed. What is kept here depends on the content alone; a worker that does not know it works it
out anew.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

V = TypeVar("V")
_EVERY: "WeakSet[Kept[Any]]" = WeakSet()


class Kept(Generic[V]):
    """The results of the last so many questions."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = Lock()
        _EVERY.add(self)

    def of(self, question: Hashable, answer: Callable[[], V]) -> V:
        """The answer kept for this question, or a new one."""
        with self._lock:
            if question in self._known:
                self._known.move_to_end(question)
                return self._known[question]
        found = answer()
        with self._lock:
            self._known[question] = found
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return found

    def forget(self) -> None:
        """Begin with nothing."""
        with self._lock:
            self._known.clear()


def forget_all() -> None:
    """As in a process that has just begun: for tests, and to measure what a first look costs."""
    for one in list(_EVERY):
        one.forget()

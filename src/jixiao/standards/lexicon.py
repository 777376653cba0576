"""Words as data: degree words, outdated phrases, rate endings, staff words, and so on.

A rule asks for a list by its name; the lists live in `data/lexicons/` and a profile may add to
them. Entries are folded for comparison when loaded.
"""

from collections.abc import Mapping

from msgspec import Struct

from jixiao.foundation.errors import StandardsError


class Lexicon(Struct, frozen=True, kw_only=True):
    """Named word lists, and named tables from a word to its replacement or meaning."""

    lists: Mapping[str, frozenset[str]] = {}
    tables: Mapping[str, Mapping[str, str]] = {}

    def words(self, name: str) -> frozenset[str]:
        """The word list `name`; an unknown name is a fault of ours."""
        try:
            return self.lists[name]
        except KeyError:
            raise StandardsError(f"no word list is called {name}") from None

    def table(self, name: str) -> Mapping[str, str]:
        """The table `name`; an unknown name is a fault of ours."""
        try:
            return self.tables[name]
        except KeyError:
            raise StandardsError(f"no word table is called {name}") from None

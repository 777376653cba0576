"""Words as data: degree words, outdated phrases, rate endings, staff words, and so on.

A rule asks for a list by its name; the lists live in `data/lexicons/`, one file per author and
subject, and a profile may add to them. Entries are folded for comparison when loaded. A name
that two files use is refused: nobody could say which of the two a rule means.
"""

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from jixiao.foundation.errors import StandardsError
from jixiao.foundation.text import fold
from jixiao.foundation.typed import build
from jixiao.standards import data_files


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


class Words(Struct, frozen=True, kw_only=True):
    """What one file of `data/lexicons/`, or the `lexicon` part of a profile, says."""

    lists: Mapping[str, tuple[str, ...]] = {}
    tables: Mapping[str, Mapping[str, str]] = {}


@cache
def load() -> Lexicon:
    """All files of `data/lexicons/` as one lexicon."""
    files = {
        name: data_files.document(f"lexicons/{name}.yml").root
        for name in data_files.names("lexicons")
    }
    return merge({name: build(Words, root, f"lexicons/{name}.yml") for name, root in files.items()})


def merge(files: Mapping[str, Words]) -> Lexicon:
    """Several files as one lexicon; every mistake at once."""
    owners: dict[str, str] = {}
    mistakes: list[str] = []
    lists: dict[str, frozenset[str]] = {}
    tables: dict[str, Mapping[str, str]] = {}
    for file, words in files.items():
        for name in (*words.lists, *words.tables):
            if name in owners:
                mistakes.append(f"lexicons/{file}.yml: {name} stands in {owners[name]}.yml too")
            owners[name] = file
        mistakes += [f"lexicons/{file}.yml: {fault}" for fault in _repeated(words)]
        lists |= {name: _folded(entries) for name, entries in words.lists.items()}
        tables |= {name: _folded_table(table) for name, table in words.tables.items()}
    if mistakes:
        raise StandardsError("\n".join(mistakes))
    return Lexicon(lists=lists, tables=tables)


def extend(lexicon: Lexicon, words: Words) -> Lexicon:
    """A lexicon with a profile's own words added; a profile may also bring new lists."""
    if not words.lists and not words.tables:
        return lexicon
    lists, tables = dict(lexicon.lists), dict(lexicon.tables)
    for name, entries in words.lists.items():
        lists[name] = lists.get(name, frozenset()) | _folded(entries)
    for name, table in words.tables.items():
        tables[name] = {**tables.get(name, {}), **_folded_table(table)}
    return Lexicon(lists=lists, tables=tables)


def _folded(entries: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, entries))


def _folded_table(table: Mapping[str, str]) -> dict[str, str]:
    # Only the keys are compared with texts; the values are shown to people as written.
    return {fold(key): value for key, value in table.items()}


def _repeated(words: Words) -> list[str]:
    faults: list[str] = []
    for name, entries in words.lists.items():
        folded = [fold(entry) for entry in entries]
        twice = sorted({word for word in folded if folded.count(word) > 1})
        if "" in folded:
            faults.append(f"{name} holds a blank entry")
        if twice:
            faults.append(f"{name} holds twice: {'、'.join(twice)}")
    return faults

"""The official indicator trees: which heading of a form means which category.

The same category id means the same idea in every tree; a tree says how its headings are printed
and where an idea moved. Headings are looked up folded, without marks such as （必填）, numbering
and the ending 指标, because no two places print them alike.
"""

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import TypeVar

from msgspec import Struct

from jixiao.form.indicator import Category
from jixiao.foundation.errors import StandardsError
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold, strip_marks
from jixiao.foundation.typed import build
from jixiao.standards import data_files

K = TypeVar("K")
V = TypeVar("V")

_NUMBERING = pattern(r"^(?:\(?[0-9一二三四五六七八九十]{1,2}[).、:]|[0-9]{1,2}(?=\D)|[①-⑳])+")
_POINTS = pattern(r"\(?[0-9.]+分\)?$")
_ENDING = "指标"
#: Shorter names hide in too many words to be looked for inside a longer heading.
_SHORTEST_INSIDE = 4


class Heading(Struct, frozen=True, kw_only=True):
    """One official heading and the other ways it is printed."""

    name: str
    variants: tuple[str, ...] = ()


class Marks(Struct, frozen=True, kw_only=True):
    """What the bracketed marks behind a heading demand."""

    required: frozenset[str] = frozenset()
    required_numeric: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()


class TaxonomyFile(Struct, frozen=True, kw_only=True):
    """What one file of `data/taxonomies/` says; a child adds to its parent."""

    id: str
    title: str
    sources: tuple[str, ...]
    verified: bool
    parent: str | None = None
    level1: Mapping[str, Heading]
    level2: Mapping[Category, Heading]
    endings: Mapping[str, Category] = {}
    also_under: Mapping[Category, tuple[str, ...]] = {}
    alone: Mapping[str, Category] = {}
    marks: Marks | None = None
    dropped: frozenset[Category] = frozenset()
    moved: Mapping[str, Mapping[Category, Category]] = {}


class Taxonomy:
    """One tree, ready for looking up headings."""

    def __init__(self, chain: tuple[TaxonomyFile, ...]) -> None:
        own = chain[-1]
        self.id, self.title = own.id, own.title
        self.sources, self.verified = own.sources, own.verified
        self.dropped, self.moved = own.dropped, own.moved
        self.level1 = _merged(file.level1 for file in chain)
        self.level2 = _merged(file.level2 for file in chain)
        self._endings = {
            fold(ending): category for file in chain for ending, category in file.endings.items()
        }
        self._also_under = _merged(file.also_under for file in chain)
        self._alone = _merged(file.alone for file in chain)
        self._marks = next(file.marks for file in reversed(chain) if file.marks is not None)
        self._seen: dict[tuple[str, str], Category | None] = {}

    @cached_property
    def _level1_names(self) -> dict[str, str]:
        return _names(self.level1)

    @cached_property
    def _level2_names(self) -> dict[str, dict[str, Category]]:
        """Level-2 names by the level-1 they stand under; "" holds the names of only one idea."""
        found: dict[str, dict[str, Category]] = {}
        owners: dict[str, set[Category]] = {}
        for category, heading in self.level2.items():
            places = (category.partition(".")[0], *self._also_under.get(category, ()))
            for name in _spellings(heading):
                owners.setdefault(name, set()).add(category)
                for place in places:
                    found.setdefault(place, {})[name] = category
        found[""] = {name: min(ids) for name, ids in owners.items() if len(ids) == 1}
        return found

    def category(self, level1: str, level2: str) -> Category | None:
        """The category of a row under these two headings; None where they do not agree.

        A blank or unknown level 1 is passed over if level 2 alone is clear.
        """
        key = (level1, level2)
        if key not in self._seen:
            if len(self._seen) > 4096:
                self._seen.clear()
            self._seen[key] = self._look_up(plain(level1), plain(level2))
        return self._seen[key]

    def _look_up(self, upper: str, lower: str) -> Category | None:
        place = self._level1_names.get(upper)
        if not lower:
            return None if place is None else self._alone.get(place)
        if place is None and upper:
            # A level-2 heading printed in the level-1 column, or a local level 1.
            place = ""
        names = self._level2_names.get(place or "", {})
        found = names.get(lower)
        if found is None:
            found = self._by_ending(place or "", lower)
        if found is None:
            found = _inside(names, lower)
        return found

    def _by_ending(self, place: str, lower: str) -> Category | None:
        for ending, category in self._endings.items():
            allowed = ("", category.partition(".")[0], *self._also_under.get(category, ()))
            if lower.endswith(ending) and place in allowed:
                return category
        return None

    def mark(self, text: str) -> str | None:
        """`required`, `required_numeric` or `optional`, if the bracketed text is such a mark."""
        return self._mark_names.get(fold(text))

    @cached_property
    def _mark_names(self) -> dict[str, str]:
        marks = self._marks
        return {
            fold(word): kind
            for kind in ("required", "required_numeric", "optional")
            for word in getattr(marks, kind)
        }

    def translate(self, category: Category, to: str) -> Category | None:
        """The same idea in another tree, None where that tree has dropped it."""
        other = load(to)
        moved = self.moved.get(to, {}).get(category, category)
        return moved if moved in other.level2 and moved not in other.dropped else None


@cache
def load(taxonomy_id: str) -> Taxonomy:
    """The tree of that id; the same object each time."""
    chain: list[TaxonomyFile] = []
    following: str | None = taxonomy_id
    while following is not None:
        path = data_files.require(following, "taxonomies", "指标体系")
        file = build(TaxonomyFile, data_files.document(path).root, path)
        if file.id != following or file in chain:
            raise StandardsError(f"{path}: the id {file.id} is wrong, or it is its own ancestor")
        chain.insert(0, file)
        following = file.parent
    return Taxonomy(tuple(chain))


def newest() -> Taxonomy:
    """The tree that knows the headings of all trees: what recognition starts from."""
    return load("cn_mof_2021")


def plain(heading: str) -> str:
    """A heading for looking up: folded, without marks, points, numbering and 指标."""
    name, _ = strip_marks(heading)
    name = _NUMBERING.sub("", name)
    name = _POINTS.sub("", name)
    while name.endswith(_ENDING) and name != _ENDING:
        name = name.removesuffix(_ENDING)
    return name.removeprefix("绩效指标")


def _merged(parts: Iterable[Mapping[K, V]]) -> dict[K, V]:
    together: dict[K, V] = {}
    for part in parts:
        together |= part
    return together


def _spellings(heading: Heading) -> set[str]:
    return {plain(name) for name in (heading.name, *heading.variants)}


def _names(headings: Mapping[str, Heading]) -> dict[str, str]:
    return {name: key for key, heading in headings.items() for name in _spellings(heading)}


def _inside(names: Mapping[str, Category], lower: str) -> Category | None:
    """The one category whose name stands within a longer heading (社会效益指标其一)."""
    found = {names[name] for name in names if len(name) >= _SHORTEST_INSIDE and name in lower}
    return found.pop() if len(found) == 1 else None

"""The rule set of a place and year (口径): which categories it demands, which rules it changes.

Profiles inherit from a parent and only deviate. Rules know no place; a profile switches rules on
or off, changes severities, sets their parameters and names the mandatory categories. Every
figure carries where it comes from and whether that was verified.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from jixiao.form.indicator import Category
from jixiao.standards.lexicon import Lexicon


class RuleSetting(Struct, frozen=True, kw_only=True):
    """What a profile says of one rule; None means nothing. `origin` is file and profile id.

    Where several profiles of a chain speak of the rule, `origin` names each of them with what
    it decided; `origins` has the same by entry (`enabled`, `severity`, `params.tolerance`).
    """

    enabled: bool | None = None
    severity: str | None = None
    params: Mapping[str, Any] = {}
    origin: str = ""
    origins: Mapping[str, str] = {}


class Clue(Struct, frozen=True, kw_only=True):
    """What in a document speaks for this profile: words in names or titles, years, layouts.

    `level1` are level-1 headings that only the tree of this profile has. Years do not speak
    for a profile by themselves; where given, a form of another year does not fall under it.
    """

    words: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    layouts: tuple[str, ...] = ()
    division_codes: tuple[str, ...] = ()
    level1: tuple[str, ...] = ()


class Figure(Struct, frozen=True, kw_only=True):
    """Where one entry of a profile comes from, and whether that was checked word for word."""

    sources: tuple[str, ...]
    verified: bool
    note: str = ""


class Profile(Struct, frozen=True, kw_only=True, eq=False):
    """A resolved profile: the parent's settings with the child's laid over them.

    `chain` lists the ids from the base to this one. `required` are the level-2 categories a form
    must fill, `required_any` groups of which it must fill at least one, `required_numeric` those
    whose value must be a number (必填硬性指标). `required_fields` are paths in the record
    (`header.project_name`, `funding.total`, `narrative.goal`) that a project's form must show
    filled. `optional_columns` are headings of columns other places have and this one does not
    use. `level1` are the level-1 names of its tree with their category prefix. `weights` are
    points by level-1 prefix, empty where the place sets none; `weight_total` is what they add
    up to. `origins` says file, line and profile of each effective entry; `figures` its source.

    Profiles are compared by identity, so that what was worked out for one can be kept.
    """

    id: str
    title: str
    chain: tuple[str, ...]
    taxonomy: str
    lexicon: Lexicon
    verified: bool = False
    sources: tuple[str, ...] = ()
    clue: Clue = Clue()
    in_force_from: date | None = None
    in_force_to: date | None = None
    required: frozenset[Category] = frozenset()
    required_any: tuple[frozenset[Category], ...] = ()
    required_numeric: frozenset[Category] = frozenset()
    required_fields: tuple[str, ...] = ()
    optional_columns: tuple[str, ...] = ()
    level1: Mapping[str, str] = {}
    weights: Mapping[str, str] = {}
    weight_total: str | None = None
    rules: Mapping[str, RuleSetting] = {}
    figures: Mapping[str, Figure] = {}
    origins: Mapping[str, str] = {}

    def in_force(self, year: int | None) -> bool:
        """Whether this rule set holds for a form of that year; an unknown year excludes none."""
        if year is None:
            return True
        begun = self.in_force_from is None or self.in_force_from.year <= year
        return begun and (self.in_force_to is None or year <= self.in_force_to.year)

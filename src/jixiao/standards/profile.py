"""The rule set of a place and year (口径): which categories it demands, which rules it changes.

Profiles inherit from a parent and only deviate. Rules know no place; a profile switches rules on
or off, changes severities, sets their parameters and names the mandatory categories. Every
figure carries where it comes from and whether that was verified.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from jixiao.form.indicator import Category
from jixiao.standards.lexicon import Lexicon


class RuleSetting(Struct, frozen=True, kw_only=True):
    """What a profile says of one rule; None means nothing. `origin` is file and profile id."""

    enabled: bool | None = None
    severity: str | None = None
    params: Mapping[str, Any] = {}
    origin: str = ""


class Clue(Struct, frozen=True, kw_only=True):
    """What in a document speaks for this profile: words in names or titles, years, layouts."""

    words: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    layouts: tuple[str, ...] = ()
    division_codes: tuple[str, ...] = ()


class Profile(Struct, frozen=True, kw_only=True):
    """A resolved profile: the parent's settings with the child's laid over them.

    `chain` lists the ids from the base to this one. `required` are the level-2 categories a form
    must fill, `required_numeric` those whose value must be a number (必填硬性指标).
    `optional_columns` are columns this place does not use. `level1` are the level-1 names of its
    tree with their category prefix. `weights` are points by level-1 prefix, empty where the
    place sets none; `weight_total` is what they add up to.
    """

    id: str
    title: str
    chain: tuple[str, ...]
    taxonomy: str
    lexicon: Lexicon
    verified: bool = False
    sources: tuple[str, ...] = ()
    clue: Clue = Clue()
    required: frozenset[Category] = frozenset()
    required_numeric: frozenset[Category] = frozenset()
    required_fields: tuple[str, ...] = ()
    level1: Mapping[str, str] = {}
    weights: Mapping[str, str] = {}
    weight_total: str | None = None
    rules: Mapping[str, RuleSetting] = {}

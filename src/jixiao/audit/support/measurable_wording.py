"""A measurable wording proposed for an indicator, built from its own name.

Numbers are never invented: an X stands where the unit has to fill in its figure. The templates
are data (`measurable_wording`); the first key found in the name decides.
"""

import re
from functools import lru_cache

from msgspec import Struct

from jixiao.audit.support.word_patterns import Containing, containing
from jixiao.audit.view import Row
from jixiao.foundation.pattern import pattern
from jixiao.standards.profile import Profile

_WHITE = pattern(r"\s+")
_CLAUSE_END = pattern(r"[，,；;。]")
_MARK = "{对象}"
_LONGEST_CLAUSE = 40
_LONGEST_OBJECT = 16
_ANYTHING = "本项工作"
_DEFAULT = "“{对象}≥X（数量和单位，上年为 X）”或“{对象}检查（考核）合格率≥X%”"


def measurable_wording(row: Row, profile: Profile) -> str:
    """One or two measurable wordings, in quotation marks, with X for the figures."""
    words = _words(profile)
    found = words.keys.search(row.name)
    template = _DEFAULT
    if found is not None:
        # The pattern stops at the first place; the order of the table decides instead.
        template = next(text for key, text in words.templates if key in row.name)
    if _MARK not in template:
        return template
    return template.replace(_MARK, _object_of(row.raw_name, words))


class _Words(Struct, frozen=True, eq=False):
    templates: tuple[tuple[str, str], ...]
    keys: Containing
    padding: re.Pattern[str]


@lru_cache(maxsize=64)
def _words(profile: Profile) -> _Words:
    lexicon = profile.lexicon
    templates = lexicon.table("measurable_wording")
    padding = containing(
        lexicon.words("strong_degrees")
        | lexicon.words("weak_degrees")
        | lexicon.words("change_verbs")
        | lexicon.words("keep_verbs")
    ).pattern
    return _Words(
        tuple(templates.items()),
        containing(frozenset(templates)),
        pattern(f"^(?:{padding})++|(?:{padding})++$"),
    )


def _object_of(name: str, words: _Words) -> str:
    """What the indicator is about: its first clause without verbs and degrees around it."""
    first = _CLAUSE_END.split(_WHITE.sub("", name), maxsplit=1)[0]
    if len(first) > _LONGEST_CLAUSE:
        return _ANYTHING
    bare = words.padding.sub("", first)
    return bare if 1 < len(bare) <= _LONGEST_OBJECT else _ANYTHING

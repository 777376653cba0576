"""A measurable wording proposed for an indicator, built from its own name.

Numbers are never invented: an X stands where the unit has to fill in its figure. The templates
are data (`measurable_wording`); the first key found in the name decides.
"""

import re
from functools import lru_cache

from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import Row
from jixiao.standards.lexicon import Lexicon
from jixiao.standards.profile import Profile

_WHITE = re.compile(r"\s+")
_CLAUSE_END = re.compile(r"[，,；;。]")
_MARK = "{对象}"
_LONGEST_OBJECT = 16
_DEFAULT = "“{对象}检查（考核）合格率≥X%”或“{对象}较上年提高≥X 个百分点（上年为 X%）”"


def measurable_wording(row: Row, profile: Profile) -> str:
    """One or two measurable wordings, in quotation marks, with X for the figures."""
    template = next(
        (text for word, text in _templates(profile) if word in row.name),
        _DEFAULT,
    )
    return template.replace(_MARK, _object_of(row.raw_name, profile.lexicon))


@lru_cache(maxsize=64)
def _templates(profile: Profile) -> tuple[tuple[str, str], ...]:
    return tuple(profile.lexicon.table("measurable_wording").items())


def _object_of(name: str, lexicon: Lexicon) -> str:
    """What the indicator is about: its first clause without verbs and degrees around it."""
    first = _CLAUSE_END.split(_WHITE.sub("", name))[0]
    padding = containing(
        lexicon.words("strong_degrees")
        | lexicon.words("weak_degrees")
        | lexicon.words("change_verbs")
        | lexicon.words("keep_verbs")
    ).pattern
    bare = re.sub(f"^(?:{padding})+|(?:{padding})+$", "", first)
    return bare if len(bare) > 1 and len(bare) <= _LONGEST_OBJECT else "本项工作"

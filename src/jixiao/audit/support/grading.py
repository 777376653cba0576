"""Does the form itself say how a qualitative value is judged: grades, points, a scale?

A value in words is allowed where its grades are stated; a rule on wording must then be silent.
"""

from jixiao.audit.support.word_patterns import containing
from jixiao.audit.view import Row
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold
from jixiao.standards.lexicon import Lexicon

_SEPARATORS = pattern(r"[、,;/|·\s]|和|或")
_GRADES = pattern(r"优秀?|良好?|中等?|较?差|低|高|合格|不合格|一般|达标|不达标|好|较好")
_SHORTEST_STANDARD = 4


def has_grading(row: Row, value: str, lexicon: Lexicon) -> bool:
    """A scale stands in the value, or a column of the row defines points or grades."""
    return _is_scale(value, lexicon) or _has_standard(row, lexicon)


def _is_scale(value: str, lexicon: Lexicon) -> bool:
    if containing(lexicon.words("scale_words")).search(_SEPARATORS.sub("", value)):
        return True
    parts = [part for part in _SEPARATORS.split(value) if part]
    return len(parts) > 1 and all(_GRADES.fullmatch(part) for part in parts)


def _has_standard(row: Row, lexicon: Lexicon) -> bool:
    headings = containing(lexicon.words("grading_headings"))
    return any(
        len(fold(remark.entry.raw)) >= _SHORTEST_STANDARD and headings.search(fold(remark.label))
        for remark in row.indicator.remarks
    )

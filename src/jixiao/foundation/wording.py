"""Read values without a number: a sign alone, a unit alone, 每月, ≥Ⅲ类, 不低于上年度水平."""

import itertools
from collections.abc import Iterator

from msgspec.structs import replace

from jixiao.foundation.comparators import Mark, combine, is_sign, mark_behind, marks_before
from jixiao.foundation.quantity import Quantity, ValueKind
from jixiao.foundation.scanning import each_before, read_unit, without_each
from jixiao.foundation.units import kind_of_unit, stands_alone

PLAIN_QUALITATIVE = Quantity(kind=ValueKind.QUALITATIVE)


def read_words(text: str) -> Quantity:
    """Read words without any sign of a number; 吨 alone is a unit whose number was forgotten."""
    if stands_alone(text):
        return Quantity(kind=kind_of_unit(text), unit=text, doubtful=True)
    return PLAIN_QUALITATIVE


def read_wording(text: str, hidden: str) -> Quantity:
    """No number at all: a sign alone, a unit alone, 每月, ≥Ⅲ类, 不低于上年度水平."""
    marks = tuple(mark for mark in marks_before(hidden) if mark.far)
    leading = tuple(itertools.takewhile(lambda pair: pair[1].start == pair[0], _chained(marks)))
    chosen = tuple(mark for _, mark in leading)
    # 不低于上年度水平 compares with something that is no number: only a printed sign counts there.
    comparator, doubtful = combine(tuple(mark for mark in chosen if is_sign(mark.glyph)))
    words = text[chosen[-1].end :] if chosen else text
    glyphs = tuple(mark.glyph for mark in chosen)
    if chosen and not words:
        return Quantity(
            kind=ValueKind.UNREADABLE, comparator=comparator, glyphs=glyphs, doubtful=True
        )
    if (lonely := _read_lonely_unit(words.strip("()"))) is not None:
        return replace(lonely, comparator=lonely.comparator or comparator, glyphs=glyphs)
    per = each_before(text) if text.startswith("每") else None
    if per is not None and not without_each(text):
        return Quantity(kind=ValueKind.FREQUENCY, per=per)
    if not chosen:
        return PLAIN_QUALITATIVE
    return Quantity(
        kind=ValueKind.QUALITATIVE,
        comparator=comparator,
        glyphs=glyphs,
        rest=words,
        doubtful=doubtful,
    )


def _read_lonely_unit(words: str) -> Quantity | None:
    """`≥%`, `次/年`, `人以上`: everything but the number."""
    place = read_unit(words, 0)
    if place.unit is None or not (place.known and stands_alone(place.unit)):
        return None
    behind = mark_behind(words, place.end)
    if (place.end if behind is None else behind.end) != len(words):
        return None
    return Quantity(
        kind=kind_of_unit(place.unit, place.per),
        comparator=None if behind is None else behind.comparator,
        unit=place.unit,
        per=place.per,
        doubtful=True,
    )


def _chained(marks: tuple[Mark, ...]) -> Iterator[tuple[int, Mark]]:
    """Pair each mark with the place where it would have to begin to follow the last one."""
    place = 0
    for mark in marks:
        yield place, mark
        place = mark.end

"""Comparison signs and words as written at one number: one, two side by side, one on each side.

What a value means is read by the value grammar; here only the way it is written matters, on
folded text.
"""

from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from jixiao.foundation.comparators import DIRECTION_DOWN, DIRECTION_UP, mark_behind, marks_before
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import Comparator

_NUMBER = pattern(r"-?\d+(?:,\d{3})*(?:\.\d+)?")
_UNIT = pattern(r"[^\d,、;。()]{0,6}?(?=(?:及|或|含|和)?(?:以上|之上|以下|之下|以内|之内)|$)")
_BOUNDS = pattern(r"[≥>](-?\d+(?:\.\d+)?)([^\d≥≤<>]{0,6})[≤<](-?\d+(?:\.\d+)?)([^\d≥≤<>]{0,6})$")
_JOINING = "且并和x,"
#: 控制在…以内 is one expression, not two.
_FRAMES = ("控制在", "限制在")


class StackedSigns(Struct, frozen=True):
    """The signs at one number. `before` and `after` are the text around them without signs."""

    signs: tuple[str, ...]
    comparators: frozenset[Comparator]
    before: str
    after: str

    @property
    def direction(self) -> str | None:
        """The one sign that says as much as all of them, None where they contradict."""
        if self.comparators <= DIRECTION_UP | {Comparator.EQUAL}:
            return "≥"
        if self.comparators <= DIRECTION_DOWN | {Comparator.EQUAL}:
            return "≤"
        return None

    @property
    def single(self) -> str | None:
        """The value with that one sign."""
        sign = self.direction
        return None if sign is None else f"{self.before}{sign}{self.after}"


def stacked_signs(value: str) -> StackedSigns | None:
    """Two or more comparison signs or words at one number of this folded text, or None."""
    marks = marks_before(value)
    if not marks:
        return None
    for first, second in pairwise(marks):
        if Comparator.ABOUT in (first.comparator, second.comparator):
            continue
        if first.end == second.start and first.glyph not in _FRAMES:
            return StackedSigns(
                signs=(first.glyph, second.glyph),
                comparators=frozenset((first.comparator, second.comparator)),
                before=value[: first.start],
                after=value[second.end :],
            )
    return None if len(marks) != 1 else _on_both_sides(value, marks[0].end)


def _on_both_sides(value: str, start: int) -> StackedSigns | None:
    """`≥95%以上`: a sign before the only number and a word of bounds at the very end."""
    mark = marks_before(value)[0]
    if mark.glyph in _FRAMES or mark.comparator is Comparator.ABOUT:
        return None
    number = _NUMBER.match(value, start)
    unit = None if number is None else _UNIT.match(value, number.end())
    if unit is None:
        return None
    behind = mark_behind(value, unit.end())
    if behind is None or behind.end != len(value) or behind.comparator is Comparator.ABOUT:
        return None
    return StackedSigns(
        signs=(mark.glyph, behind.glyph),
        comparators=frozenset((mark.comparator, behind.comparator)),
        before=value[: mark.start],
        after=value[start : unit.end()],
    )


def crossed_bounds(value: str) -> tuple[str, str] | None:
    """Lower and upper bound where the lower is the larger one: `≥90%且≤80%`."""
    bounds = _BOUNDS.search(value)
    if bounds is None:
        return None
    low, low_unit, high, high_unit = bounds.groups()
    if low_unit.strip(_JOINING) not in ("", high_unit) or Decimal(low) <= Decimal(high):
        return None
    return low + high_unit, high + high_unit

"""A target value that consists of words only: it is filled in, and no figure stands in it.

Blank cells, 不适用 and dates are something else; so is 全年 or 一级, which the value grammar
reads as a span or a grade. 十余次 and 百分之九十五 hold figures.
"""

from jixiao.audit.view import Row
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import ValueKind

_FIGURE = pattern(r"\d")
_WORDS = frozenset((ValueKind.QUALITATIVE, ValueKind.UNREADABLE))


def is_wordy(row: Row) -> bool:
    """Words only, in a cell that somebody has filled in."""
    quantity = row.quantity
    if not row.value or quantity.kind not in _WORDS or quantity.number is not None:
        return False
    return _FIGURE.search(row.value) is None

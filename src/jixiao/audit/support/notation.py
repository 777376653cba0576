"""Uneven notation: full-width figures, stray blanks, Western and Chinese marks side by side.

Each kind of unevenness knows where it occurs and how the cell reads without it. Two kinds count
only when the form uses both ways (`2 人` beside `3人`, `(必填)` beside `（必填）`): a form that
is consistent in its own way is not at fault. What a cell means never changes.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from msgspec import Struct

from jixiao.foundation.pattern import pattern

_CJK = "\u3400-\u9fff"
_BLANKS = " \t\u00a0\u3000"
_BLANK = "[ \t\u00a0\u3000]"
_MORE = f"{_BLANK}*"
# The first blank of a run: a cell of blanks must not cost its square.
_FIRST = f"(?<!{_BLANK}.)"
_WIDE_SIGNS = frozenset(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), 0xFF05))) | (
    frozenset(map(chr, range(0xFF41, 0xFF5B)))
)
_SIGNS = "≥≤≧≦＞＜＝><="
# Each pattern begins with the rarest sign it needs, so that a search passes over the rest quickly.
_WIDE = pattern("[０-９Ａ-Ｚａ-ｚ％]")
_SIGN_BLANK = pattern(
    f"{_BLANK}(?:(?<=[{_SIGNS}].){_MORE}(?=[\\d０-９])|(?<=[\\d０-９].){_MORE}(?=[%％‰]))"
)
_BRACKET_BLANK = pattern(f"{_BLANK}(?:(?<=[(（].){_MORE}|{_FIRST}{_MORE}(?=[)）]))")
_UNIT_BLANK = pattern(f"{_BLANK}(?<=\\d.){_MORE}(?=[{_CJK}])")
# Taken out along with the blanks behind figures, or 12 月 10 日 would become 12月 10日.
_BEFORE_FIGURE = pattern(f"{_BLANK}(?<=[{_CJK}].){_MORE}(?=\\d)")
_UNIT_CLOSE = pattern(f"\\d[{_CJK}]")
_HALF_BRACKET = pattern(f"[()](?:(?=[{_CJK}])|(?<=[{_CJK}].)|(?<=[{_CJK}] .))")
_FULL_BRACKET = pattern("[（）]")
_HALF_POINT = pattern(f"[,;:?!](?<=[{_CJK}].){_BLANK}*")
_FULL_POINT = pattern("[，；：？！。、]")
_TO_NARROW = {ord(sign): chr(ord(sign) - 0xFEE0) for sign in _WIDE_SIGNS}
_TO_WIDE = str.maketrans("(),;:?!", "（），；：？！")
_AROUND_BRACKET = pattern(f"{_BLANK}(?:{_FIRST}{_MORE}(?=[(（])|(?<=[)）].){_MORE}(?=[{_CJK}]))")


class Unevenness(Struct, frozen=True):
    """What is uneven in a form: the kinds with how many cells show them, and each cell's kinds."""

    kinds: tuple[tuple[str, int], ...]
    cells: Mapping[int, tuple[str, ...]]


WIDE = "全角的数字、字母或百分号"
SIGN_BLANK = "比较符号、百分号与数字之间的空格"
BRACKET_BLANK = "括号里多余的空格"
UNIT_BLANK = "数字和单位之间的空格有的有、有的没有"
BRACKETS = "全角、半角括号混用"
POINTS = "全角、半角标点混用"
# The signs of which one must occur; for the many wide ones the pattern itself is the quickest.
_ALWAYS = (
    (WIDE, "", _WIDE),
    (SIGN_BLANK, _BLANKS, _SIGN_BLANK),
    (BRACKET_BLANK, _BLANKS, _BRACKET_BLANK),
)
_WHEN_MIXED = (
    (UNIT_BLANK, _BLANKS, _UNIT_BLANK, _UNIT_CLOSE),
    (BRACKETS, "()", _HALF_BRACKET, _FULL_BRACKET),
    (POINTS, ",;:?!", _HALF_POINT, _FULL_POINT),
)


def unevenness(texts: Sequence[str], values: frozenset[int] = frozenset()) -> Unevenness:
    """Find the uneven cells among these texts of one form, by kind.

    `values` are the positions of target values: their brackets follow the figures they stand by.
    """
    whole = "\n".join(texts)
    ends = list(accumulate(len(text) + 1 for text in texts))
    counted: list[tuple[str, int]] = []
    cells: dict[int, tuple[str, ...]] = {}
    for kind, fault in _kinds(whole):
        hits = {bisect_right(ends, match.start()) for match in fault.finditer(whole)}
        if kind == BRACKETS:
            hits -= values
        if hits:
            counted.append((kind, len(hits)))
            cells.update((place, (*cells.get(place, ()), kind)) for place in hits)
    return Unevenness(kinds=tuple(counted), cells=cells)


def _kinds(whole: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The kinds that may occur in the form; looking for their signs rules most of them out."""
    for kind, needed, fault in _ALWAYS:
        if not needed or any(sign in whole for sign in needed):
            yield kind, fault
    for kind, needed, fault, other in _WHEN_MIXED:
        if any(sign in whole for sign in needed) and other.search(whole):
            yield kind, fault


@lru_cache(maxsize=1024)
def tidied(text: str, kinds: tuple[str, ...]) -> str:
    """The text without these kinds of unevenness."""
    if WIDE in kinds:
        text = text.translate(_TO_NARROW)
    if SIGN_BLANK in kinds:
        text = _SIGN_BLANK.sub("", text)
    if BRACKET_BLANK in kinds:
        text = _BRACKET_BLANK.sub("", text)
    if UNIT_BLANK in kinds:
        text = _BEFORE_FIGURE.sub("", _UNIT_BLANK.sub("", text))
    if BRACKETS in kinds:
        text = _AROUND_BRACKET.sub("", text).translate({40: "（", 41: "）"})
    if POINTS in kinds:
        text = _HALF_POINT.sub(lambda match: match[0][0].translate(_TO_WIDE), text)
    return text

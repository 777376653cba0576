"""Make one `Quantity` of the quantities found in a text, or say that it is not one.

One quantity with words around it is that quantity. Two are a range or two bounds when the words
between them say so (80%-90%, ≥95%，≤98%, 90%≤x≤95%, 100±5%). Anything else is words with
numbers in it.
"""

import re
from decimal import Context, Decimal

from jixiao.foundation.comparators import (
    DIRECTION_DOWN,
    DIRECTION_UP,
    SIGNS,
    Mark,
    combine,
    comparator_of,
    marks_before,
)
from jixiao.foundation.numerals import DIGITS, LONGEST_NUMBER, read_digits
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import Comparator, Quantity, ValueKind
from jixiao.foundation.scanning import Token, each_before, read_unit, without_each
from jixiao.foundation.units import dimension_of, is_bare_multiple, is_time, kind_of_unit

EXACT = Context(prec=4 * LONGEST_NUMBER)
_DASH = pattern("-{1,2}|~|至|到|─")
_AND = pattern("[,;、]?(?:且|并且?|而|同时|但|和|或)?")
_BETWEEN = pattern(
    rf"(?P<low>{SIGNS})(?P<word>[A-Za-z]|[\u4e00-\u9fffA-Za-z]{{1,12}})(?P<high>{SIGNS})"
)
_BREAK = pattern("[,;。:\ue000]")
_FARTHEST = 12
_NO_GAP = ("达到", "达", "为", "在", "是", "(", ")", "到", "达到了")
_RANKS = ("名", "位", "强", "%", None)
_PUNCTUATION = ",;。:、()\"'"
_INTERVAL = pattern(
    rf"(?P<open>[\[(])(?P<low>-?{DIGITS})(?P<unit1>[^\d,()\[\]]{{0,6}})[,~-]"
    rf"(?P<high>-?{DIGITS})(?P<unit2>[^\d,()\[\]]{{0,6}})(?P<close>[\])])(?P<unit3>[^\d,()\[\]]{{0,6}})"
)
_GROUPED = pattern(r"\(\d{1,3}(?:,\d{3})+\)")


def read_tokens(text: str, tokens: tuple[Token, ...], *, money_expected: bool) -> Quantity:
    """Read a compact text in which these quantities were found."""
    if len(tokens) == 1:
        return _single(text, tokens[0], money_expected=money_expected)
    if len(tokens) == 2 and (found := _pair(text, tokens[0], tokens[1])) is not None:
        return found
    return several(tuple(token.number for token in tokens))


def several(numbers: tuple[Decimal, ...]) -> Quantity:
    """Make words that hold numbers but are not one quantity."""
    return Quantity(kind=ValueKind.QUALITATIVE, numbers=numbers)


def read_interval(text: str) -> Quantity | None:
    """Read `[80,90)`; round brackets alone count only where they are no grouped number."""
    match = _INTERVAL.fullmatch(text)
    if match is None or _GROUPED.fullmatch(text) is not None:
        return None
    low, high = (_signed(match[name]) for name in ("low", "high"))
    unit = match["unit3"] or match["unit2"] or match["unit1"] or None
    place = None if unit is None else read_unit(unit, 0)
    if low is None or high is None or (place is not None and place.end != len(unit or "")):
        return None
    return Quantity(
        kind=ValueKind.RANGE,
        number=min(low, high),
        number_high=max(low, high),
        unit=None if place is None else place.unit,
        per=None if place is None else place.per,
        glyphs=(match["open"], match["close"]),
        doubtful=low > high,
    )


def _signed(text: str) -> Decimal | None:
    number = read_digits(text.removeprefix("-"))
    return number.copy_negate() if number is not None and text.startswith("-") else number


def _marks_for(text: str, start: int, end: int) -> tuple[tuple[Mark, ...], int]:
    """The marks before a number, and where the first of them begins."""
    chosen: list[Mark] = []
    edge = end
    for mark in reversed(marks_before(text[start:end])):
        gap = text[start + mark.end : edge]
        near = not gap or gap in _NO_GAP
        far = mark.far and not chosen and len(gap) <= _FARTHEST and not _BREAK.search(gap)
        if not (near or far):
            break
        chosen.append(mark)
        edge = start + mark.start
        if gap and not near:
            break
    return tuple(reversed(chosen)), edge


def _single(text: str, token: Token, *, money_expected: bool) -> Quantity:
    marks, edge = _marks_for(text, 0, token.start)
    if is_time(token.unit) and marks and marks[-1].glyph == "近":
        marks, edge = (), token.start
    comparator, doubtful = combine((*marks, *token.marks))
    glyphs = tuple(mark.glyph for mark in (*marks, *token.marks))
    if token.is_rough:
        comparator, glyphs = comparator or Comparator.ABOUT, (*glyphs, "余")
    head, tail = text[:edge], text[token.end :]
    if marks and marks[-1].end < token.start:
        head += text[marks[-1].end : token.start]
    if text.endswith("±", 0, token.start):
        return _around_zero(token)
    if head.endswith("前") and token.unit in _RANKS:
        return several((token.number,))
    number = token.number
    unit = token.unit
    if head.endswith("¥"):
        unit, head = unit or "元", head[:-1]
    for word in ("负", "零下"):
        if head.endswith(word):
            number, head = number.copy_negate(), head.removesuffix(word)
    bare = token.unit is None and not text.endswith("¥", 0, token.start)
    if bare and not marks and not token.marks and _is_inside_words(head, tail):
        return several((token.number,))
    per, head = _per(token, head)
    kind = kind_of_unit(unit, per)
    if is_bare_multiple(unit):
        kind, doubtful = (ValueKind.MONEY if money_expected else kind), True
    return Quantity(
        kind=kind,
        comparator=comparator,
        number=number,
        unit=unit,
        per=per,
        doubtful=doubtful or _is_unclear(token, tail),
        glyphs=glyphs,
        rest=(head + tail).strip(_PUNCTUATION),
        written_unit=_written(token, per),
    )


def _is_unclear(token: Token, tail: str) -> bool:
    """A sign behind the number (95%≥), a doubled %, or words where the unit should stand."""
    behind = token.marks and comparator_of(token.marks[0].glyph) is not None
    return bool(behind) or tail[:1] in ("%", "‰") or (token.unit is None and bool(tail))


def _is_inside_words(head: str, tail: str) -> bool:
    """A number without unit between words is part of them: 按3号文件执行."""
    return bool(head) and bool(tail) and tail[0] not in ",;。)("


def _per(token: Token, head: str) -> tuple[str | None, str]:
    """每人每月 before the number; a rate per month is no frequency, so % is left alone."""
    if "每" not in head or dimension_of(token.unit) == "percent":
        return token.per, head
    per, words = each_before(head), without_each(head)
    if per is None or (token.per is not None and words):
        return token.per, head
    return (per if token.per is None else f"{per}·{token.per}"), words


def _written(token: Token, per: str | None) -> str | None:
    plain = token.unit if per is None else f"{token.unit}/{per}"
    return None if token.written_unit == plain else token.written_unit


def _around_zero(token: Token) -> Quantity:
    return Quantity(
        kind=ValueKind.RANGE,
        number=token.number.copy_negate(),
        number_high=token.number,
        unit=token.unit,
        per=token.per,
        glyphs=("±",),
    )


def _pair(text: str, one: Token, two: Token) -> Quantity | None:
    between = text[one.end : two.start]
    if not one.marks and _DASH.fullmatch(between) is not None:
        return _range(text, one, two, between)
    if not one.marks and between == "±":
        return _plus_minus(one, two)
    if between == "/":
        return _share(text, one, two)
    if (match := _BETWEEN.fullmatch(between)) is not None:
        return _enclosed(text, one, two, match)
    return _bounds(text, one, two)


def _share(text: str, one: Token, two: Token) -> Quantity:
    """`≤9/10万`: a share written as a fraction is no plain number, but its sign is plain."""
    marks, _ = _marks_for(text, 0, one.start)
    comparator, doubtful = combine((*marks, *two.marks))
    return Quantity(
        kind=ValueKind.QUALITATIVE,
        comparator=comparator,
        glyphs=tuple(mark.glyph for mark in (*marks, *two.marks)),
        numbers=(one.number, two.number),
        doubtful=doubtful,
    )


def _range(text: str, one: Token, two: Token, dash: str) -> Quantity | None:
    low, high = one.number, two.number
    if dash == "--" and low < 0:
        high = high.copy_negate()
    unit = two.unit or one.unit
    doubtful = low > high
    if not _same_unit(one.unit, two.unit):
        return None
    marks, edge = _marks_for(text, 0, one.start)
    comparator, unclear = combine((*marks, *two.marks))
    head = text[:edge]
    per, head = _per(two if two.per is not None or one.per is None else one, head)
    return Quantity(
        kind=ValueKind.RANGE,
        comparator=comparator,
        number=min(low, high),
        number_high=max(low, high),
        unit=unit,
        per=per,
        doubtful=doubtful or unclear or comparator not in (None, Comparator.ABOUT),
        glyphs=tuple(mark.glyph for mark in (*marks, *two.marks)),
        rest=(head + text[two.end :].removeprefix("之间")).strip(_PUNCTUATION),
        written_unit=_written(two, per) if two.unit is not None else None,
    )


def _same_unit(one: str | None, two: str | None) -> bool:
    """5-10 天 has its unit once; 1万-2万元 has it once and a half."""
    return None in (one, two) or one == two or (is_bare_multiple(one) and two == f"{one}元")


def _plus_minus(one: Token, two: Token) -> Quantity:
    unit = two.unit or one.unit
    return Quantity(
        kind=ValueKind.RANGE,
        number=EXACT.subtract(one.number, two.number),
        number_high=EXACT.add(one.number, two.number),
        unit=unit,
        per=two.per or one.per,
        glyphs=("±",),
        doubtful=one.unit != two.unit,
    )


def _enclosed(text: str, one: Token, two: Token, match: re.Match[str]) -> Quantity | None:
    """`90%≤x≤95%`, or from high to low with ≥."""
    first, second = comparator_of(match["low"]), comparator_of(match["high"])
    if first in DIRECTION_DOWN and second in DIRECTION_DOWN:
        low, high = one, two
    elif first in DIRECTION_UP and second in DIRECTION_UP:
        low, high = two, one
    else:
        return None
    glyphs = (match["low"], match["high"])
    return _bounded(low, high, glyphs, text[: one.start] + match["word"] + text[two.end :])


def _bounds(text: str, one: Token, two: Token) -> Quantity | None:
    """`≥95%，≤98%`, `大于90%小于100%`: one lower and one upper bound, nothing else between."""
    first, edge_one = _marks_for(text, 0, one.start)
    second, edge_two = _marks_for(text, one.end, two.start)
    up, _ = combine((*first, *one.marks))
    down, _ = combine((*second, *two.marks))
    if _AND.fullmatch(text, one.end, edge_two) is None:
        return None
    glyphs = tuple(mark.glyph for mark in (*first, *one.marks, *second, *two.marks))
    rest = text[:edge_one] + text[two.end :]
    if up in DIRECTION_UP and down in DIRECTION_DOWN:
        return _bounded(one, two, glyphs, rest)
    if up in DIRECTION_DOWN and down in DIRECTION_UP:
        return _bounded(two, one, glyphs, rest)
    return None


def _bounded(low: Token, high: Token, glyphs: tuple[str, ...], rest: str) -> Quantity | None:
    if low.unit is not None and high.unit is not None and low.unit != high.unit:
        return None
    source = high if high.unit is not None else low
    return Quantity(
        kind=ValueKind.RANGE,
        number=low.number,
        number_high=high.number,
        unit=source.unit,
        per=source.per,
        glyphs=glyphs,
        doubtful=low.number > high.number,
        rest=rest.strip(_PUNCTUATION),
    )

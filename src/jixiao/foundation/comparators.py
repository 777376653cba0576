"""Comparison signs and words: `≥`, `不低于`, `以上`, `=>`, and what several together mean.

A word of comparison stands before the number (不低于95%) or behind it (95%以上). Some words may
have others between them and the number (至少组织1次); short ones (近, 超, 最高) must touch it.
"""

import re

from msgspec import Struct

from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import Comparator

_MORE, _LESS, _SAME = "[>＞﹥]", "[<＜﹤]", "[=＝﹦═]"
_NOT = "(?:不|未|没有)(?:得|应当?|能|可|宜|会|要|再|准|允许)?"
_OR = "(?:或者?|及|和|且)?"
GLYPHS: tuple[tuple[Comparator, str], ...] = (
    (Comparator.AT_LEAST, rf"[≥≧⩾≽≿⪰]|{_MORE}{_SAME}|{_SAME}{_MORE}|&ge;|&gt;="),
    (Comparator.AT_MOST, rf"[≤≦⩽≼≾⪯]|{_LESS}{_SAME}|{_SAME}{_LESS}|&le;|&lt;="),
    (Comparator.MORE_THAN, rf"{_MORE}|^〉|&gt;"),
    (Comparator.LESS_THAN, rf"{_LESS}|^〈|&lt;"),
    (Comparator.EQUAL, _SAME),
    (Comparator.ABOUT, "[≈≒≓≅≃≌]"),
)
SIGNS = "(?:" + "|".join(words for _, words in GLYPHS) + ")"
_SIGN = pattern(SIGNS)
_FAR_WORDS: tuple[tuple[Comparator, str], ...] = (
    (
        Comparator.AT_LEAST,
        (
            f"{_NOT}(?:低于|少于|小于|短于|下于|亚于|劣于|差于|早于)|(?:大于|高于|多于){_OR}等于"
            f"|等于{_OR}(?:大于|高于|多于)|达到(?:或|及|并)超过|至少|起码"
        ),
    ),
    (
        Comparator.AT_MOST,
        (
            f"{_NOT}(?:高于|超过|超出|多于|大于|超|长于|晚于|迟于|突破)|(?:小于|低于|少于){_OR}等于"
            f"|等于{_OR}(?:小于|低于|少于)|至多|控制在|限制在"
        ),
    ),
)
_NEAR_WORDS: tuple[tuple[Comparator, str], ...] = (
    (Comparator.AT_LEAST, "最少|最低|下限为?"),
    (Comparator.AT_MOST, "最多|最高|最大|上限为?"),
    (Comparator.MORE_THAN, "大于|高于|多于|超过|超出|优于|超|突破|长于|逾|晚于|迟于"),
    (Comparator.LESS_THAN, "小于|低于|少于|不足|不到|不满|短于|未达到?|早于"),
    (Comparator.EQUAL, "等于|恰好|恰为|正好|固定为"),
    # 节约10万元 and 附近5个村 are no estimates.
    (
        Comparator.ABOUT,
        "大约为?|(?<![节预签违公合契条特制邀相缩])约为?|大概|接近|将近|(?<![临附最邻靠])近|~",
    ),
)
_SUFFIX_WORDS: tuple[tuple[Comparator, str], ...] = (
    (Comparator.AT_LEAST, "(?:以上|之上|往上|起步|起(?!草|来|点)|封底)"),
    (Comparator.AT_MOST, "(?:以下|之下|以内|之内|内(?![容部涝部外在控])|封顶|为限)"),
    (Comparator.ABOUT, "(?:左右|上下|许(?!可))"),
)
DIRECTION_UP = frozenset((Comparator.AT_LEAST, Comparator.MORE_THAN))
DIRECTION_DOWN = frozenset((Comparator.AT_MOST, Comparator.LESS_THAN))


class Mark(Struct, frozen=True, gc=False):
    """One sign or word of comparison with its place in the compact text.

    A mark that is `far` counts even with other words between it and the number.
    """

    comparator: Comparator
    glyph: str
    start: int
    end: int
    far: bool


def _named(prefix: str, table: tuple[tuple[Comparator, str], ...]) -> str:
    return "|".join(f"(?P<{prefix}_{one.name}>{words})" for one, words in table)


_BEFORE = pattern(
    "|".join((_named("glyph", GLYPHS), _named("far", _FAR_WORDS), _named("near", _NEAR_WORDS)))
)
_REMARK = r"(?:\((?:含|包含|不含)[^()]{0,8}\))?"
_BEHIND = pattern(
    rf"{_REMARK}(?:及其?|或者?|含|和|\(含\))?(?:{_named('behind', _SUFFIX_WORDS)}){_REMARK}"
    rf"|(?:{_named('glyph', GLYPHS)})(?=$|[,;。)])"
)


def is_sign(glyph: str) -> bool:
    """A printed sign, not a word of comparison."""
    return _SIGN.fullmatch(glyph) is not None


def comparator_of(sign: str) -> Comparator | None:
    """Return what a single sign means; None where it is not one sign."""
    match = _BEFORE.fullmatch(sign)
    return None if match is None else _mark(match).comparator


def marks_before(text: str) -> tuple[Mark, ...]:
    """Every sign or word of comparison that may belong to a number behind it."""
    return tuple(_mark(match) for match in _BEFORE.finditer(text))


def mark_behind(text: str, position: int) -> Mark | None:
    """`以上`, `以内`, `左右` right behind a quantity, or a sign written behind it."""
    match = _BEHIND.match(text, position)
    return None if match is None else _mark(match)


def _mark(match: re.Match[str]) -> Mark:
    place, _, name = (match.lastgroup or "").partition("_")
    return Mark(
        comparator=Comparator[name],
        glyph=match[match.lastgroup or 0],
        start=match.start(),
        end=match.end(),
        far=place in ("glyph", "far"),
    )


def combine(marks: tuple[Mark, ...]) -> tuple[Comparator | None, bool]:
    """What several marks on one number mean together, and whether that is doubtful.

    `≥95%以上` says one thing twice. `≧ >90%` says two things of one direction: the stricter one
    satisfies both. `≥≤95%` contradicts itself and means nothing.
    """
    if not marks:
        return None, False
    said = {mark.comparator for mark in marks}
    if len(said) == 1:
        repeated_sign = len(marks) > 1 and all(mark.end - mark.start < 3 for mark in marks)
        return marks[0].comparator, repeated_sign and marks[0].glyph == marks[-1].glyph
    exact = said - {Comparator.EQUAL, Comparator.ABOUT}
    if exact <= DIRECTION_UP:
        return _stricter(said, exact, Comparator.MORE_THAN, Comparator.AT_LEAST), True
    if exact <= DIRECTION_DOWN:
        return _stricter(said, exact, Comparator.LESS_THAN, Comparator.AT_MOST), True
    return None, True


def _stricter(
    said: set[Comparator], exact: set[Comparator], strict: Comparator, loose: Comparator
) -> Comparator | None:
    if not exact:
        return None
    if Comparator.EQUAL in said:
        return loose
    return strict if strict in exact else loose

"""Turn a value as people wrote it into a `Quantity`: `≥95%`, `3 万元/个`, `显著提升`.

`read_quantity` is total: every text has a reading, if only "words". Numbers are exact and stay
in the unit printed. Decisions where Chinese usage leaves room:

* 达到95% has no comparator: only signs and words of comparison count, 达到 is neither.
* 以上 includes the number (≥), 超过 does not (>), 余 and 多 behind a number mean about.
* Several numbers that are not one quantity make the value words; `numbers` lists them.
* A unit without a number keeps the unit and is doubtful; a sign alone is unreadable.
* A day or month next to a quantity keeps its dates and makes the reading doubtful.
"""

from decimal import Decimal
from functools import lru_cache

from msgspec.structs import replace

from jixiao.foundation.comparators import SIGNS, comparator_of
from jixiao.foundation.composing import read_tokens
from jixiao.foundation.dating import read_dates
from jixiao.foundation.numerals import NUMERALS
from jixiao.foundation.pattern import pattern
from jixiao.foundation.peculiar import (
    PACKED_DATE,
    UNREADABLE,
    is_unreadable,
    read_long,
    read_malformed,
    read_special,
)
from jixiao.foundation.quantity import Quantity, ValueKind
from jixiao.foundation.scanning import MASK, hide_names, scan
from jixiao.foundation.spans import Span, find_spans, normalise
from jixiao.foundation.spelling import spell_out
from jixiao.foundation.text import compact, placeholder_kind
from jixiao.foundation.units import UNITS, kind_of_unit
from jixiao.foundation.wording import read_wording, read_words

LONGEST_CACHED = 80
LONGEST_READ = 300

# Possessive, because two runs of blanks next to each other would be tried in every split.
_SIMPLE = pattern(
    rf"\s*+({SIGNS})?\s*+(\d{{1,15}}(?:\.\d{{1,8}})?)\s*+"
    r"([^\d\s()（）.,，/／每]{0,6})(?:/([^\d\s()（）.,，/／每]{1,4}))?\s*+"
)
_PLAIN_WORDS = pattern(
    "[\u4e00-\u9fff、，。；,; ]{1,80}",
)
_NEEDS_CARE = pattern(
    f"[{NUMERALS}半年月日季末底每周天不未最超约近]|至[少多]|[低高大小等多少]于|控制|无|没有|优于|或以"
)
_TEX = {
    r"\geqslant": "≥",
    r"\leqslant": "≤",
    r"\geq": "≥",
    r"\leq": "≤",
    r"\ge": "≥",
    r"\le": "≤",
    r"\sim": "~",
    r"\pm": "±",
    r"\times": "×",
    r"\%": "%",
    "$": "",
}
_SPLIT_DIGITS = pattern(r"\d\s+\d")
_INCLUDED = pattern(r"\(不?含\)(?=\D|$)")
_LEADING = "。;；,，、:：!！"
_TRAILING = "。;；,，、.:：!！"


_FAST_SIGNS = {sign: comparator_of(sign) for sign in "≥≧⩾>＞≤≦⩽<＜=＝≈"} | {
    sign: comparator_of(sign) for sign in (">=", "=>", "<=", "=<", "＞＝", "＜＝")
}
# 年, 月, 日, 学年 behind a number may be a date, and a bare 万 lacks its 元: those need more care.
_FAST_UNITS = {
    name: (kind_of_unit(name), name)
    for name in UNITS
    if len(name) <= 4 and name[0] not in "年月日万亿学"
} | {"％": (ValueKind.PERCENT, "%")}


def read_quantity(text: str, *, money_expected: bool = False) -> Quantity:
    """Understand one value; never raises. `money_expected`: a bare 4.5万 is an amount."""
    if len(text) <= LONGEST_CACHED:
        return _read_cached(text, money_expected)
    return read_uncached(text, money_expected)


@lru_cache(maxsize=32768)
def _read_cached(text: str, money_expected: bool) -> Quantity:
    return read_uncached(text, money_expected)


def read_uncached(text: str, money_expected: bool = False) -> Quantity:
    """Read without the cache: the common shapes first, anything else with care."""
    simple = _SIMPLE.fullmatch(text) if len(text) <= LONGEST_CACHED else None
    if simple is not None and (quantity := _read_simple(*simple.groups())) is not None:
        return quantity
    if _PLAIN_WORDS.fullmatch(text) is not None and _NEEDS_CARE.search(text) is None:
        return read_words(text.strip())
    return _read_carefully(text, money_expected=money_expected)


def _read_simple(glyph: str | None, number: str, unit: str, per: str | None) -> Quantity | None:
    """`≥95%`, `12 次`, `2 次/年`, `50000`: sign, number and known units, nothing else."""
    kind, name = ValueKind.QUANTITY, None
    if not unit and len(number) in (7, 8) and PACKED_DATE.fullmatch(number) is not None:
        return None
    if unit:
        known = _FAST_UNITS.get(unit)
        if known is None:
            return None
        kind, name = known
    if per is not None:
        if not unit or per not in UNITS or f"{unit}/{per}" in UNITS:
            return None
        kind = kind_of_unit(name, per)
    if glyph is None:
        return Quantity(kind=kind, number=Decimal(number), unit=name, per=per)
    comparator = _FAST_SIGNS.get(glyph)
    if comparator is None:
        return None
    return Quantity(
        kind=kind,
        comparator=comparator,
        number=Decimal(number),
        unit=name,
        per=per,
        glyphs=(glyph,),
    )


def _read_carefully(text: str, *, money_expected: bool) -> Quantity:
    printed = compact(_without_tex(text))
    body = _INCLUDED.sub("", printed.rstrip(_TRAILING).lstrip(_LEADING))
    if len(body) > LONGEST_READ:
        return read_long(body)
    kind = placeholder_kind(text)
    if kind is not None:
        return Quantity(kind=kind)
    if is_unreadable(printed, body):
        return UNREADABLE
    if (special := read_special(body)) is not None:
        return special
    spelled, guessed = spell_out(normalise(body))
    hidden = hide_names(spelled)
    spans = find_spans(hidden)
    if not spans and (malformed := read_malformed(body)) is not None:
        return malformed
    tokens = scan(_hide(hidden, spans))
    if not tokens:
        return read_dates(spelled, spans) if spans else read_wording(spelled, hidden)
    quantity = read_tokens(spelled, tokens, money_expected=money_expected)
    return _amend(quantity, spans, doubtful=guessed or _SPLIT_DIGITS.search(text) is not None)


def _without_tex(text: str) -> str:
    r"""Tables out of recognition programs write `$\geq 95\%$`."""
    if "\\" not in text and "$" not in text:
        return text
    for command, sign in _TEX.items():
        text = text.replace(command, sign)
    return text


def _hide(text: str, spans: tuple[Span, ...]) -> str:
    for span in spans:
        text = text[: span.start] + MASK * (span.end - span.start) + text[span.end :]
    return text


def _amend(quantity: Quantity, spans: tuple[Span, ...], *, doubtful: bool) -> Quantity:
    """Add the dates that stand beside a quantity."""
    moment = next((span for span in spans if span.earliest or span.latest), None)
    if quantity.number is None or (moment is None and not doubtful):
        return quantity
    if moment is None:
        return replace(quantity, doubtful=True)
    return replace(
        quantity,
        earliest=None if moment.earliest is None else moment.earliest.isoformat(),
        latest=None if moment.latest is None else moment.latest.isoformat(),
        doubtful=quantity.doubtful or doubtful or moment.is_moment,
    )

"""Turn a value as people wrote it into a `Quantity`: `≥95%`, `3 万元/个`, `显著提升`.

`read_quantity` is total: every text has a reading, if only "words". Numbers are exact and stay
in the unit printed. Decisions where Chinese usage leaves room:

* 达到95% has no comparator: only signs and words of comparison count, 达到 is neither.
* 以上 includes the number (≥), 超过 does not (>), 余 and 多 behind a number mean about.
* Several numbers that are not one quantity make the value words; `numbers` lists them.
* A unit without a number keeps the unit and is doubtful; a sign alone is unreadable.
* A day or month next to a quantity keeps its dates and makes the reading doubtful.
"""

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from msgspec.structs import replace

from jixiao.foundation.comparators import (
    SIGNS,
    Mark,
    combine,
    comparator_of,
    is_sign,
    mark_behind,
    marks_before,
)
from jixiao.foundation.composing import read_interval, read_tokens, several
from jixiao.foundation.dating import read_dates
from jixiao.foundation.numerals import LONGEST_NUMBER, NUMERALS
from jixiao.foundation.quantity import Quantity, ValueKind
from jixiao.foundation.scanning import MASK, each_before, hide_names, read_unit, scan, without_each
from jixiao.foundation.spans import Span, find_spans, normalise
from jixiao.foundation.spelling import spell_out
from jixiao.foundation.text import compact, placeholder_kind
from jixiao.foundation.units import UNITS, kind_of_unit, stands_alone

LONGEST_CACHED = 80
LONGEST_READ = 300
_MOST_NUMBERS = 50

# Possessive, because two runs of blanks next to each other would be tried in every split.
_SIMPLE = re.compile(
    rf"\s*+({SIGNS})?\s*+(\d{{1,15}}(?:\.\d{{1,8}})?)\s*+"
    r"([^\d\s()（）.,，/／每]{0,6})(?:/([^\d\s()（）.,，/／每]{1,4}))?\s*+"
)
_PLAIN_WORDS = re.compile(
    "[\u4e00-\u9fff、，。；,; ]{1,80}",
)
_NEEDS_CARE = re.compile(
    f"[{NUMERALS}半年月日季末底每周天不未最超约近]|至[少多]|[低高大小等多少]于|控制|无|没有|优于|或以"
)
_SPLIT_DIGITS = re.compile(r"\d\s+\d")
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
_FAULT = re.compile(
    r"#(?:DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|N/A)|#{2,}|null|NaN|nan|None|[?？]+|\ufffd+"
)
_GAP = re.compile(r"[_＿]{1,}|[XxＸ×*]{2,}(?=[%％个次元人万户天项]|$)|…+|\.{3,}")
_MALFORMED = re.compile(r"\d+(?:[.,]\d+){2,}|\d+,\d+(?:\.\d+)?|\d+\.{2,}\d+")
_WELL_FORMED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_BARE = re.compile(r"^[^\d]{0,6}|[^\d]{0,6}$")
_INCLUDED = re.compile(r"\(不?含\)(?=\D|$)")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE][+-]?\d{1,2}")
_MONTHS = re.compile(rf"({SIGNS})?((?<=\D)\d{{1,3}}|1[3-9]|[2-9]\d|\d{{3}})月")
_CONFUSED = re.compile(r"\d[OoIl]+(?=[\d%‰.]|$)|(?<![A-Za-z])[OoIl]+\d+(?=%)")
_PACKED_DATE = re.compile(r"(?:19|20)\d\d\.?(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?")
_LEADING = "。;；,，、:：!！"
_TRAILING = "。;；,，、.:：!！"
_RATIO = re.compile(rf"({SIGNS})?\d+(?:\.\d+)?(?:[:：]\d+(?:\.\d+)?)+|\d+/\d+")
_PLAIN_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


_PLAIN_QUALITATIVE = Quantity(kind=ValueKind.QUALITATIVE)
_UNREADABLE = Quantity(kind=ValueKind.UNREADABLE, doubtful=True)
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
    simple = _SIMPLE.fullmatch(text) if len(text) <= LONGEST_CACHED else None
    if simple is not None and (quantity := _read_simple(*simple.groups())) is not None:
        return quantity
    if _PLAIN_WORDS.fullmatch(text) is not None and _NEEDS_CARE.search(text) is None:
        return _words(text.strip())
    return _read_carefully(text, money_expected=money_expected)


def _read_simple(glyph: str | None, number: str, unit: str, per: str | None) -> Quantity | None:
    """`≥95%`, `12 次`, `2 次/年`, `50000`: sign, number and known units, nothing else."""
    kind, name = ValueKind.QUANTITY, None
    if not unit and len(number) in (7, 8) and _PACKED_DATE.fullmatch(number) is not None:
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


def _words(text: str) -> Quantity:
    """Words without any sign of a number; 吨 alone is a unit somebody forgot a number for."""
    return _unit_only(text) if stands_alone(text) else _PLAIN_QUALITATIVE


def _unit_only(unit: str) -> Quantity:
    return Quantity(kind=kind_of_unit(unit), unit=unit, doubtful=True)


def _read_carefully(text: str, *, money_expected: bool) -> Quantity:
    printed = compact(_without_tex(text))
    body = _INCLUDED.sub("", printed.rstrip(_TRAILING).lstrip(_LEADING))
    if len(body) > LONGEST_READ:
        return _read_long(body)
    kind = placeholder_kind(text)
    if kind is not None:
        return Quantity(kind=kind)
    if (
        not body
        or _FAULT.fullmatch(printed) is not None
        or _GAP.search(body) is not None
        or _CONFUSED.search(body) is not None
    ):
        return _UNREADABLE
    if (special := _read_special(body)) is not None:
        return special
    if _PACKED_DATE.fullmatch(body) is not None and len(body) in (7, 8):
        return _packed_date(body)
    if (months := _MONTHS.fullmatch(body)) is not None:
        return _read_months(months)
    spelled, guessed = spell_out(normalise(body))
    hidden = hide_names(spelled)
    spans = find_spans(hidden)
    if not spans and (malformed := _read_malformed(body)) is not None:
        return malformed
    free = _hide(hidden, spans)
    tokens = scan(free)
    if not tokens:
        return read_dates(spelled, spans) if spans else _read_wording(spelled, hidden)
    quantity = read_tokens(_show(spelled, free), tokens, money_expected=money_expected)
    return _amend(quantity, spans, doubtful=guessed or _SPLIT_DIGITS.search(text) is not None)


def _read_months(match: re.Match[str]) -> Quantity:
    """`=12月` comes of a column 度量单位 that says 月: twelve months, or else December."""
    sign, number = match.groups()
    return Quantity(
        kind=ValueKind.PERIOD,
        comparator=None if sign is None else comparator_of(sign),
        number=Decimal(number),
        unit="月",
        glyphs=() if sign is None else (sign,),
        doubtful=int(number) <= 12,
    )


def _packed_date(body: str) -> Quantity:
    """`20221231` and `2022.12` are dates far more often than numbers, but not surely."""
    digits = body.replace(".", "")
    written = f"{digits[:4]}年{digits[4:6]}月" + (f"{digits[6:]}日" if len(digits) == 8 else "")
    return replace(read_dates(written, find_spans(written)), doubtful=True)


def _without_tex(text: str) -> str:
    r"""Tables out of recognition programs write `$\geq 95\%$`."""
    if "\\" not in text and "$" not in text:
        return text
    for command, sign in _TEX.items():
        text = text.replace(command, sign)
    return text


def _read_long(body: str) -> Quantity:
    """A paragraph is words; its first numbers are kept, and nothing in it is searched twice."""
    matches = itertools.islice(_PLAIN_NUMBERS.finditer(body), _MOST_NUMBERS)
    numbers = tuple(Decimal(m[0]) for m in matches if len(m[0]) <= LONGEST_NUMBER)
    if not any("\u4e00" <= sign <= "\u9fff" for sign in body):
        return replace(_UNREADABLE, numbers=numbers)
    return several(numbers)


def _read_special(body: str) -> Quantity | None:
    """Shapes that must be known before numbers are looked for."""
    if (interval := read_interval(body)) is not None:
        return interval
    numbers = tuple(Decimal(m[0]) for m in _PLAIN_NUMBERS.finditer(body))
    if (ratio := _RATIO.fullmatch(body)) is not None:
        sign = ratio[1]
        return Quantity(
            kind=ValueKind.QUALITATIVE,
            comparator=None if sign is None else comparator_of(sign),
            glyphs=() if sign is None else (sign,),
            numbers=numbers,
            doubtful="/" in body,
        )
    if _SCIENTIFIC.fullmatch(body) is not None:
        return Quantity(
            kind=ValueKind.QUANTITY, number=Decimal(f"{Decimal(body):f}"), doubtful=True
        )
    return None


def _read_malformed(body: str) -> Quantity | None:
    """`1.234.567` and `12,34`: digits nobody can be sure about."""
    malformed = _MALFORMED.fullmatch(_BARE.sub("", body))
    if malformed is None or _WELL_FORMED.fullmatch(malformed[0]) is not None:
        return None
    numbers = tuple(Decimal(m[0]) for m in _PLAIN_NUMBERS.finditer(body))
    return replace(_UNREADABLE, numbers=numbers)


def _hide(text: str, spans: tuple[Span, ...]) -> str:
    for span in spans:
        text = text[: span.start] + MASK * (span.end - span.start) + text[span.end :]
    return text


def _show(spelled: str, free: str) -> str:
    """The words of names come back for `rest`; their digits stay hidden from nobody but scan."""
    return spelled if MASK in free else free


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


def _read_wording(text: str, hidden: str) -> Quantity:
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
        return _PLAIN_QUALITATIVE
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

"""Read values of a shape of their own, before numbers are looked for.

Ratios, dates without separators, `=12月`, digits nobody can be sure about, faults that a
spreadsheet printed, and texts too long to be a value.
"""

import itertools
import re
from decimal import Decimal

from msgspec.structs import replace

from jixiao.foundation.comparators import SIGNS, comparator_of
from jixiao.foundation.composing import read_interval, several
from jixiao.foundation.dating import read_dates
from jixiao.foundation.numerals import LONGEST_NUMBER
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import Quantity, ValueKind
from jixiao.foundation.spans import find_spans

_MOST_NUMBERS = 50
_FAULT = pattern(
    r"#(?:DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|N/A)|#{2,}|null|NaN|nan|None|[?？]+|\ufffd+"
)
_GAP = pattern(r"[_＿]{1,}|[XxＸ×*]{2,}(?=[%％个次元人万户天项]|$)|…+|\.{3,}")
_MALFORMED = pattern(r"\d+(?:[.,]\d+){2,}|\d+,\d+(?:\.\d+)?|\d+\.{2,}\d+")
_WELL_FORMED = pattern(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_BARE = pattern(r"^[^\d]{0,6}|[^\d]{0,6}$")
_SCIENTIFIC = pattern(r"\d(?:\.\d+)?[eE][+-]?\d{1,2}")
_MONTHS = pattern(rf"({SIGNS})?((?<=\D)\d{{1,3}}|1[3-9]|[2-9]\d|\d{{3}})月")
_CONFUSED = pattern(r"\d[OoIl]+(?=[\d%‰.]|$)|(?<![A-Za-z])[OoIl]+\d+(?=%)")
PACKED_DATE = pattern(r"(?:19|20)\d\d\.?(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?")
_RATIO = pattern(rf"({SIGNS})?\d+(?:\.\d+)?(?:[:：]\d+(?:\.\d+)?)+|\d+/\d+")
_PLAIN_NUMBERS = pattern(r"\d+(?:\.\d+)?")
UNREADABLE = Quantity(kind=ValueKind.UNREADABLE, doubtful=True)


def is_unreadable(printed: str, body: str) -> bool:
    """A fault of a spreadsheet, a blank to fill in, letters between digits, or nothing."""
    return (
        not body
        or _FAULT.fullmatch(printed) is not None
        or _GAP.search(body) is not None
        or _CONFUSED.search(body) is not None
    )


def read_special(body: str) -> Quantity | None:
    """Shapes that must be known before numbers are looked for."""
    if (interval := read_interval(body)) is not None:
        return interval
    if (ratio := _ratio(body)) is not None:
        numbers = tuple(Decimal(m[0]) for m in _PLAIN_NUMBERS.finditer(body))
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
    if len(body) in (7, 8) and PACKED_DATE.fullmatch(body) is not None:
        return _read_packed_date(body)
    months = _MONTHS.fullmatch(body) if body.endswith("月") else None
    return None if months is None else _read_months(months)


def _ratio(body: str) -> re.Match[str] | None:
    """Asked of every value that is not plain, so a look for its signs goes first."""
    return _RATIO.fullmatch(body) if any(sign in body for sign in ":：/") else None


def _read_packed_date(body: str) -> Quantity:
    """`20221231` and `2022.12` are dates far more often than numbers, but not surely."""
    digits = body.replace(".", "")
    written = f"{digits[:4]}年{digits[4:6]}月" + (f"{digits[6:]}日" if len(digits) == 8 else "")
    return replace(read_dates(written, find_spans(written)), doubtful=True)


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


def read_malformed(body: str) -> Quantity | None:
    """`1.234.567` and `12,34`: digits nobody can be sure about."""
    malformed = _MALFORMED.fullmatch(_BARE.sub("", body))
    if malformed is None or _WELL_FORMED.fullmatch(malformed[0]) is not None:
        return None
    numbers = tuple(Decimal(m[0]) for m in _PLAIN_NUMBERS.finditer(body))
    return replace(UNREADABLE, numbers=numbers)


def read_long(body: str) -> Quantity:
    """A paragraph is words; its first numbers are kept, and nothing in it is searched twice."""
    matches = itertools.islice(_PLAIN_NUMBERS.finditer(body), _MOST_NUMBERS)
    numbers = tuple(Decimal(m[0]) for m in matches if len(m[0]) <= LONGEST_NUMBER)
    if not any("\u4e00" <= sign <= "\u9fff" for sign in body):
        return replace(UNREADABLE, numbers=numbers)
    return several(numbers)

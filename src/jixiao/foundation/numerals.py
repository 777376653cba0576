"""Numbers as digits and as Chinese numerals, exactly.

Decimal arithmetic rounds to its context; a budget must not. Everything here goes through the
constructor, which never rounds, or through integers.
"""

from decimal import Decimal

from jixiao.foundation.pattern import pattern

LONGEST_NUMBER = 400
DIGITS = r"(?:(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?|(?<![\d.])\.\d+)"
NUMERALS = "零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億"

_DIGIT = {
    **{sign: value for value, sign in enumerate("零一二三四五六七八九")},
    **{sign: value for value, sign in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0,
    "两": 2,
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_DIGITS_ONLY = pattern(r"[零〇○一二三四五六七八九]{4,}")


def read_digits(text: str) -> Decimal | None:
    """`1,200.50` as written in digits; None when it is too long to be meant."""
    return Decimal(text.replace(",", "")) if len(text) <= LONGEST_NUMBER else None


def read_numeral(text: str) -> int | None:
    """`二十四` is 24, `二〇二二` is 2022; None for anything that is not one numeral."""
    if not text or len(text) > 30:
        return None
    if _DIGITS_ONLY.fullmatch(text):
        return int("".join(str(_DIGIT[sign]) for sign in text))
    total = section = 0
    digit: int | None = None
    smallest = 10**4
    for sign in text:
        if sign in _DIGIT:
            if digit:
                return None
            digit = _DIGIT[sign]
        elif sign in _SMALL:
            if _SMALL[sign] >= smallest:
                return None
            smallest = _SMALL[sign]
            section += (1 if digit is None else digit) * smallest
            digit = None
        elif sign in _LARGE:
            section += digit or 0
            if not section and not total:
                return None
            larger = total < _LARGE[sign]
            total = (total + section) * _LARGE[sign] if larger else total + section * _LARGE[sign]
            section, digit, smallest = 0, None, 10**4
        else:
            return None
    return total + section + (digit or 0)

"""A spreadsheet number as it is shown: 0.95 under `0%` is “95%”, 55 under `000` is “055”.

Files keep the bare number and a format; people wrote and check what is shown. One departure:
`General` never falls into powers of ten for large whole numbers, since twelve digits of 元 shown as
1.23457E+11 for want of room would lose what was written.
"""

import operator
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException, InvalidOperation
from functools import lru_cache

from jixiao.intake.office.format_dates import shown_date
from jixiao.intake.office.format_digits import shown_digits
from jixiao.intake.office.format_numerals import digit_by_digit, spelled
from jixiao.intake.office.format_tokens import Kind, Section, sections_of

GENERAL = "General"
#: Spreadsheets count in doubles and show no more than fifteen digits of them.
_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
_FIVE_DECIMALS = Decimal("0.00001")
_LARGEST_EXPONENT = 400
_LONGEST_WHOLE = 21
_GENERAL_DIGITS = 10
_COMPARISONS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


def shown_number(text: str, code: str = GENERAL, *, date_1904: bool = False) -> str:
    """What a cell with the number `text` and this format shows; outer blanks are cut."""
    if text.isdecimal() and code == GENERAL and text[0] != "0":
        return text
    number = _number(text)
    if number is None:
        return text
    if code in {GENERAL, ""}:
        return shown_general(number)
    try:
        return _shown(number, code, date_1904=date_1904)
    except DecimalException:
        # A format that multiplies beyond all numbers, such as a hundred percent signs.
        return shown_general(number)


def _shown(number: Decimal, code: str, *, date_1904: bool) -> str:
    section, magnitude, sign = _chosen(number, _numeric_sections(code))
    if section is None:
        return shown_general(number)
    if section.system_date or section.has(Kind.DATE, Kind.ELAPSED, Kind.HALF_DAY):
        dated = shown_date(number, section, date_1904=date_1904)
        return shown_general(number) if dated is None else dated.strip()
    if section.has(Kind.GENERAL, Kind.TEXT):
        shown = _around_general(magnitude, section)
    else:
        shown = digit_by_digit(shown_digits(magnitude, section), section.numerals)
    return (sign + shown).strip()


def shown_text(text: str, code: str) -> str:
    """What a text cell shows: formats such as `@"元"` add words, and `;;;` hides everything."""
    if "@" not in code and ";" not in code:
        return text
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) <= 3 and not section.has(Kind.TEXT):
        return text
    return "".join(text if kind is Kind.TEXT else words for kind, words in section.tokens)


def shown_general(number: Decimal) -> str:
    """Without a format: at most ten digits with a decimal point, whole numbers in full."""
    if number == 0:
        return "0"
    size = number.adjusted()
    if size > _LONGEST_WHOLE:
        return _with_power(number)
    if number == number.to_integral_value():
        return f"{number:f}".partition(".")[0]
    decimals = max(_GENERAL_DIGITS - 1 - max(size, 0), 0)
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if size < -4 and rounded != number:
        return _with_power(number)
    shown = f"{rounded:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _with_power(number: Decimal) -> str:
    exponent = number.adjusted()
    mantissa = number.scaleb(-exponent).quantize(_FIVE_DECIMALS, ROUND_HALF_UP)
    digits = f"{mantissa:f}".rstrip("0").rstrip(".")
    return f"{digits}E{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


def _number(text: str) -> Decimal | None:
    """The number of a cell, without the noise of binary fractions in the last digits."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        return None
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= 0:
        return number
    return _FIFTEEN.plus(number)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[Section, ...]:
    return sections_of(code)


def _numeric_sections(code: str) -> tuple[Section, ...]:
    sections = _sections(code)[:4]
    if len(sections) == 4 or (len(sections) > 1 and sections[-1].has(Kind.TEXT)):
        return sections[:-1]
    return sections


def _chosen(number: Decimal, sections: tuple[Section, ...]) -> tuple[Section | None, Decimal, str]:
    """The section for this number, the number without its sign, and the sign still to show.

    A section that only negative numbers reach says the sign itself (`(0)`, `-0`, red).
    """
    sign = "-" if number < 0 else ""
    if any(section.condition for section in sections):
        section = next((one for one in sections if _meets(number, one)), None)
        return section, abs(number), "" if _only_negative(section) else sign
    if len(sections) >= 3 and number == 0:
        return sections[2], number, ""
    if len(sections) >= 2 and number < 0:
        return sections[1], -number, ""
    return sections[0], abs(number), sign


def _meets(number: Decimal, section: Section) -> bool:
    if section.condition is None:
        return True
    sign, limit = section.condition
    return bool(_COMPARISONS[sign](number, limit))


def _only_negative(section: Section | None) -> bool:
    if section is None or section.condition is None:
        return False
    sign, limit = section.condition
    return (sign == "<" and limit <= 0) or (sign == "<=" and limit < 0)


def _around_general(magnitude: Decimal, section: Section) -> str:
    general = shown_general(magnitude)
    if section.numerals:
        general = spelled(general, section.numerals)
    holes = (Kind.GENERAL, Kind.TEXT)
    return "".join(general if kind in holes else words for kind, words in section.tokens)

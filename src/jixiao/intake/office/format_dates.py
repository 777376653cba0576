"""Dates and times of a spreadsheet: a count of days, shown by a section of a number format.

Day 60 of the 1900 calendar is 29 February 1900, a day that never was but is shown; files from old
Mac programs count from 1904.
"""

import datetime as dt
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from msgspec import Struct

from jixiao.intake.office.format_numerals import digit_by_digit, spelled
from jixiao.intake.office.format_tokens import Kind, Section, Token

LAST_DAY = 2_958_465
_DAYS_1904 = 1462
_PHANTOM_DAY = 60
_SECONDS = Decimal(86_400)
_WEEKDAYS = "一二三四五六日"
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SYSTEM_LONG: tuple[Token, ...] = (
    (Kind.DATE, "yyyy"),
    (Kind.LITERAL, "年"),
    (Kind.DATE, "m"),
    (Kind.LITERAL, "月"),
    (Kind.DATE, "d"),
    (Kind.LITERAL, "日"),
)


class _Moment(Struct, frozen=True):
    year: int
    month: int
    day: int
    weekday: int
    seconds: Decimal
    elapsed: Decimal

    @property
    def hour(self) -> int:
        return int(self.seconds) // 3600

    @property
    def minute(self) -> int:
        return int(self.seconds) // 60 % 60

    @property
    def second(self) -> int:
        return int(self.seconds) % 60


def shown_date(serial: Decimal, section: Section, *, date_1904: bool) -> str | None:
    """The date as the section shows it; None where no such date exists."""
    tokens = _SYSTEM_LONG if section.system_date else section.tokens
    moment = _moment(serial, tokens, date_1904=date_1904)
    if moment is None:
        return None
    halved = any(kind is Kind.HALF_DAY for kind, _ in tokens)
    shown: list[str] = []
    position = 0
    while position < len(tokens):
        kind, text = tokens[position]
        if kind is Kind.DATE:
            if text in {"m", "mm"} and _means_minute(tokens, position):
                text = text.replace("m", "n")
            shown.append(_part(text, moment, section.numerals, halved=halved))
        elif kind is Kind.ELAPSED:
            shown.append(_elapsed(text, moment))
        elif kind is Kind.HALF_DAY:
            first, second = text.split("/")
            shown.append(first if moment.hour < 12 else second)
        elif kind is Kind.POINT and (places := _zeros_after(tokens, position)):
            fraction = moment.seconds % 1
            shown.append(f"{fraction:.{places}f}"[1:])
            position += places
        elif kind is not Kind.TEXT:
            shown.append(text)
        position += 1
    return "".join(shown)


def serial_of(text: str, *, date_1904: bool) -> Decimal | None:
    """The count of days of an ISO date or time, as cells of type `d` carry."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    since = moment.replace(tzinfo=None) - dt.datetime(1899, 12, 30)  # noqa: DTZ001  no zone
    days = since.days + Decimal(since.seconds) / _SECONDS
    if days <= _PHANTOM_DAY:
        days -= 1
    return days - _DAYS_1904 if date_1904 else days


def _moment(serial: Decimal, tokens: tuple[Token, ...], *, date_1904: bool) -> _Moment | None:
    if not 0 <= serial < LAST_DAY + 1:
        return None
    elapsed = _rounded_seconds(serial, tokens)
    days, seconds = divmod(elapsed, _SECONDS)
    whole = int(days) + (_DAYS_1904 if date_1904 else 0)
    if whole > LAST_DAY:
        return None
    if whole in {0, _PHANTOM_DAY}:
        month, day = (1, 0) if whole == 0 else (2, 29)
        weekday = (whole + 5) % 7
        return _Moment(1900, month, day, weekday, seconds, elapsed)
    offset = whole if whole > _PHANTOM_DAY else whole + 1
    date = dt.date(1899, 12, 30) + dt.timedelta(days=offset)
    return _Moment(date.year, date.month, date.day, date.weekday(), seconds, elapsed)


def _rounded_seconds(serial: Decimal, tokens: tuple[Token, ...]) -> Decimal:
    """Seconds are rounded where seconds are shown, and cut where only minutes are."""
    exact = (serial * _SECONDS).quantize(Decimal("0.001"), ROUND_HALF_UP)
    has_seconds = False
    for position, (kind, text) in enumerate(tokens):
        if kind is Kind.POINT and _zeros_after(tokens, position):
            return exact
        has_seconds |= kind in {Kind.DATE, Kind.ELAPSED} and text[0] == "s"
    return exact.quantize(Decimal(1), ROUND_HALF_UP if has_seconds else ROUND_FLOOR)


def _zeros_after(tokens: tuple[Token, ...], position: int) -> int:
    count = 0
    for kind, text in tokens[position + 1 :]:
        if kind is not Kind.DIGIT or text != "0":
            break
        count += 1
    return count


def _means_minute(tokens: tuple[Token, ...], position: int) -> bool:
    """An m after hours or before seconds is minutes."""
    timed = (Kind.DATE, Kind.ELAPSED)
    before = next((text for kind, text in reversed(tokens[:position]) if kind in timed), "")
    after = next((text for kind, text in tokens[position + 1 :] if kind in timed), "")
    return before.startswith("h") or after.startswith("s")


def _part(text: str, moment: _Moment, numerals: int, *, halved: bool) -> str:
    letter, length = text[0], len(text)
    if letter in "ye":
        year = moment.year % 100 if letter == "y" and length <= 2 else moment.year
        return digit_by_digit(f"{year:02d}", numerals)
    if letter == "m" and length > 2:
        name = _ENGLISH_MONTHS[moment.month - 1]
        return name if length == 4 else name[: 1 if length == 5 else 3]
    if letter == "d" and length > 2:
        name = _ENGLISH_DAYS[moment.weekday]
        return name if length > 3 else name[:3]
    if letter == "a":
        return ("星期" if length > 3 else "") + _WEEKDAYS[moment.weekday]
    hour = (moment.hour + 11) % 12 + 1 if halved else moment.hour
    number = {
        "m": moment.month,
        "d": moment.day,
        "h": hour,
        "n": moment.minute,
        "s": moment.second,
    }[letter]
    return _numeral(number, numerals) if numerals else f"{number:0{min(length, 2)}d}"


def _numeral(number: int, numerals: int) -> str:
    """Months and days are read as numbers, and 十一月 has no 一 before 十."""
    words = spelled(str(number), numerals)
    return words[1:] if words.startswith("一十") else words


def _elapsed(text: str, moment: _Moment) -> str:
    seconds = int(moment.elapsed)
    number = {"h": seconds // 3600, "m": seconds // 60, "s": seconds}[text[0]]
    return f"{number:0{len(text)}d}"

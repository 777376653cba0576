"""Days unlike their weekday, read from the list people paste from the yearly announcement.

A line holds a day or a span of days, then a name: `2027-01-01 元旦`, `2027年2月5日至2月11日 春节`,
`2027-02-14 上班`. What cannot be read is named, and nothing of the list is taken.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold

_DAY = r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_SPAN = pattern(rf"^\s*{_DAY}(?:\s*(?:至|到|~|—+|–)\s*{_DAY})?[\s,，、:：]*(.*)$")
_WORKED = pattern(r"上班|补班|调班")
_LONGEST_SPAN, _LONGEST_NAME = 31, 40


class SpecialDay(Struct, frozen=True, order=True):
    """A holiday, or a Saturday or Sunday on which people work."""

    day: date
    name: str
    is_workday: bool = False


class Misread(Struct, frozen=True):
    """A line that says no day, with the reason."""

    number: int
    text: str
    reason: str


def read_days(text: str) -> tuple[tuple[SpecialDay, ...], tuple[Misread, ...]]:
    """The days of a pasted list, and the lines nobody could read."""
    found: dict[date, SpecialDay] = {}
    wrong: list[Misread] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        days = _line(line)
        if isinstance(days, str):
            wrong.append(Misread(number, line.strip(), days))
        else:
            found |= {one.day: one for one in days}
    return tuple(sorted(found.values())), tuple(wrong)


def _line(line: str) -> tuple[SpecialDay, ...] | str:
    met = _SPAN.match(fold(line))
    if met is None:
        return "没有日期，请按“2027-01-01 元旦”的样子写"
    year, month, day, to_year, to_month, to_day, name = met.groups()
    if year is None:
        return "没有写年份，请补上"
    try:
        first = date(int(year), int(month), int(day))
        last = first if to_day is None else date(int(to_year or year), int(to_month), int(to_day))
    except ValueError:
        return "没有这一天，请核对月和日"
    if not 0 <= (last - first).days < _LONGEST_SPAN:
        return "起止日期不对，结束应晚于开始，且不超过 31 天"
    name = name.strip()[:_LONGEST_NAME]
    is_workday = _WORKED.search(name) is not None
    return tuple(
        SpecialDay(one, name or ("上班" if is_workday else "放假"), is_workday)
        for one in _days(first, last)
    )


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)

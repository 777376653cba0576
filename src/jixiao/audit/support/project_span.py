"""The time a project runs, as its form states it: dates, `2021年-2023年`, `3 年`, `99 年`.

Only what is written counts; a number of years alone says how long, not from when.
"""

from datetime import date
from functools import lru_cache

from msgspec import Struct

from jixiao.audit.view import FormView, once_per_form
from jixiao.form.entry import Entry
from jixiao.foundation.pattern import pattern
from jixiao.foundation.period import read_period_years
from jixiao.foundation.spans import find_spans, normalise
from jixiao.foundation.text import fold

_YEARS_ONLY = pattern(r"(?:19|20)\d\d(?=年|-|~|至|到|$)")


class ProjectSpan(Struct, frozen=True, kw_only=True):
    """First and last day where stated; `years` where the field is a number of years."""

    first: date | None = None
    last: date | None = None
    years: int | None = None
    entry: Entry[str] | None = None
    path: str = ""

    def covers_year(self, year: int) -> bool:
        """The stated dates reach into that year; unknown dates cover nothing."""
        if self.first is None or self.last is None:
            return False
        return self.first.year <= year <= self.last.year


@once_per_form
def project_span(view: FormView) -> ProjectSpan:
    header = view.form.header
    entry = header.project_period
    first = _only_day(header.start_date, last=False)
    last = _only_day(header.end_date, last=True)
    if entry is None or not entry.raw.strip():
        path = "header.end_date" if last is not None else "header.start_date"
        return ProjectSpan(first=first, last=last, entry=header.end_date, path=path)
    text = fold(entry.raw)
    low, high = _ends(text)
    if low == high:  # one day is when it begins: no project ends on the day of its start
        high = None
    return ProjectSpan(
        first=first or low,
        last=last or high,
        years=None if low is not None or high is not None else read_period_years(text),
        entry=entry,
        path="header.project_period",
    )


@lru_cache(maxsize=256)
def _ends(text: str) -> tuple[date | None, date | None]:
    spans = find_spans(normalise(text))
    starts = [span.earliest for span in spans if span.earliest is not None]
    ends = [span.latest for span in spans if span.latest is not None]
    if starts and ends:
        return min(starts), max(ends)
    years = [int(year) for year in _YEARS_ONLY.findall(text)]
    if len(years) > 1 and min(years) <= max(years):
        return date(min(years), 1, 1), date(max(years), 12, 31)
    return None, None


def _only_day(entry: Entry[str] | None, *, last: bool) -> date | None:
    if entry is None or not entry.raw.strip():
        return None
    low, high = _ends(fold(entry.raw))
    return high if last else low

"""Budget years and project periods found in text.

`years_in` finds every year and what it is doing there: a year in a document number 〔2021〕 or
at the end of 2021-2023 is no year of the budget. `read_span` gives the first day or stretch of
time, `read_period_years` the length in the 项目期 cell. The grammar is in `spans`.
"""

import re
from enum import StrEnum

from msgspec import Struct

from jixiao.foundation.numerals import NUMERALS, read_numeral
from jixiao.foundation.pattern import pattern
from jixiao.foundation.spans import Span, find_spans, normalise
from jixiao.foundation.text import compact

LONGEST_READ = 400
_WHITE = r"[ \t\r\n\u3000\xa0]*"
_DIGIT = "[0-9０-９]"
_YEAR_TEXT = (
    rf"(?:(?:1|１){_WHITE}(?:9|９)|(?:2|２){_WHITE}(?:0|０)){_WHITE}{_DIGIT}{_WHITE}{_DIGIT}"
)
_YEAR = pattern(rf"(?<![0-9０-９.．,，A-Za-z]){_YEAR_TEXT}(?![0-9０-９])")
_NUMBER_BEFORE = pattern(r"[〔\[［【(（][ \u3000]*$")
_NUMBER_AFTER = pattern(
    r"[ \u3000]*[〕\]］】)）][ \u3000]*(?:第[ \u3000]*)?[0-9０-９]{1,5}[ \u3000]*号"
)
_DOCUMENT_AFTER = pattern(r"[ \u3000]*年?[ \u3000]*第?[ \u3000]*[0-9０-９]{1,5}[ \u3000]*号")
_DASH = r"(?:[-－–—~～〜至到]|--)"
_RANGE_AFTER = pattern(
    rf"{_WHITE}年?度?{_WHITE}(?:{_DIGIT}{{1,2}}{_WHITE}月{_WHITE}(?:{_DIGIT}{{1,2}}{_WHITE}日)?)?{_WHITE}{_DASH}+{_WHITE}{_YEAR_TEXT}"
)
_RANGE_BEFORE = pattern(
    rf"{_YEAR_TEXT}{_WHITE}年?度?{_WHITE}(?:{_DIGIT}{{1,2}}{_WHITE}月{_WHITE}(?:{_DIGIT}{{1,2}}{_WHITE}日)?)?{_WHITE}{_DASH}+{_WHITE}$"
)
_IS_YEAR = pattern(rf"{_WHITE}(?:年|学年|财年|[-./－．／]{_WHITE}{_DIGIT}{{1,2}}(?!{_DIGIT}))")
_LENGTH = pattern(
    rf"(?:为期|共|期限)?(?P<number>\d{{1,3}}|[{NUMERALS}]{{1,3}})个?(?P<unit>年|月|周年)(?:期|度)?(?:\(.*\))?"
)
_LOOK_BACK = 24


class YearRole(StrEnum):
    """What a year is doing in a text; only a plain one says when something happens."""

    PLAIN = "plain"
    DOCUMENT_NUMBER = "document_number"
    RANGE_START = "range_start"
    RANGE_END = "range_end"
    BARE = "bare"


class YearMention(Struct, frozen=True, gc=False):
    """A year in a text, with its place in the text as given.

    A `bare` one has neither 年 nor a month behind it: 2022 in a heading, but 2000 in 2000 人.
    """

    year: int
    start: int
    end: int
    role: YearRole


def years_in(text: str) -> tuple[YearMention, ...]:
    """Every year in a text, white space and full-width digits allowed, with its role."""
    return tuple(
        YearMention(
            year=int(re.sub(_WHITE, "", match[0])),
            start=match.start(),
            end=match.end(),
            role=_role(text, match.start(), match.end()),
        )
        for match in _YEAR.finditer(text)
    )


def _role(text: str, start: int, end: int) -> YearRole:
    before = text[max(0, start - _LOOK_BACK) : start]
    after = text[end : end + _LOOK_BACK]
    bracketed = _NUMBER_BEFORE.search(before) is not None and _NUMBER_AFTER.match(after) is not None
    if bracketed or _DOCUMENT_AFTER.match(after) is not None:
        return YearRole.DOCUMENT_NUMBER
    if _RANGE_AFTER.match(after) is not None:
        return YearRole.RANGE_START
    if _RANGE_BEFORE.search(before) is not None:
        return YearRole.RANGE_END
    return YearRole.PLAIN if _IS_YEAR.match(after) is not None else YearRole.BARE


def read_span(text: str, year: int | None = None) -> Span | None:
    """The first day or stretch of time in a text; `year` completes a month without one."""
    spans = find_spans(normalise(compact(text[:LONGEST_READ])), year)
    return spans[0] if spans else None


def read_period_years(text: str) -> int | None:
    """Length of a project in years: `99 年`, `三年`, `36个月`, `2021-2023年`; None if unsaid."""
    body = compact(text[:LONGEST_READ])
    match = _LENGTH.fullmatch(body)
    if match is not None:
        number = (
            int(match["number"]) if match["number"].isdigit() else read_numeral(match["number"])
        )
        if number is None or match["unit"] != "月":
            return number
        return number // 12 if number % 12 == 0 else None
    span = read_span(body)
    if span is None or span.earliest is None or span.latest is None or span.is_moment:
        return None
    return span.latest.year - span.earliest.year + 1

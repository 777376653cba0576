"""Days, months and stretches of time as people write them: `2022年12月底之前`, `3月-11月`.

Inside, spans are half-open, so that lengths add up; what is handed out are inclusive days,
because that is how they are written. A day that does not exist is never moved to one that does:
the span has no dates and is doubtful. A month without a year has no dates either, unless the
caller knows the year.
"""

import re
from datetime import date, timedelta

from msgspec import Struct

from jixiao.foundation.numerals import read_numeral
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import Comparator

YEAR = r"(?:19|20)\d{2}"
RANGE = "(?:-{1,2}|~|至|到)"
_RANGE = pattern(RANGE)
_CLOCK = r"(?:\d{1,2}(?:[时点](?:\d{1,2}分|整)?|:\d\d))?"
_PART = "上旬|中旬|下旬|月底|月末|月初|底|末|初"
_POINT = pattern(
    rf"(?<![\d.])(?P<year1>{YEAR})(?P<sep>[-./])(?P<month1>\d{{1,2}})"
    r"(?:(?P=sep)(?P<day1>\d{1,2})[日号]?|(?=$|[^\d.%‰万千亿元个人次户项场/]))(?![\d.%万元])"
    rf"|(?:(?<!\d)(?P<year2>{YEAR})年度?|(?P<relative>次年|翌年|第二年|下一?年|当年|本年|今年))?"
    r"(?:(?<![\d.第])(?P<month2>\d{1,2})月份?"
    rf"(?:(?P<day2>\d{{1,2}})(?:日|号|(?=之?前|以前|止|$)){_CLOCK}|(?P<part2>{_PART})|(?!\d))"
    r"|第?(?P<quarter>[1-4一二三四])季度(?P<part3>末|底|初)?"
    r"|(?P<half>上半年|下半年|前[三3两2]个?季度)(?P<part4>末|底)?"
    r"|(?P<term>春季学期|秋季学期|春学期|秋学期|上学期|下学期))"
    rf"|(?<!\d)(?P<year3>{YEAR})(?:年度?|(?P<school>学年度?))(?P<part5>年?[底末初内]|全年|终)?"
    r"|(?P<loose>(?:当|本|次|今)年(?:度|底|末|内)?|全年度?|年度内|(?<![\d个])年(?:底|末|内|初|终))"
    r"|(?:次月|当月|本月|下月)?(?<![\d.第])(?P<day3>\d{1,2})[日号](?=之?前|以前)"
)
_CYCLE = pattern(
    "每个?(?P<cycle>半年|年度?|季度?|月|周|学期|学年)"
    rf"(?P<inner>(?:{_PART}|末月|次月|首月)?(?:(?:\d{{1,2}}月{RANGE})?\d{{1,2}}月份?)?"
    rf"(?:(?:\d{{1,2}}[日号]?{RANGE})?\d{{1,2}}[日号]|[底末])?)"
    "(?P<limit>之?前|以前|内)?"
)
_LIMIT = pattern(
    "(?:之|以)?(?P<before>前)(?![期任往置])|(?:之|以)?(?P<inside>内)(?![容部涝外控])"
    "|(?P<until>为?止)|(?P<since>起|开始|(?:之|以)后)"
)
_UNTIL = pattern("(?:^[到至]|截至|截止到?|截止于|最迟|最晚)(?:于|在|到)?$")
_SHORT_MONTHS = pattern(
    rf"(?<![\d.])(?P<low>\d{{1,2}})(?P<range>{RANGE}|[、,和及])"
    rf"(?={YEAR}年\d{{1,2}}月|(?:\d{{1,2}}[、,和及])*\d{{1,2}}月(?!\d*个))"
)
_SHORT_YEARS = pattern(rf"(?<!\d)({YEAR})({RANGE})(?={YEAR}(?:年|学年))")
_BARE_YEARS = pattern(rf"({YEAR})({RANGE})({YEAR})")
_SCHOOL_YEAR = pattern(rf"(?<!\d)(?P<year>{YEAR})年?(?:-|~|至|/)(?P<next>{YEAR}|\d\d)学年度?")
_DOTTED_MONTHS = pattern(rf"(?<!\d)({YEAR})\.(\d{{1,2}})({RANGE})(\d{{1,2}})(?![\d.])")
_TWO_DIGIT_YEAR = pattern(r"(?<![\d.第])([12]\d)(?=年(?:\d{1,2}月|[底末]))")
_PACKED = pattern(
    rf"(?<!\d)({YEAR})(0[1-9]|1[0-2])([0-3]\d)"
    rf"(?=之?前|日前|止|{RANGE}{YEAR}(?:0[1-9]|1[0-2])[0-3]\d(?!\d))"
    rf"|(?<=日[-~至到])({YEAR})(0[1-9]|1[0-2])([0-3]\d)(?!\d)"
)
_CHINESE_YEAR = pattern("[二一][〇零○九][〇零○一二三四五六七八九]{2}(?=年)")
_CHINESE_MONTH = pattern(
    "(?<![一二三四五六七八九十每])(?:十[一二]?|[一二三四五六七八九])(?=月(?:份|底|末|初|上旬|中旬|下旬|之?前"
    "|[一二三十\\d]+[日号]))|(?<=[\\d]年)(?:十[一二]?|[一二三四五六七八九])(?=月)"
)
_CHINESE_DAY = pattern("(?<=月)(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[日号])")
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_MAY_HOLD = pattern("[年月日号季末底]|(?:19|20)\\d\\d")


class Span(Struct, frozen=True, kw_only=True):
    """A day or stretch of time named in a text; `earliest` and `latest` are both included.

    `is_moment` says that a day, a month or a limit (前, 内, 起) is named rather than a stretch.
    `is_loose` marks a year or quarter, which inside a sentence often names something else.
    `cycle` is 月 in 每月15日前. `start` and `end` are places in the normalised text.
    """

    earliest: date | None = None
    latest: date | None = None
    comparator: Comparator | None = None
    glyph: str = ""
    is_moment: bool = False
    is_loose: bool = False
    cycle: str | None = None
    doubtful: bool = False
    start: int = 0
    end: int = 0


class _Point(Struct, frozen=True, kw_only=True):
    """One point of a span, half-open; no dates where the year is not known."""

    match: re.Match[str]
    year: int | None
    start: date | None = None
    stop: date | None = None
    impossible: bool = False
    exact_end: bool = False
    doubtful: bool = False


def normalise(text: str) -> str:
    """Write dates in one way: 1-12月 as 1月-12月, 20221231前 as 2022年12月31日前."""
    if _MAY_HOLD.search(text) is None:
        return text
    text = _CHINESE_YEAR.sub(_digits, text)
    text = _CHINESE_MONTH.sub(_digits, text)
    text = _CHINESE_DAY.sub(_digits, text)
    text = _PACKED.sub(lambda m: "{}年{}月{}日".format(*filter(None, m.groups())), text)
    text = _PACKED.sub(lambda m: "{}年{}月{}日".format(*filter(None, m.groups())), text)
    text = _DOTTED_MONTHS.sub(r"\1年\2月\3\4月", text)
    text = _TWO_DIGIT_YEAR.sub(r"20\1", text)
    text = _SHORT_MONTHS.sub(r"\g<low>月\g<range>", text)
    text = _SHORT_YEARS.sub(r"\1年\2", text)
    return _BARE_YEARS.sub(r"\1年\2\3年", text) if _BARE_YEARS.fullmatch(text) else text


def _digits(match: re.Match[str]) -> str:
    number = read_numeral(match[0])
    return match[0] if number is None else str(number)


def find_spans(text: str, year: int | None = None) -> tuple[Span, ...]:
    """Every day or stretch of time in a normalised text; `year` completes those without one."""
    if _MAY_HOLD.search(text) is None:
        return ()
    spans: list[Span] = []
    position = 0
    while position < len(text):
        span = _next_span(text, position, year)
        if span is None:
            break
        spans.append(span)
        if (known := span.latest or span.earliest) is not None:
            year = known.year
        position = max(span.end, position + 1)
    return tuple(spans)


def _next_span(text: str, position: int, year: int | None) -> Span | None:
    cycle = _CYCLE.search(text, position) if "每" in text else None
    while cycle is not None and not (cycle["inner"] or cycle["limit"]):
        cycle = _CYCLE.search(text, cycle.end())
    school = _SCHOOL_YEAR.search(text, position) if "学年" in text else None
    point = _POINT.search(text, position)
    found = [match for match in (cycle, school, point) if match is not None]
    if not found:
        return None
    first = min(found, key=lambda match: match.start())
    if first is cycle:
        return _cyclic(first)
    return _school_year(first) if first is school else _stretch(text, first, year)


def _cyclic(match: re.Match[str]) -> Span:
    limited = match["limit"] is not None
    return Span(
        comparator=Comparator.AT_MOST if limited else None,
        glyph=match["limit"] or "",
        is_moment=limited or re.search(RANGE, match["inner"]) is None,
        cycle=match["cycle"],
        start=match.start(),
        end=match.end(),
    )


def _school_year(match: re.Match[str]) -> Span:
    first = int(match["year"])
    following = (
        int(match["next"]) if len(match["next"]) == 4 else first // 100 * 100 + int(match["next"])
    )
    right = following == first + 1
    return Span(
        earliest=date(first, 9, 1) if right else None,
        latest=date(following, 8, 31) if right else None,
        doubtful=not right,
        start=match.start(),
        end=match.end(),
    )


def _stretch(text: str, match: re.Match[str], year: int | None) -> Span:
    """One point, or two points with a dash between them, and the limit behind."""
    first = _point(match, year, None)
    last, end = first, match.end()
    dash = _RANGE.match(text, end)
    second = None if dash is None else _POINT.match(text, dash.end())
    if second is None and dash is not None:
        second = _day_only(text, dash.end(), match)
    if second is not None:
        last, end = _point(second, first.year or year, match), second.end()
    limit = _LIMIT.match(text, end)
    if limit is not None:
        end = limit.end()
    head = _UNTIL.search(text, 0, match.start())
    return _close(first, last, limit, head, end)


_DAY_ONLY = pattern(r"(?P<day3>\d{1,2})[日号]")


def _day_only(text: str, position: int, first: re.Match[str]) -> re.Match[str] | None:
    """`12月1日-5日`: the second day stands without its month."""
    return _DAY_ONLY.match(text, position) if first["day2"] is not None else None


def _close(
    first: _Point,
    last: _Point,
    limit: re.Match[str] | None,
    head: re.Match[str] | None,
    end: int,
) -> Span:
    is_range = first is not last
    impossible = first.impossible or last.impossible
    start, stop = (None, None) if impossible else (first.start, last.stop)
    if start is not None and stop is not None and start >= stop:
        start, stop, impossible = None, None, True
    groups = last.match.groupdict()
    loose = all(groups.get(name) is None for name in ("month1", "month2", "day3"))
    comparator, glyph, doubtful = _limit(last, limit, head)
    if comparator is Comparator.AT_MOST and not (limit is not None and limit["inside"]):
        start = None
    if comparator is Comparator.AT_LEAST:
        stop = None
    if last.exact_end and not is_range:
        start = None
    moment = comparator is not None or last.exact_end or not (is_range or loose)
    return Span(
        earliest=start,
        latest=None if stop is None else stop - timedelta(days=1),
        comparator=comparator,
        glyph=glyph,
        is_moment=moment and not (is_range and comparator is None),
        is_loose=loose and comparator is None and not last.exact_end and not is_range,
        doubtful=impossible or doubtful or first.doubtful or last.doubtful,
        start=first.match.start() if head is None else head.start(),
        end=end,
    )


def _limit(
    last: _Point, limit: re.Match[str] | None, head: re.Match[str] | None
) -> tuple[Comparator | None, str, bool]:
    """前 after a day or a month's end is plain; 6月前 may or may not include June."""
    if limit is None:
        part = last.match.groupdict().get("part5") or last.match.groupdict().get("loose") or ""
        if part.endswith("内"):
            return Comparator.AT_MOST, "内", False
        return (None, "", False) if head is None else (Comparator.AT_MOST, head[0], False)
    if limit["since"] is not None:
        return Comparator.AT_LEAST, limit[0], False
    groups = last.match.groupdict()
    is_day = any(groups.get(name) is not None for name in ("day1", "day2", "day3"))
    unclear = limit["before"] is not None and not (is_day or last.exact_end)
    return Comparator.AT_MOST, limit[0], unclear


def _point(match: re.Match[str], year: int | None, first: re.Match[str] | None) -> _Point:
    groups = match.groupdict()
    stated = groups.get("year1") or groups.get("year2") or groups.get("year3")
    relative = groups.get("relative") or groups.get("loose") or ""
    if stated is not None:
        year = int(stated)
    elif relative[:1] in ("次", "翌", "下", "第"):
        year = None if year is None else year + 1
    month = groups.get("month1") or groups.get("month2")
    if month is None and first is not None and groups.get("day3") is not None:
        month = first["month2"]
    part = next((groups[name] for name in groups if name.startswith("part") and groups[name]), "")
    part = part or (relative if relative[-1:] in ("底", "末", "初", "终") else "")
    exact_end = part[-1:] in ("底", "末", "终")
    bounds = _bounds(groups, year, None if month is None else int(month), part)
    return _Point(
        match=match,
        year=year,
        start=None if bounds is None else bounds[0],
        stop=None if bounds is None else bounds[1],
        impossible=bounds is None and _is_impossible(groups, year, month),
        exact_end=exact_end,
        doubtful=groups.get("term") is not None and year is not None,
    )


def _is_impossible(groups: dict[str, str | None], year: int | None, month: str | None) -> bool:
    """Without a year 30 February is still no day; a leap year decides about the 29th."""
    day = groups.get("day1") or groups.get("day2") or groups.get("day3")
    if month is None:
        return day is not None and not 1 <= int(day) <= 31
    return _day_after(year or 2000, int(month), int(day or 1)) is None


def _bounds(
    groups: dict[str, str | None], year: int | None, month: int | None, part: str
) -> tuple[date, date] | None:
    if year is None or not 1900 <= year <= 2100:
        return None
    day = groups.get("day1") or groups.get("day2") or groups.get("day3")
    if month is not None:
        return _in_month(year, month, None if day is None else int(day), part)
    if day is not None:
        return None
    if (quarter := groups.get("quarter")) is not None:
        first = 3 * _QUARTERS[quarter] - 2
        return date(year, first, 1), _month_start(year, first + 3)
    if (half := groups.get("half")) is not None and half[0] == "前":
        return date(year, 1, 1), date(year, 10 if half[1] in "三3" else 7, 1)
    if half is not None:
        return (
            (date(year, 1, 1), date(year, 7, 1))
            if half[0] == "上"
            else (date(year, 7, 1), date(year + 1, 1, 1))
        )
    if (term := groups.get("term")) is not None:
        return (
            (date(year, 2, 1), date(year, 8, 1))
            if term[0] in "春下"
            else (date(year, 9, 1), date(year + 1, 2, 1))
        )
    if groups.get("school") is not None:
        return date(year, 9, 1), date(year + 1, 9, 1)
    return date(year, 1, 1), date(year, 2, 1) if part.endswith("初") else date(year + 1, 1, 1)


def _in_month(year: int, month: int, day: int | None, part: str) -> tuple[date, date] | None:
    if not 1 <= month <= 12:
        return None
    if day is not None:
        after = _day_after(year, month, day)
        return None if after is None else (after - timedelta(days=1), after)
    start, stop = date(year, month, 1), _month_start(year, month + 1)
    tenths = {"上旬": (1, 11), "月初": (1, 11), "初": (1, 11), "中旬": (11, 21)}
    if part in tenths:
        low, high = tenths[part]
        return date(year, month, low), date(year, month, high)
    return (date(year, month, 21), stop) if part == "下旬" else (start, stop)


def _month_start(year: int, month: int) -> date:
    return date(year, month, 1) if month <= 12 else date(year + 1, month - 12, 1)


def _day_after(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) + timedelta(days=1)
    except ValueError:
        return None

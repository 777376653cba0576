"""Make a `Quantity` of a value that names a day, a deadline or a stretch of time."""

from datetime import date

from jixiao.foundation.comparators import DIRECTION_DOWN, DIRECTION_UP, combine, marks_before
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import Comparator, Quantity, ValueKind
from jixiao.foundation.spans import Span

# After these a year or a quarter says when it is done; otherwise it may be a name in a sentence.
_DONE = pattern(
    "(?:按时|按期|及时|全部|基本|底|前|内)?(?:完成|完工|竣工|建成|验收|交付|拨付|支付|到位|发放|开工|实施|执行|启动)"
)
_FILLING = pattern("[,;。:()于在的]+")


def read_dates(text: str, spans: tuple[Span, ...]) -> Quantity:
    """Read a text whose only numbers are dates."""
    span = spans[-1]
    marks = tuple(mark for mark in marks_before(text[: span.start]) if mark.end == span.start)
    head = text[: marks[0].start if marks else span.start]
    rest = _FILLING.sub("", head + text[span.end :])
    if (
        span.is_loose
        and rest
        and not marks
        and _DONE.match(_FILLING.sub("", text[span.end :])) is None
    ):
        return Quantity(kind=ValueKind.QUALITATIVE)
    comparator, doubtful = span.comparator, span.doubtful
    if marks and comparator is None:
        comparator, unclear = combine(marks)
        doubtful = doubtful or unclear
    earliest, latest = _limits(span, comparator)
    moment = span.is_moment or bool(marks)
    return Quantity(
        kind=ValueKind.DATE if moment else ValueKind.PERIOD,
        comparator=comparator,
        per=span.cycle,
        earliest=_iso(earliest),
        latest=_iso(latest),
        doubtful=doubtful or len(spans) > 1,
        glyphs=tuple(mark.glyph for mark in marks) + ((span.glyph,) if span.glyph else ()),
        rest=rest,
    )


def _limits(span: Span, comparator: Comparator | None) -> tuple[date | None, date | None]:
    if span.comparator is not None or comparator is None:
        return span.earliest, span.latest
    if comparator in DIRECTION_DOWN:
        return None, span.latest
    return (span.earliest, None) if comparator in DIRECTION_UP else (span.earliest, span.latest)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()

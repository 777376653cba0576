"""Moments as an address or a program states them, as both databases understand them."""

from datetime import UTC, datetime

_MIDDLE = 5000


def moment_of(text: str) -> datetime:
    """A moment with its zone, in UTC: PostgreSQL takes no zone that is most of a day away.

    One that lies beyond the calendar in UTC is the calendar's first or last. Raises ValueError for
    a text that is none, or states no zone.
    """
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError(text)
    try:
        return read.astimezone(UTC)
    except OverflowError:
        if read.year > _MIDDLE:
            return datetime.max.replace(tzinfo=UTC)
        return datetime.min.replace(tzinfo=UTC)

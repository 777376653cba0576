"""Working days: when a step is due, with holidays and Saturdays worked as data."""

from collections.abc import Mapping
from datetime import date, timedelta

_FRIDAY = 4


def is_workday(day: date, exceptions: Mapping[date, bool]) -> bool:
    """Whether people work on this day; `exceptions` says so for days unlike their weekday."""
    known = exceptions.get(day)
    return day.weekday() <= _FRIDAY if known is None else known


def due(start: date, days: int, exceptions: Mapping[date, bool]) -> date:
    """The last day of a term of `days` working days that begins the day after `start`."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if is_workday(day, exceptions):
            days -= 1
    return day


def is_overdue(due_on: date | None, today: date) -> bool:
    """Whether the term is over; without one nothing is overdue."""
    return due_on is not None and today > due_on

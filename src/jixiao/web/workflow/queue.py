"""The queue of background work, which nobody else speaks to: a call now, later, or again and again.

What is called is named by its place in the sources. A call is a row of the database and stands in
the caller's transaction: a worker sees it after the commit, or never.
"""

from datetime import datetime


def soon(function: str, key: int, name: str) -> None:
    """A worker takes it up as soon as one is free."""
    from django_q.tasks import async_task  # noqa: PLC0415  the queue loads its settings when asked

    async_task(function, key, task_name=name)


def later(function: str, key: int, at: datetime) -> None:
    """The same once that time has come."""
    from django_q.models import Schedule  # noqa: PLC0415  as above
    from django_q.tasks import schedule  # noqa: PLC0415  as above

    schedule(function, key, schedule_type=Schedule.ONCE, next_run=at, repeats=1)


def every_minutes(name: str, function: str, minutes: int) -> None:
    """From now on, so often."""
    from django_q.models import Schedule  # noqa: PLC0415  as above

    asked = {"func": function, "minutes": minutes, "repeats": -1}
    Schedule.objects.update_or_create(
        name=name, defaults={**asked, "schedule_type": Schedule.MINUTES}
    )


def every_day(name: str, function: str, first: datetime) -> None:
    """Each day from the first on; where it is asked for already, it stays as it is."""
    from django_q.models import Schedule  # noqa: PLC0415  as above

    asked = {"func": function, "next_run": first, "repeats": -1}
    Schedule.objects.get_or_create(name=name, defaults={**asked, "schedule_type": Schedule.DAILY})

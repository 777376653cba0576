"""Deliveries put into the queue: at once, or again after a while."""

from datetime import datetime

_DELIVER = "jixiao.web.workflow.delivering.deliver"


def send_soon(delivery_id: int) -> None:
    """A worker takes it up after the commit: the queue's row is of the same transaction."""
    from django_q.tasks import async_task  # noqa: PLC0415  the queue loads its settings when asked

    async_task(_DELIVER, delivery_id, task_name=f"delivery-{delivery_id}")


def send_later(delivery_id: int, at: datetime) -> None:
    """The same after a failure, at the time of the next attempt."""
    from django_q.models import Schedule  # noqa: PLC0415  as above
    from django_q.tasks import schedule  # noqa: PLC0415  as above

    schedule(_DELIVER, delivery_id, schedule_type=Schedule.ONCE, next_run=at, repeats=1)

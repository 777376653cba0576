"""What is told of a change of state: written down with its event, sent after the commit.

A delivery is written in the transaction of its event: what happened is told, and nothing is told
that did not happen. Only the log calls this; `webhooks.py` keeps the addresses.
"""

import json
from datetime import datetime
from functools import cache

from django.conf import settings
from django.utils.crypto import salted_hmac

from jixiao.web.filings.levels import county_journey
from jixiao.web.workflow.models import Delivery, Event, Webhook
from jixiao.web.workflow.queue import soon

BEGUN = "filing.begun"
DELIVER = "jixiao.web.workflow.delivering.deliver"


def state_events() -> tuple[str, ...]:
    """The codes of all events that change a state."""
    return _state_events(settings.JOURNEY)


@cache
def _state_events(_journey: str) -> tuple[str, ...]:
    codes = (action.event for action in county_journey().stage.actions)
    return tuple(dict.fromkeys((BEGUN, *codes)))


def announce(event: Event) -> None:
    """Write a delivery for everyone registered; within the transaction of the event."""
    if event.filing is None or event.code not in state_events():
        return
    registered = Webhook.objects.filter(
        agency__path__in=event.agency.ancestor_paths(), is_active=True
    )
    for webhook in registered:
        if not webhook.events or event.code in webhook.events:
            hand_over(webhook, event, event.at)


def body_of(event: Event) -> str:
    """What is sent: who did what with which filing, and nothing of what the filing says."""
    filing = event.filing
    assert filing is not None
    said = {
        "schema": "jixiao.event/1",
        "event": event.code,
        "agency": event.agency.code,
        "sequence": event.sequence,
        "at": event.at.isoformat(),
        "actor": event.actor_name,
        "role": event.role,
        "filing": {
            "id": filing.pk,
            "project_key": str(filing.project_key),
            "project_name": filing.project_name,
            "budget_year": filing.budget_year,
            "state": filing.state,
            "number": filing.number,
        },
        "payload": json.loads(event.payload),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def secret_of(webhook: Webhook) -> str:
    """The signing secret, which is nowhere stored."""
    return salted_hmac("jixiao.webhook", webhook.salt, algorithm="sha256").hexdigest()


def hand_over(webhook: Webhook, event: Event, now: datetime, body: str | None = None) -> Delivery:
    """Write a delivery and call for a worker."""
    delivery = Delivery.objects.create(
        webhook=webhook, event=event, body=body or body_of(event), due_at=now
    )
    soon(DELIVER, delivery.pk, f"delivery-{delivery.pk}")
    return delivery

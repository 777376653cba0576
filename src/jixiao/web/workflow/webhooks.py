"""Addresses that are told of changes of state, kept by the system administrator of a subtree."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.models import Agency, in_subtree
from jixiao.web.agencies.selectors import Actor
from jixiao.web.workflow.addresses import refusal
from jixiao.web.workflow.announcing import hand_over, state_events
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.filing import NotYours
from jixiao.web.workflow.models import Delivery, Webhook


class BadWebhook(ValueError):
    """An address or event that cannot be registered; the message says why."""


def webhooks_of(actor: Actor) -> "QuerySet[Webhook]":
    """The webhooks below the places where the actor is system administrator."""
    found = Webhook.objects.none()
    for post in actor.posts:
        if post.role is RoleCode.SYSTEM_ADMIN:
            found = found | Webhook.objects.filter(in_subtree("agency__path", post.path))
    return found.select_related("agency").order_by("pk")


@transaction.atomic
def register(
    *, actor: Actor, agency: Agency, url: str, events: Sequence[str], now: datetime
) -> Webhook:
    """A new address for a subtree. Raises BadWebhook; NotYours for who is no administrator."""
    if RoleCode.SYSTEM_ADMIN not in actor.roles_over(agency.path):
        raise NotYours
    reason = refusal(url)
    if reason is not None:
        raise BadWebhook(reason)
    unknown = [code for code in events if code not in state_events()]
    if unknown:
        raise BadWebhook(f"没有这种事项：{'、'.join(unknown)}；可选 {'、'.join(state_events())}")
    made = Webhook.objects.create(
        agency=agency,
        url=url,
        salt=secrets.token_urlsafe(24),
        events=list(dict.fromkeys(events)),
        created_by=actor.user,
    )
    _tell(actor, made, "webhook.registered", now)
    return made


@transaction.atomic
def switch(*, actor: Actor, webhook: Webhook, is_active: bool, now: datetime) -> Webhook:
    """Switch an address off or on; what waits for one that is off is not sent."""
    webhook.is_active = is_active
    webhook.save(update_fields=["is_active"])
    _tell(actor, webhook, "webhook.switched", now)
    return webhook


@transaction.atomic
def replay(*, actor: Actor, delivery: Delivery, now: datetime) -> Delivery:
    """Send the same event again, as a delivery of its own."""
    _tell(actor, delivery.webhook, "webhook.replayed", now)
    return hand_over(delivery.webhook, delivery.event, now, body=delivery.body)


def _tell(actor: Actor, webhook: Webhook, code: str, now: datetime) -> None:
    write_event(
        actor=actor,
        agency=webhook.agency,
        code=code,
        at=now,
        role=RoleCode.SYSTEM_ADMIN.value,
        payload={"webhook": webhook.pk, "url": webhook.url, "is_active": webhook.is_active},
    )

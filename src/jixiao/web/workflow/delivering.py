"""Sending one delivery: signed, without redirects, within bounds; tried again with patience.

The receiver checks `X-Jixiao-Signature: t=<seconds>,v1=<hex>`, the HMAC-SHA256 of
`<seconds>.<body>` under the webhook's secret, and tells repeats by `X-Jixiao-Delivery`.
"""

import hashlib
import hmac
import http.client
import socket
import ssl
from datetime import datetime, timedelta

from django.utils import timezone
from msgspec import Struct

from jixiao.web.workflow.addresses import Refused, Target, target_of
from jixiao.web.workflow.announcing import DELIVER, secret_of
from jixiao.web.workflow.models import Delivery
from jixiao.web.workflow.queue import later

_PATIENCE_SECONDS = 10
#: How long after each failure the next attempt is made; after the last one it has failed.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440))
_LONGEST = 200


class Answered(Struct, frozen=True):
    """What came back: a status, or why there was none."""

    status: int | None
    trouble: str


def deliver(delivery_id: int, now: datetime | None = None) -> str:
    """Try once; the job of the queue. A delivery that is done or switched off stays as it is."""
    delivery = Delivery.objects.select_related("webhook").filter(pk=delivery_id).first()
    moment = now or timezone.now()
    if delivery is None or delivery.status != "waiting" or not _claim(delivery, moment):
        return "nothing to do"
    if not delivery.webhook.is_active:
        return _note(delivery, Answered(None, "推送已停用"), moment, is_last=True)
    answered = send(delivery, moment)
    return _note(delivery, answered, moment, is_last=delivery.attempts > len(WAITS))


def signature(secret: str, seconds: int, body: bytes) -> str:
    """The value of the signature header."""
    signed = f"{seconds}.".encode() + body
    return f"t={seconds},v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def send(delivery: Delivery, now: datetime) -> Answered:
    """One request; every trouble on the way is an answer."""
    body, seconds = delivery.body.encode(), int(now.timestamp())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "jixiao-webhook/1",
        "X-Jixiao-Delivery": str(delivery.pk),
        "X-Jixiao-Signature": signature(secret_of(delivery.webhook), seconds, body),
    }
    try:
        target = target_of(delivery.webhook.url)
        connection = _connected(target)
    except Refused as fault:
        return Answered(None, str(fault))
    except OSError as fault:
        return Answered(None, f"连接不上：{type(fault).__name__}")
    try:
        connection.request("POST", target.path, body=body, headers=headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as fault:
        return Answered(None, f"对方没有回答：{type(fault).__name__}")
    finally:
        connection.close()
    return Answered(status, "" if 200 <= status < 300 else f"对方回答 {status}")


def _connected(target: Target) -> http.client.HTTPConnection:
    """A connection to the very address that was checked, whatever the name says a moment later."""
    raw = socket.create_connection((target.address, target.port), timeout=_PATIENCE_SECONDS)
    if target.scheme == "http":
        plain = http.client.HTTPConnection(target.host, target.port, timeout=_PATIENCE_SECONDS)
        plain.sock = raw
        return plain
    secure = http.client.HTTPSConnection(target.host, target.port, timeout=_PATIENCE_SECONDS)
    try:
        context = ssl.create_default_context()
        secure.sock = context.wrap_socket(raw, server_hostname=target.host)
    except OSError:
        raw.close()
        raise
    return secure


def _claim(delivery: Delivery, now: datetime) -> bool:
    """Count the attempt; of two workers with the same call one goes on."""
    mine = Delivery.objects.filter(
        pk=delivery.pk, status="waiting", attempts=delivery.attempts, due_at__lte=now
    )
    delivery.attempts += 1
    return mine.update(attempts=delivery.attempts) > 0


def _note(delivery: Delivery, answered: Answered, now: datetime, *, is_last: bool) -> str:
    delivery.answered, delivery.trouble = answered.status, answered.trouble[:_LONGEST]
    if not answered.trouble:
        delivery.status, delivery.delivered_at = "delivered", now
    elif is_last:
        delivery.status = "failed"
    else:
        delivery.due_at = now + WAITS[delivery.attempts - 1]
        later(DELIVER, delivery.pk, delivery.due_at)
    delivery.save(update_fields=["answered", "trouble", "status", "delivered_at", "due_at"])
    return delivery.status

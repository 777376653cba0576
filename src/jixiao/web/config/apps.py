"""The commands of the system: `jixiao_demo`, `jixiao_verify_events` and others."""

from typing import Any

from django.apps import AppConfig
from django.utils import timezone

from jixiao.web.config.database import bound_waits, own_after_fork


class ConfigConfig(AppConfig):
    name = "jixiao.web.config"
    label = "config"
    verbose_name = "系统"

    def ready(self) -> None:
        """Being locked out is in the log like signing in; connections as `database` says."""
        from axes.signals import user_locked_out  # noqa: PLC0415  it asks for models

        own_after_fork()
        bound_waits()
        user_locked_out.connect(_note_lock, dispatch_uid="jixiao")


def _note_lock(*, username: str, ip_address: str, **_more: Any) -> None:
    from jixiao.web.workflow.signing import locked_out  # noqa: PLC0415  models come after apps

    locked_out(username=username, address=ip_address or "", now=timezone.now())

"""The commands of the system: `jixiao_demo`, `jixiao_verify_events` and others."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "jixiao.web.config"
    label = "config"
    verbose_name = "系统"

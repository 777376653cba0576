"""Base pages, style and words."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "jixiao.web.ui"
    label = "ui"
    verbose_name = "界面"

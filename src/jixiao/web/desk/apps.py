"""The pages people work with."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "jixiao.web.desk"
    label = "desk"
    verbose_name = "工作台"

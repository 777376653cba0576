"""Who belongs under whom, and who holds which role where."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "jixiao.web.agencies"
    label = "agencies"
    verbose_name = "机构"

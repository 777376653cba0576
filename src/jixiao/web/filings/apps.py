"""What agencies hand in, every version of it, and what the audit says."""

from django.apps import AppConfig


class FilingsConfig(AppConfig):
    name = "jixiao.web.filings"
    label = "filings"
    verbose_name = "申报"

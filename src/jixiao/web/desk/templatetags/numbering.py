"""The number of a filing, as its pages show it."""

from django import template

from jixiao.web.filings.models import Filing
from jixiao.web.filings.numbering import number_of

register = template.Library()


@register.filter
def reference(filing: Filing) -> str:
    """`{{ filing|reference }}`."""
    return number_of(filing)

"""Who may say something of a filing, as its pages ask."""

from django import template

from jixiao.lifecycle.rights import may_comment
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import Filing

register = template.Library()


@register.filter
def may_say_of(actor: Actor, filing: Filing) -> bool:
    """`{% if actor|may_say_of:filing %}`."""
    return may_comment(actor.roles_over(filing.agency_path))

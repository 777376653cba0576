"""Codes as the words people know, in the language of the page."""

from django import template
from django.utils.translation import gettext as _

from jixiao.lifecycle.roles import KIND_LABELS, ROLES

register = template.Library()
_ROLES = {role.code.value: role.label for role in ROLES.values()}
_KINDS = {kind.value: label for kind, label in KIND_LABELS.items()}


@register.filter
def role_label(code: str) -> str:
    """What a role is called."""
    return _(_ROLES[code]) if code in _ROLES else code


@register.filter
def kind_label(code: str) -> str:
    """What a kind of agency is called."""
    return _(_KINDS[code]) if code in _KINDS else code

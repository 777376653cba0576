"""Codes as the words people know, and sentences of the rooms below, in the language of the page."""

from django import template
from django.forms import BoundField, ModelChoiceField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jixiao.lifecycle.roles import KIND_LABELS, ROLES
from jixiao.web.ui import sentences

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


@register.filter
def said(text: object) -> str:
    """A label or sentence of ours that comes in a variable; what stays Chinese in it is marked."""
    shown = _text(text)
    return sentences.said_in_html(shown) if sentences.is_english() else shown


@register.filter
def plainly(text: object) -> str:
    """The same for an attribute, an option or a title, which hold no marks."""
    return sentences.said(_text(text))


@register.filter
def zh(text: object) -> str:
    """Names and words of people and of official tables: Chinese, and marked so on English pages."""
    shown = _text(text)
    return sentences.chinese(shown) if sentences.is_english() else shown


@register.filter
def marked(text: str) -> SafeString:
    """An English sentence of ours that quotes Chinese words, with these marked."""
    return sentences.marked(text)


@register.filter
def drawn(field: BoundField) -> SafeString:
    """A field of a form; one that lists people or agencies lists them in Chinese."""
    is_listing = isinstance(field.field, ModelChoiceField)
    return field.as_widget(attrs={"lang": "zh-CN"} if is_listing else None)


def _text(value: object) -> str:
    """A text as it is, safe or not; lazy words and figures as text, nothing as nothing."""
    if isinstance(value, str):
        return value
    return "" if value is None else str(value)

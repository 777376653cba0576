"""Figures as officials read them: groups of three, no needless zeros."""

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def yuan(value: Decimal | None) -> str:
    """An amount in 元: 1,400,000 or 1,400.5; nothing where none is stated."""
    if value is None:
        return ""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")

"""Words with pieces of code among them, as the description writes them: between backticks."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def coded(text: str) -> SafeString:
    """Every second piece between backticks is code."""
    pieces = text.split("`")
    shown = (
        (format_html("<code>{}</code>", piece) if at % 2 else piece,)
        for at, piece in enumerate(pieces)
    )
    return format_html_join("", "{}", shown)

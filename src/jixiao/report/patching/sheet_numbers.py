"""The number to be stored so that a cell shows a given text in the format it has.

Only what such a format adds is taken away: separators of thousands and the sign of per cent.
"""

import re
from decimal import Decimal

_SHOWN = re.compile(r"-?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,8})?%?")


def number_behind(shown: str) -> str | None:
    """`1,234.50` → `1234.5`, `95%` → `0.95`; None for anything that is not just a number."""
    text = shown.strip()
    if _SHOWN.fullmatch(text) is None:
        return None
    number = Decimal(text.replace(",", "").removesuffix("%"))
    if text.endswith("%"):
        number = number.scaleb(-2)
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain

"""Amounts as true numbers, but only where a number format shows exactly what was written.

“1,300,000.00” and “95%” can be added up and still read the same; 055, 1.2万, ０ and a number of
more than fifteen digits stay text.
"""

import re
from decimal import Decimal

from msgspec import Struct

_WRITTEN = re.compile(r"(-?)([1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*|0)(?:\.([0-9]+))?(%?)")
#: A spreadsheet keeps fifteen digits and is sure of them to a dozen places.
_MOST_DIGITS, _MOST_PLACES = 15, 12


class ExactNumber(Struct, frozen=True):
    """A number and the format under which it shows as it was written."""

    value: float
    number_format: str


def exact_number(text: str) -> ExactNumber | None:
    """None where text must stay text."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    minus, whole, places, percent = match[1], match[2], match[3] or "", match[4]
    digits = (whole.replace(",", "") + places).lstrip("0")
    if len(digits) > _MOST_DIGITS or len(places) > _MOST_PLACES or (minus and not digits):
        return None
    number = Decimal(f"{minus}{whole.replace(',', '')}.{places or 0}")
    code = (
        ("#,##0" if "," in whole else "0") + (f".{'0' * len(places)}" if places else "") + percent
    )
    return ExactNumber(float(number.scaleb(-2) if percent else number), code)

"""How figures are printed in messages and in evidence: exact, with thousands, never as 1E+5."""

from decimal import ROUND_HALF_UP, Decimal

_TENTH = Decimal("0.1")
_CENT = Decimal("0.01")


def plain(number: Decimal) -> str:
    """A number for evidence: `150000`, `4.5`; no exponent, no trailing zeros."""
    return _without_zeros(f"{number:f}")


def grouped(number: Decimal) -> str:
    """A number for people: `150,000`, at most two places."""
    rounded = number if number == number.to_integral_value() else number.quantize(_CENT)
    return _without_zeros(f"{rounded:,f}")


def yuan(amount: Decimal) -> str:
    """An amount in 元 as the messages print it: `150,000 元`."""
    return f"{grouped(amount)} 元"


def share(part: Decimal, whole: Decimal) -> str:
    """How much of the whole a part is, to one place: `34.8%`."""
    percent = (part / whole * 100).quantize(_TENTH, rounding=ROUND_HALF_UP)
    return f"{plain(percent)}%"


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text

"""How figures are printed in messages and in evidence: exact, with thousands, never as 1E+5."""

from decimal import ROUND_HALF_UP, Context, Decimal

from jixiao.foundation.numerals import LONGEST_NUMBER

_TENTH = Decimal("0.1")
_CENT = Decimal("0.01")
# Figures as long as a hostile cell can hold are multiplied here; rounding must not refuse them.
_WIDE = Context(prec=8 * LONGEST_NUMBER, rounding=ROUND_HALF_UP)


def plain(number: Decimal) -> str:
    """A number for evidence: `150000`, `4.5`; no exponent, no trailing zeros."""
    return _without_zeros(f"{number:f}")


def cents(number: Decimal) -> Decimal:
    """A quotient to two places."""
    return number.quantize(_CENT, context=_WIDE)


def grouped(number: Decimal) -> str:
    """A number for people: `150,000`, at most two places."""
    rounded = number if number == number.to_integral_value() else cents(number)
    return _without_zeros(f"{rounded:,f}")


def yuan(amount: Decimal) -> str:
    """An amount in 元 as the messages print it: `150,000 元`."""
    return f"{grouped(amount)} 元"


def share(part: Decimal, whole: Decimal) -> str:
    """How much of the whole a part is, to one place: `34.8%`."""
    percent = (part / whole * 100).quantize(_TENTH, context=_WIDE)
    return f"{plain(percent)}%"


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text

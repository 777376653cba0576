"""Money: one exact amount in 元, and the reading of amount cells.

`Money.of` is the only way in, so a bare number never becomes money without its unit being said.
An amount cell that is blank, crossed out or says 无 is not zero.
"""

import re
from decimal import Context, Decimal

from msgspec import Struct

from jixiao.foundation.numerals import LONGEST_NUMBER, NUMERALS, read_numeral
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import ValueKind
from jixiao.foundation.text import compact, placeholder_kind

EXACT = Context(prec=4 * LONGEST_NUMBER)
SIZES = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "十万元": Decimal(100_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿元": Decimal(100_000_000),
}
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+\.?\d*|\.\d+"
_UNIT = "(?:十|百|千|百?万|千万|亿)?(?:元|圆)|[十百千]?万|亿|千"
_AMOUNT = pattern(
    rf"(?P<open>\()?(?P<sign>[-+])?(?:人民币|RMB|CNY)?(?P<mark>[¥])?(?P<sign2>[-+])?"
    rf"(?P<digits>{_DIGITS})(?P<exponent>[eE][-+]?\d{{1,2}})?(?P<close>\))?"
    rf"(?:(?P<unit>{_UNIT})(?:人民币)?[整正]?|\((?P<unit2>{_UNIT})\))?(?P<late>\))?"
)
_INSIDE = pattern(rf"(?P<digits>{_DIGITS})(?P<unit>{_UNIT})|:(?P<last>{_DIGITS})$")
_ANY_NUMBER = pattern(r"\d[\d,.]*")
_NUMERAL = pattern(rf"(?P<number>[{NUMERALS}]+)(?P<unit>元|圆)[整正]?")
_SPLIT = pattern(r"\d\s+[\d,.]|[,.]\s+\d")
_EDGES = "。;；,，、:：'\"`"


class Money(Struct, frozen=True, order=True, gc=False):
    """An exact amount in 元; made by `of`, which must be told the unit."""

    yuan: Decimal

    @classmethod
    def of(cls, number: Decimal, unit: str) -> "Money":
        """Make money of a number and the unit it is counted in; refuses unknown units."""
        return cls(EXACT.multiply(number, SIZES[unit]))

    def __add__(self, other: "Money") -> "Money":
        return Money(EXACT.add(self.yuan, other.yuan))

    def __sub__(self, other: "Money") -> "Money":
        return Money(EXACT.subtract(self.yuan, other.yuan))

    def times(self, factor: Decimal) -> "Money":
        return Money(EXACT.multiply(self.yuan, factor))

    def within(self, unit: str) -> Decimal:
        """Return the amount counted in another unit, exactly."""
        return _plain(EXACT.divide(self.yuan, SIZES[unit]))

    def printed(self, unit: str | None = None) -> str:
        """Write the amount for a message: `150,000 元`, or `15 万元` in that unit."""
        number = _plain(EXACT.normalize(self.within(unit or "元")))
        return f"{number:,f} {unit or '元'}"


class Amount(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What an amount cell says: a number with the unit stated in the cell, or why not.

    `kind` is money for a number, else blank, not_applicable, qualitative (无) or unreadable.
    """

    kind: ValueKind
    number: Decimal | None = None
    unit: str | None = None
    doubtful: bool = False

    def money(self, column_unit: str | None = None) -> Money | None:
        """The amount itself; the cell's own unit goes before the column's."""
        unit = self.unit or column_unit
        unit = f"{unit}元" if unit in ("万", "亿", "千", "十万", "百万", "千万") else unit
        if self.number is None or unit not in SIZES:
            return None
        return Money.of(self.number, unit)


def read_amount(text: str) -> Amount:
    """Understand one amount cell; never raises."""
    if (kind := placeholder_kind(text)) is not None:
        return Amount(kind=kind)
    body = compact(text).strip(_EDGES)
    if len(body) > LONGEST_NUMBER:
        return Amount(kind=ValueKind.UNREADABLE, doubtful=True)
    match = _AMOUNT.fullmatch(body)
    if match is not None:
        return _from_match(match, doubtful=_SPLIT.search(text.strip()) is not None)
    return _from_words(body)


def _from_match(match: re.Match[str], *, doubtful: bool) -> Amount:
    number = Decimal(match["digits"].replace(",", "") + (match["exponent"] or ""))
    bracketed = match["open"] is not None
    closed = match["close"] is not None or match["late"] is not None
    signs = (match["sign"] or "") + (match["sign2"] or "")
    if "-" in signs or (bracketed and closed):
        number = number.copy_negate()
    unit = match["unit"] or match["unit2"]
    unit = None if unit is None else unit.replace("圆", "元")
    missing = unit is not None and not unit.endswith("元")
    clear = len(signs) < 2 and bracketed == closed and not missing
    return Amount(
        kind=ValueKind.MONEY, number=_plain(number), unit=unit, doubtful=doubtful or not clear
    )


def _plain(number: Decimal) -> Decimal:
    """1.2E+6 out of a spreadsheet is 1200000; 24.60 keeps its printed zero."""
    exponent = number.as_tuple().exponent
    return Decimal(f"{number:f}") if isinstance(exponent, int) and exponent > 0 else number


def _from_words(body: str) -> Amount:
    """`壹万元整`, or one amount with words around it: 财政拨款100万元."""
    numeral = _NUMERAL.fullmatch(body)
    if numeral is not None and (number := read_numeral(numeral["number"])) is not None:
        return Amount(kind=ValueKind.MONEY, number=Decimal(number), unit="元")
    numbers = _ANY_NUMBER.findall(body)
    inside = _INSIDE.search(body)
    if len(numbers) == 1 and inside is not None and inside[0].strip(":").startswith(numbers[0]):
        unit = inside["unit"]
        return Amount(
            kind=ValueKind.MONEY,
            number=Decimal(numbers[0].replace(",", "")),
            unit=None if unit is None else unit.replace("圆", "元"),
            doubtful=True,
        )
    kind = ValueKind.UNREADABLE if numbers else ValueKind.QUALITATIVE
    return Amount(kind=kind, doubtful=bool(numbers))

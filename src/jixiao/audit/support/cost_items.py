"""What a cost indicator says: an amount in 元, for what one unit, and of how much it speaks.

A cost row may state a price of one (3 万元/个), a lump (10 万元), or no amount at all (成本节约率).
Only what is written decides; where the unit is missing both readings are kept and marked.
"""

from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from jixiao.audit.support.word_patterns import containing, ending_in
from jixiao.audit.view import Row
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import Comparator, Quantity, ValueKind
from jixiao.foundation.units import convert, dimension_of
from jixiao.standards.lexicon import Lexicon

_BRACKETED = pattern(r"\(([^()]*)\)")
_EVERY_IN_NAME = pattern(
    r"每(?:一)?(?:个)?(人次|户次|批次|[人户村亩次月年天日校场台套名]|社区|学期|季度|平方米|公里|立方米|吨)"
)
_EACH_IN_NAME = {
    "人均": "人",
    "生均": "人",
    "户均": "户",
    "亩均": "亩",
    "村均": "村",
    "校均": "校",
    "月均": "月",
    "月薪": "月",
    "月工资": "月",
    "月租": "月",
    "月补": "月",
    "月标准": "月",
    "年薪": "年",
    "年租": "年",
    "日均": "天",
}
_SPANS = frozenset(("年", "年度", "月", "个月", "季度", "学期", "学年", "半年"))
_HEADS = frozenset(("人", "户"))
_PARTS = pattern(r"[·*×./、,每]")
_KINDS = frozenset((ValueKind.MONEY, ValueKind.QUANTITY, ValueKind.RANGE, ValueKind.FREQUENCY))


class CostItem(Struct, frozen=True, kw_only=True):
    """A cost row with an amount.

    `amounts` are the readings in 元: one where the unit is stated, two where it is not (as 元,
    and as the table's unit). `top` is the upper end of a range. `per` are the words after the
    stroke (人·月 → 人, 月). `whole` says that the name speaks of the whole money, `priced` that
    it speaks of a price of one. `core` is the name without words every cost row has.
    """

    row: Row
    amounts: tuple[Decimal, ...]
    top: Decimal | None
    per: tuple[str, ...]
    printed: str
    whole: bool
    priced: bool
    core: str

    @property
    def amount(self) -> Decimal:
        return self.amounts[0]

    @property
    def is_cap(self) -> bool:
        return self.row.quantity.comparator in {Comparator.AT_MOST, Comparator.LESS_THAN}


def core_name(name: str, lexicon: Lexicon) -> str:
    """The name without brackets and without the words any cost indicator may carry."""
    return _core(name, lexicon.words("general_cost_words"))


@lru_cache(maxsize=4096)
def _core(name: str, general: frozenset[str]) -> str:
    return containing(general).sub("", _BRACKETED.sub("", name))


def cost_item(row: Row, table_unit: str | None, lexicon: Lexicon) -> CostItem | None:
    """What the row says, or None where it states no amount of money spent."""
    quantity = row.quantity
    if (
        quantity.number is None
        or quantity.kind not in _KINDS
        or dimension_of(quantity.unit) == "percent"
    ):
        return None
    name = _BRACKETED.sub("", row.name)
    if ending_in(lexicon.words("no_amount_endings")).search(name):
        return None
    if containing(lexicon.words("no_spending_words")).search(name):
        return None
    unit, per = _unit_and_per(row, quantity)
    if unit is not None and dimension_of(unit) != "money":
        return None
    units = (unit,) if unit is not None else tuple(dict.fromkeys(("元", table_unit or "元")))
    amounts = tuple(_in_yuan(quantity.number, each) for each in units)
    top = None if quantity.number_high is None else _in_yuan(quantity.number_high, units[0])
    return CostItem(
        row=row,
        amounts=amounts,
        top=top,
        per=per,
        printed=_printed(quantity.number, unit, per),
        whole=not per and containing(lexicon.words("whole_cost_words")).search(name) is not None,
        priced=containing(lexicon.words("unit_cost_words")).search(name) is not None,
        core=core_name(row.name, lexicon),
    )


def _unit_and_per(row: Row, quantity: Quantity) -> tuple[str | None, tuple[str, ...]]:
    unit, per = quantity.unit, quantity.per
    if unit is None:
        unit, per = _unit_in_name(row)
    return ("万元" if unit == "万" else unit), _merged(_split(per), _per_in_name(row.name))


def _merged(written: tuple[str, ...], named: tuple[str, ...]) -> tuple[str, ...]:
    """What the value says goes first; the name may add the head to a span, or the span to it.

    人均月工资 6000 元/月 is counted by head and month; 每个村 3 万元/个 by villages once.
    """
    if not written:
        return named
    has_span = any(word in _SPANS for word in written)
    only_spans = all(word in _SPANS for word in written)
    added = (
        word
        for word in named
        if (word in _SPANS and not has_span) or (word in _HEADS and only_spans)
    )
    return tuple(dict.fromkeys((*written, *added)))


def _unit_in_name(row: Row) -> tuple[str | None, str | None]:
    """The unit a bracket in the name, or the unit column, gives: `（元）`, `(万元/个)`."""
    cell = row.indicator.unit_cell
    texts = [*_BRACKETED.findall(row.name)]
    if cell is not None:
        texts.append(cell.raw.strip())
    for text in texts:
        head, _, tail = text.rpartition("单位:")[2].partition("/")
        if dimension_of(head) == "money":
            return head, tail or None
    return None, None


def _per_in_name(name: str) -> tuple[str, ...]:
    found = _EVERY_IN_NAME.findall(name)
    found += [word for phrase, word in _EACH_IN_NAME.items() if phrase in name]
    return tuple(dict.fromkeys(found))


def _split(per: str | None) -> tuple[str, ...]:
    return () if per is None else tuple(part for part in _PARTS.split(per) if part)


def _in_yuan(number: Decimal, unit: str) -> Decimal:
    converted = convert(number, unit, "元")
    return number if converted is None else converted


def _printed(number: Decimal, unit: str | None, per: tuple[str, ...]) -> str:
    tail = f"/{'·'.join(per)}" if per else ""
    return f"{number:,f} {unit or ''}{tail}".strip()

"""What the output indicators count, in units that a unit price can be multiplied with.

`12 次`, `2 次/月` (24 in a year), `31 人次`, `促进创业人数（人） 3000`: number, dimension and the
name of the thing. Shares and money are not counted things.
"""

from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from jixiao.audit.view import FormView, Row, once_per_form
from jixiao.form.indicator import Category
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import ValueKind
from jixiao.foundation.units import dimension_of, unit_of
from jixiao.standards.lexicon import Lexicon
from jixiao.standards.profile import Profile

_COUNTABLE = frozenset((ValueKind.QUANTITY, ValueKind.FREQUENCY, ValueKind.PERIOD, ValueKind.RANGE))
_NOT_COUNTED = frozenset(("money", "percent", "percentage point"))
_UNIT_IN_NAME = pattern(r"\((?:单位:)?([^()\d]{1,4})\)$")
_COUNT_IN_NAME = pattern(
    r"(人次|人数|户数|次数|个数|家数|场次|份数|件数|台数|套数|亩数|吨数|天数|村数|社区数)$"
)
#: Words after the stroke of a price that are counted as people.
_SAME = {
    "生": "人",
    "学生": "人",
    "人员": "人",
    "职工": "人",
    "学员": "人",
    "岗": "人",
    "党员": "人",
}
#: Occasions: a price per 次 meets a quantity in 场, if the names agree.
OCCASIONS = frozenset(("次", "场", "期", "批", "班", "班次", "届", "轮", "轮次", "期次"))
#: Measure words that say nothing of the thing: the noun in the name tells what is meant.
ANY_THING = frozenset(
    ("个", "家", "所", "座", "处", "单位", "点", "站点", "个村", "个社区", "个乡镇", "个项目")
)
#: Of these any other may stand on the other side: 3 万元/个 and 5 家.
ANY_THING_ITSELF = frozenset(("个", "家", "所", "座", "处", "单位"))


class Count(Struct, frozen=True, kw_only=True):
    """A counted output. `exact` is in the base unit of `dimension`, over one year.

    `written` is the same in the unit that was printed (2 公里, not 2000 米). Both are fractions,
    because an 亩 is two thousand thirds of a square metre.
    """

    row: Row
    exact: Fraction
    dimension: str
    written: Fraction
    printed: str
    output: bool

    @property
    def number(self) -> Decimal:
        """The same for dividing money by it; rounded where it has no end."""
        return Decimal(self.exact.numerator) / Decimal(self.exact.denominator)

    def share_of(self, money: Decimal) -> Decimal:
        """Divide money by the count in its printed unit."""
        return money * self.written.denominator / self.written.numerator


@once_per_form
def counts_of(view: FormView, profile: Profile) -> tuple[Count, ...]:
    """All counted things of the form, in its order."""
    rows = view.of(Category.OUTPUT_QUANTITY, Category.OUTPUT_QUALITY, Category.OUTPUT_TIMELINESS)
    found = (_count(row, profile.lexicon) for row in rows)
    return tuple(count for count in found if count is not None)


def dimension_of_word(word: str) -> tuple[str, Fraction]:
    """The dimension and size of a counting word; an unknown word is a dimension of its own."""
    unit = unit_of(_SAME.get(word, word))
    return (word, Fraction(1)) if unit is None else (unit.dimension, unit.size)


def _count(row: Row, lexicon: Lexicon) -> Count | None:
    quantity = row.quantity
    if quantity.number is None or quantity.kind not in _COUNTABLE:
        return None
    word = quantity.unit or _word_in_name(row.name)
    if word is None or dimension_of(word) in _NOT_COUNTED:
        return None
    dimension, size = dimension_of_word(word)
    per = quantity.per
    exact = Fraction(quantity.number)
    if size != 1:
        exact *= size
    if per is not None:
        spans = lexicon.table("spans_of_a_year").get(per)
        if spans is None:
            return None
        exact *= Fraction(spans)
    if exact <= 0:
        return None
    printed = f"{quantity.number:,f} {word}" + (f"/{per}" if per else "")
    return Count(
        row=row,
        exact=exact,
        written=exact / size,
        dimension=dimension,
        printed=printed,
        output=row.category is Category.OUTPUT_QUANTITY,
    )


def _word_in_name(name: str) -> str | None:
    if found := _UNIT_IN_NAME.search(name):
        return found[1]
    if found := _COUNT_IN_NAME.search(name):
        return found[1].removesuffix("数")
    return None

"""The wording of a target without operator, unit and quotation marks: what the value really says.

Tables with separate columns print 定性 beside the words; the joined text would hide that the
value is a single bare word.
"""

from jixiao.audit.view import Row
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold

_FRAME = pattern(r"^(?:定性指标|定性|=|:|\"|'|\()+|(?:。|;|,|\"|'|\)|!|/|-)+$")


def shown_value(row: Row) -> str:
    """The value as a message quotes it: the value column where there is one."""
    cell = row.indicator.value_cell
    return row.raw_value if cell is None else cell.raw.strip() or row.raw_value


def stated_words(row: Row) -> str:
    """The folded words of the value, "" where the cell holds nothing but a frame."""
    cell = row.indicator.value_cell
    text = row.value if cell is None or not cell.raw.strip() else fold(cell.raw)
    return _FRAME.sub("", text)

"""Rows whose value is an amount of money: cost rows, and rows named after money."""

from jixiao.audit.support.rate_names import bare_name
from jixiao.audit.support.word_patterns import ending_in
from jixiao.audit.view import Row
from jixiao.form.indicator import Category
from jixiao.standards.lexicon import Lexicon

COSTS = frozenset((Category.OUTPUT_COST, Category.COST_ECONOMIC))


def is_money_row(row: Row, lexicon: Lexicon) -> bool:
    """A number here is money unless another unit says otherwise."""
    if row.category in COSTS:
        return True
    return ending_in(lexicon.words("money_names")).search(bare_name(row.name)) is not None

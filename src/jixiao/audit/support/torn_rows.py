"""Two rows of the table that are one: a page break cut the name and left half a row behind.

Reading joins such rows where it can. What it left apart must not be reported as an indicator
without a value, so several rules ask here first.
"""

from jixiao.audit.view import FormView, Row

_GOES_ON = ("、", ",", "(", ":")
_CONTINUES = (")", "、", ",", "。", ";")


def torn_pair(form: FormView, index: int) -> tuple[Row, Row] | None:
    """The two halves when the row at `index` and the one after it are one row, else None."""
    rows = form.rows
    if not 0 <= index < len(rows) - 1:
        return None
    first, second = rows[index], rows[index + 1]
    if bool(first.value) == bool(second.value) or not first.name or not second.name:
        return None
    if second.category is not None and second.category != first.category:
        return None
    return (first, second) if _is_open(first.name) or _is_rest(second.name) else None


def is_torn(row: Row) -> bool:
    """The row is one half of a torn pair."""
    return (
        torn_pair(row.form, row.index) is not None or torn_pair(row.form, row.index - 1) is not None
    )


def _is_open(name: str) -> bool:
    return name.endswith(_GOES_ON) or name.count("(") > name.count(")")


def _is_rest(name: str) -> bool:
    return name.startswith(_CONTINUES) or name.count(")") > name.count("(")

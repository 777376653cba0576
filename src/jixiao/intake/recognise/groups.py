"""The texts under one pair of level names, laid out as rows: name, value, and what else there is.

A dump with one cell on a line drops blank cells, so the number of texts in a row varies. Rows are
cut evenly where that works out and every text fits its column; else they are filled text by text
and marked doubtful.
"""

from collections.abc import Iterator

from jixiao.foundation.pattern import pattern
from jixiao.intake.recognise.cutting import is_operator
from jixiao.intake.recognise.token import Token

_LONGEST_UNIT = 6
OPTIONAL = frozenset(
    {"remark", "deviation_cause", "improvement", "likelihood", "direction", "core"}
)
_COMPARED = pattern(r"\s*[≥≤><=≧≦＞＜＝]")

Group = tuple[list[Token | None], bool]


def pairs(pending: list[Token], size: int) -> list[Group]:
    """Names and values in turn. An odd one out makes the whole group doubtful."""
    if size < 2:
        return [([token], False) for token in pending]
    groups: list[Group] = []
    doubtful = len(pending) % 2 == 1 and len(pending) > 1
    for start in range(0, len(pending), 2):
        pair: list[Token | None] = list(pending[start : start + 2])
        groups.append((pair, doubtful))
    return groups


def typed_groups(pending: list[Token], roles: list[str]) -> list[Group]:
    """Rows with more columns than name and value."""
    for shape in _shapes(roles):
        size = len(shape)
        rows = [pending[start : start + size] for start in range(0, len(pending), size)]
        if len(pending) % size == 0 and all(_row_fits(row, shape) for row in rows):
            return [([*_spread(row, shape, roles)], False) for row in rows]
    return _filled_as_they_fit(pending, [role for role in roles if role not in OPTIONAL])


def _shapes(roles: list[str]) -> Iterator[list[str]]:
    """The columns as they are, then without optional ones, the last dropped first."""
    shape = list(roles)
    yield shape
    while (last := next((r for r in reversed(shape) if r in OPTIONAL), None)) is not None:
        position = len(shape) - 1 - shape[::-1].index(last)
        shape = [*shape[:position], *shape[position + 1 :]]
        yield shape


def _row_fits(row: list[Token], shape: list[str]) -> bool:
    return all(_may_stand(token.text, role) for token, role in zip(row, shape, strict=True))


def _spread(row: list[Token], shape: list[str], roles: list[str]) -> Iterator[Token | None]:
    """The texts of a row under all columns; the dropped ones stay blank."""
    position = 0
    for number, role in enumerate(roles):
        left = len(roles) - number
        if position < len(shape) and shape[position] == role and len(shape) - position <= left:
            yield row[position]
            position += 1
        else:
            yield None


def _filled_as_they_fit(pending: list[Token], roles: list[str]) -> list[Group]:
    groups: list[Group] = []
    index = 0
    while index < len(pending):
        group: list[Token | None] = []
        for role in roles:
            before = group[-1].text if group and group[-1] is not None else ""
            fits = index < len(pending) and _fits(pending[index].text, role, before)
            group.append(pending[index] if fits else None)
            index += fits
        if all(token is None for token in group):
            group[0] = pending[index]
            index += 1
        groups.append((group, any(token is None for token in group)))
    return groups


def _may_stand(text: str, role: str) -> bool:
    """Whether a text may stand in a column at all."""
    plain = text.strip().replace(".", "", 1)
    if role == "operator":
        return is_operator(text)
    if role in ("weight", "score"):
        return plain.rstrip("分%").isdigit()
    if role == "unit":
        return not any(c.isdigit() for c in text) and len(text.strip()) <= _LONGEST_UNIT
    if role == "name":
        return not is_operator(text) and not plain.isdigit() and not _COMPARED.match(text)
    return True


def _fits(text: str, role: str, before: str) -> bool:
    """Whether a text may stand in a column, `before` being the text left of it.

    A unit stands only behind a bare number; behind a word the column was blank.
    """
    if role == "unit" and not before.replace(".", "", 1).replace(",", "").isdigit():
        return False
    return _may_stand(text, role)

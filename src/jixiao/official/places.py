"""The path of a field nobody has filled in yet, so that every cell of a table can be typed into.

A form answers for what it has (`answers.py`, `blocks.py`); this says under which path `editing`
would write what it has not. Sums are worked out, not typed: they have no path.
"""

from jixiao.official.answers import COLUMN_WORDS, HEADER, NARRATIVE, REVIEW
from jixiao.standards.labels import money_name

#: The key under which an item of a block keeps its own place (`indicators[3]`).
ROW = "@"
_BLOCKS = {
    "indicators": "indicators",
    "long_term_indicators": "long_term_indicators",
    "tasks": "narrative.tasks",
    "review": "review.items",
}
_HALVES = {"long_term": "long_term_indicators", "annual": "indicators"}


def field_path(field: str) -> str:
    """The path of a field of the whole form: `funding.total.initial`, `other.填报人`, `goal`."""
    if field in HEADER:
        return f"header.{HEADER[field][0]}"
    if field in NARRATIVE:
        return f"narrative.{field}"
    section, _, rest = field.partition(".")
    if section == "other" and rest and "#" not in rest:
        return f"header.others.{rest}"
    if section == "funding":
        return f"funding.{rest.removesuffix('.amount')}"
    if section == "review" and rest in REVIEW:
        return field
    return ""


def row_path(place: str, field: str) -> str:
    """The path of a field of a row; "" where the row itself has no place."""
    return f"{place}.{field}" if place and field else ""


def blank_rows(block: str, number: int) -> dict[str, str]:
    """The places of a row that does not exist yet, by half ("" where there are no halves)."""
    if block == "halves":
        halves = {half: f"{rows}[{number}]" for half, rows in _HALVES.items()}
        return {"": halves["annual"], **halves}
    return {"": f"{_BLOCKS[block]}[{number}]"}


def field_label(field: str) -> str:
    """What people call a field of the whole form that is not filled in yet."""
    if field in HEADER:
        return HEADER[field][1]
    if field in NARRATIVE:
        return NARRATIVE[field]
    section, _, rest = field.partition(".")
    if section == "review":
        return REVIEW.get(rest, rest)
    if section == "funding":
        key, _, column = rest.rpartition(".")
        return f"{money_name(key)}（{COLUMN_WORDS.get(column, '金额')}）"
    return rest

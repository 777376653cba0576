"""Typing into the money block: a line that is not there yet is begun under its usual name."""

from typing import Any

from msgspec.structs import replace

from jixiao.form.entry import Entry
from jixiao.form.forms import Form
from jixiao.form.funding import Funding, FundingLine
from jixiao.foundation.pattern import pattern
from jixiao.official.typed import AMOUNTS, UnknownPlace, place_of, typed_amount, typed_number
from jixiao.standards.labels import money_name

_LINE = pattern(r"^funding\.lines\[(\d+)\]\.([a-z]+)$")
_CHIEF = frozenset({"total", "fiscal", "carry_over", "other"})


def change_funding(form: Form, field: str, path: str, text: str) -> Form:
    """`funding.fiscal`, `funding.fiscal.executed` or `funding.lines[2].executed`."""
    funding = form.funding or Funding()
    lines, number, column = _line(funding, field, path)
    if column not in FundingLine.__struct_fields__ or column in ("label", "key"):
        raise UnknownPlace(path)
    understood = typed_amount if column in AMOUNTS else typed_number
    line = replace(lines[number], **{column: understood(text, path)})
    if column in ("initial", "adjusted"):
        line = replace(line, amount=line.adjusted or line.initial)
    lines[number] = line
    first = next(at for at, one in enumerate(lines) if one.key == line.key)
    chief: dict[str, Any] = (
        {line.key: line.amount} if line.key in _CHIEF and first == number else {}
    )
    return replace(form, funding=replace(funding, lines=tuple(lines), **chief))


def _line(funding: Funding, field: str, path: str) -> tuple[list[FundingLine], int, str]:
    """All lines with the one that is meant among them, its number, and the column."""
    lines = list(funding.lines)
    numbered = _LINE.match(path)
    if numbered is not None:
        number, column = int(numbered.group(1)), numbered.group(2)
        if number >= len(lines):
            raise UnknownPlace(path)
        return lines, number, column
    key, column = line_and_column(field)
    number = next((at for at, line in enumerate(lines) if line.key == key), len(lines))
    if number == len(lines):
        label = money_name(key)
        if label == key:
            raise UnknownPlace(path)
        lines.append(FundingLine(label=Entry(label, place_of(label, path), label), key=key))
    return lines, number, column


def line_and_column(field: str) -> tuple[str, str]:
    """`whole.fiscal.executed` is the line `whole.fiscal` and its column; the amount is usual."""
    key, _, column = field.rpartition(".")
    if key and key != "whole" and column in FundingLine.__struct_fields__:
        return key, column
    return field, "amount"

"""Cells into entries: the raw text beside what it means, and its place."""

import re
from decimal import Decimal

from jixiao.form.entry import Coded, Entry
from jixiao.foundation.money import read_amount
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import Quantity
from jixiao.foundation.reading import read_quantity
from jixiao.foundation.text import fold
from jixiao.intake.document import Position
from jixiao.intake.recognise.grid import Grid

_CODED = pattern(
    r"^\s*[\[【(（]?([0-9A-Za-z]{2,40})[\]】)）]?\s*[-—–_:：\s]?\s*(?=\D)(.*\S)\s*$", re.DOTALL
)
_CODED_AFTER = pattern(
    r"^(.*[^\s0-9\-—–_（(【\[])\s*[-—–_（(【\[]\s*([0-9]{3,40})\s*[)）】\]]?\s*$", re.DOTALL
)
_SEPARATED = pattern(r"^\s*([0-9][0-9A-Za-z]*)\s*[-—–_]\s*(\S.*)$", re.DOTALL)
_PROJECT_CODE = pattern(r"^\s*([0-9]{6}[0-9A-Z]{6,20})\s*[-—–_：:\s]?\s*(\S.*)$", re.DOTALL)
_NUMBER = pattern(r"^[+-]?\d+(?:\.\d+)?$")


def text_entry(grid: Grid, position: Position) -> Entry[str]:
    """A text as it stands; the meaning is the text without outer blanks."""
    raw = grid.text(position)
    stripped = raw.strip()
    return Entry(raw, grid.at(position), stripped or None, grid.is_doubtful(position))


def value_entry(grid: Grid, position: Position, *, is_cost: bool = False) -> Entry[Quantity]:
    raw = grid.text(position)
    value = read_quantity(raw, money_expected=is_cost)
    return Entry(raw, grid.at(position), value, grid.is_doubtful(position) or value.doubtful)


def number_entry(grid: Grid, position: Position) -> Entry[Decimal]:
    """Points, scores, rates: a plain number, a trailing % or 分 allowed."""
    raw = grid.text(position)
    key = fold(raw).replace(",", "").rstrip("%分")
    value = Decimal(key) if _NUMBER.match(key) else None
    return Entry(raw, grid.at(position), value, grid.is_doubtful(position))


def amount_entry(grid: Grid, position: Position) -> tuple[Entry[Decimal], str | None]:
    """An amount and the money unit written in the cell itself, if any."""
    raw = grid.text(position)
    amount = read_amount(raw)
    doubtful = grid.is_doubtful(position) or amount.doubtful
    return Entry(raw, grid.at(position), amount.number, doubtful), amount.unit


def coded_entry(entry: Entry[str]) -> Entry[Coded]:
    """`055-平罗县陶乐镇人民政府` → code and name; a name alone has no code."""
    raw = entry.raw.strip()
    return Entry(entry.raw, entry.at, coded(raw) if raw else None, entry.doubtful)


def coded(text: str) -> Coded:
    """Split the code off a name; digits that belong to the name (2022年…项目) stay with it."""
    match = _SEPARATED.match(text)
    if match is not None and not match.group(2)[:1].isdigit():
        return Coded(match.group(2).strip(), match.group(1))
    match = _CODED.match(text)
    if match is not None and _is_code(match.group(1)) and not match.group(2).startswith("年"):
        return Coded(match.group(2).strip(), match.group(1))
    match = _CODED_AFTER.match(text)
    if match is not None:
        return Coded(match.group(1).strip(), match.group(2))
    return Coded(text)


def _is_code(text: str) -> bool:
    return (text.isdigit() and len(text) >= 3) or (text[0].isdigit() and len(text) >= 6)


def project_name_and_code(entry: Entry[str]) -> tuple[Entry[str], Entry[str] | None]:
    """`51000021R000000019951-住房公积金` states both; a plain name states no code."""
    match = _PROJECT_CODE.match(entry.raw)
    if match is None:
        return entry, None
    number, name = match.group(1), match.group(2).strip()
    code = Entry(number, entry.at, number, entry.doubtful)
    return Entry(name, entry.at, name, entry.doubtful), code

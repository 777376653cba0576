"""A text as somebody typed it, understood as the reader would; its place is the field's path."""

from decimal import Decimal
from typing import Any

from jixiao.form.entry import Entry
from jixiao.foundation.location import SourceRef
from jixiao.foundation.money import read_amount
from jixiao.foundation.quantity import Quantity
from jixiao.foundation.reading import read_quantity
from jixiao.intake.recognise.entries import coded
from jixiao.intake.recognise.reviews import graded

AMOUNTS = frozenset({"amount", "initial", "adjusted", "executed", "expected", "fiscal", "other"})


class UnknownPlace(KeyError):
    """A path that names no field of this form: wrong use, never what a person typed."""


def place_of(text: str, path: str) -> SourceRef:
    """Where a typed text stands: in the field of this path."""
    return SourceRef(quote=text, cell=path)


def typed(text: str, path: str) -> Entry[str]:
    """A text as somebody typed it."""
    return Entry(text, place_of(text, path), text.strip() or None)


def typed_coded(text: str, path: str) -> Entry[Any]:
    """A name, with the code written before it taken off."""
    return Entry(text, place_of(text, path), coded(text.strip()) if text.strip() else None)


def typed_amount(text: str, path: str) -> Entry[Decimal]:
    """A sum of money."""
    amount = read_amount(text)
    return Entry(text, place_of(text, path), amount.number, amount.doubtful)


def typed_number(text: str, path: str) -> Entry[Decimal]:
    """A number: points, a score, a rate; what is none keeps its text alone."""
    plain = text.strip().rstrip("%％分")
    digits = plain.replace(".", "", 1).removeprefix("-")
    is_number = digits.isascii() and digits.isdigit()
    return Entry(text, place_of(text, path), Decimal(plain) if is_number else None)


def typed_quantity(text: str, path: str, *, money: bool) -> Entry[Quantity]:
    """A target or actual value; `money` where the row is about cost."""
    value = read_quantity(text, money_expected=money)
    return Entry(text, place_of(text, path), value, value.doubtful)


def typed_review(field: str, text: str, path: str) -> Entry[Any]:
    """An answer of a review sheet."""
    if field in ("score", "points", "total"):
        return typed_number(text, path)
    entry = typed(text, path)
    return graded(entry) if field == "grade" else entry

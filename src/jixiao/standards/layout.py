"""Described official layouts: one data file each, for naming what was read and, later, writing.

Recognition does not need them. A layout says by which title, column headings and parties a table
is known, what its columns mean, and how the sheet is drawn.
"""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import msgspec
from msgspec import Struct

from jixiao.foundation.errors import StandardsError, UnknownCode
from jixiao.foundation.strict_yaml import load


class LayoutField(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One labelled place: the printed label and the field of the record it fills."""

    label: str
    field: str
    required: bool = False


class LayoutColumn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column of the indicator table: its heading, its role, its width in millimetres."""

    heading: str
    role: str
    width: float = 30.0


class Layout(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One official table.

    `years` is the first and last year it is known for; `parties` are words of which one stands
    in the department's or unit's name where the layout is a local one.
    """

    id: str
    title: str
    kind: str
    issuer: str
    titles: tuple[str, ...]
    column_headings: tuple[str, ...]
    money_unit: str
    taxonomy: str
    sources: tuple[str, ...]
    verified: bool = False
    years: tuple[int, ...] = ()
    parties: tuple[str, ...] = ()
    header: tuple[LayoutField, ...] = ()
    funding: tuple[LayoutField, ...] = ()
    columns: tuple[LayoutColumn, ...] = ()
    marks: dict[str, str] = {}
    note: str = ""


@lru_cache(maxsize=1)
def layouts() -> tuple[Layout, ...]:
    """Every described layout, by id."""
    found: dict[str, Layout] = {}
    root = files("jixiao.standards").joinpath("data/layouts")
    for path, text in _texts(root):
        data: Any = load(text, path)
        try:
            layout = msgspec.convert(data, Layout, strict=False)
        except msgspec.ValidationError as error:
            raise StandardsError(f"{path}: {error}") from None
        if layout.id in found:
            raise StandardsError(f"{path}: layout {layout.id} is described twice")
        found[layout.id] = layout
    return tuple(found[key] for key in sorted(found))


def layout_of(code: str) -> Layout:
    """The layout with this id."""
    for layout in layouts():
        if layout.id == code:
            return layout
    raise UnknownCode("版式", code)


def _texts(folder: Traversable) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            yield from _texts(entry)
        elif entry.name.endswith(".yml"):
            yield entry.name, entry.read_text(encoding="utf-8")

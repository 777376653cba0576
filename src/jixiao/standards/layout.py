"""Described official layouts: one data file each, for naming what was read and for writing it.

Recognition does not need them. A layout says by which title, column headings and parties a table
is known, and how the sheet is drawn.
"""

from functools import lru_cache

import msgspec
from msgspec import Struct

from jixiao.foundation.errors import StandardsError, UnknownCode
from jixiao.standards import data_files
from jixiao.standards.sheet_plan import SheetPlan


class Layout(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One official table.

    `years` is the first and last year it is known for; `parties` are words of which one stands
    in the department's or unit's name where the layout is a local one. `column_headings` says
    which headings must be there where those of the sheet are not all needed. `follows` are the
    kinds of form of which this table is the next stage.
    """

    id: str
    title: str
    kind: str
    issuer: str
    titles: tuple[str, ...]
    money_unit: str
    taxonomy: str
    sources: tuple[str, ...]
    verified: bool = False
    column_headings: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    parties: tuple[str, ...] = ()
    sheet: SheetPlan | None = None
    marks: dict[str, str] = {}
    note: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings by which the table is known: those it prints, unless said otherwise."""
        if self.column_headings or self.sheet is None:
            return self.column_headings
        return self.sheet.headings


@lru_cache(maxsize=1)
def layouts() -> tuple[Layout, ...]:
    """Every described layout, by id."""
    found: dict[str, Layout] = {}
    for path in data_files.every_file():
        if not path.startswith("layouts/"):
            continue
        try:
            layout = msgspec.convert(data_files.document(path).root, Layout, strict=False)
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

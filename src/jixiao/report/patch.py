"""What a correction of the user's own file is, and what every patcher declares and owes.

A patcher SHALL change nothing but the text of the cells named, byte for byte, and SHALL refuse,
with a reason a person understands, whatever it cannot do so narrowly. Whether the text then reads
as wished is not for it to say: `correction.py` reads the file again.
"""

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from jixiao.foundation.errors import JixiaoError
from jixiao.foundation.location import SourceRef
from jixiao.foundation.registry import Registry

#: Why the second of two changes that meet at one text waits until the first one is made.
TWICE = "同一处另有改动"
#: A cell by its coordinates: page, sheet, table, row, column, cell and line.
Place = tuple[int | None, str | None, int | None, int | None, int | None, str | None, int | None]


class Change(Struct, frozen=True, kw_only=True):
    """The text of one cell, before and after, and the rules that ask for it.

    `together` is the same number for changes of which none may be done without the others.
    """

    at: SourceRef
    old: str
    new: str
    codes: tuple[str, ...]
    titles: tuple[str, ...]
    safe: bool
    together: int | None = None

    @property
    def place(self) -> Place:
        return place_of(self.at)


class LeftOut(Struct, frozen=True, kw_only=True):
    """A change that was not made, and why, in Chinese."""

    change: Change
    reason: str


class Patched(Struct, frozen=True, kw_only=True):
    """The new bytes, what was done in them, and what could not be."""

    content: bytes
    done: tuple[Change, ...]
    refused: tuple[LeftOut, ...] = ()


class Revision(Struct, frozen=True, kw_only=True):
    """Who is named beside a tracked change, and of which day; without a day none is named."""

    author: str = "jixiao"
    day: date | None = None


Track = Callable[[bytes, tuple[Change, ...], Revision | None], Patched]


class Patcher(Struct, frozen=True, kw_only=True):
    """One file format; `code` is that of the reader whose files it patches.

    `track` writes the changes as revisions that a person accepts or rejects in the program; with
    None for the revision it writes the text that would stand there after accepting. Formats
    without revisions have no `track`.
    """

    code: str
    suffixes: tuple[str, ...]
    apply: Callable[[bytes, tuple[Change, ...]], Patched]
    track: Track | None = None


class CannotPatch(JixiaoError):
    """Why one change cannot be made in the file itself; the message is for people."""


PATCHES: Registry[Patcher] = Registry("jixiao.report.patches", "PATCH", "可改正的文件格式")


def place_of(at: SourceRef) -> Place:
    """Where it is, whatever stands there."""
    return (at.page, at.sheet, at.table, at.row, at.column, at.cell, at.line)

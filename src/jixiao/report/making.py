"""Make changes in a file and keep those that a second reading confirms.

One change that cannot be made, or that does not read as wished, costs none of the others.
"""

from collections.abc import Callable, Mapping, Sequence

from jixiao.intake.choose import choose
from jixiao.intake.document import SourceFile
from jixiao.report.changes import units_of
from jixiao.report.patch import (
    PATCHES,
    Change,
    LeftOut,
    Patched,
    Patcher,
    Place,
    Revision,
    Track,
)
from jixiao.report.recheck import Look, Looks, is_as_wished

#: Second readings a round. So many changes that do not hold mean a fault that all of them share.
MOST_TRIES = 50
TAKEN_BACK = "改后重新读取与预期不符，已经撤回"
_NO_REASONS: Mapping[Place, str] = {}

Apply = Callable[[bytes, tuple[Change, ...]], Patched]
Holds = Callable[[Look, Look, Sequence[Change]], bool]
Unit = tuple[Change, ...]


def patcher_of(source: SourceFile) -> Patcher | None:
    """Who changes files of this format; None where nobody can."""
    reader = choose(source)
    return PATCHES[reader.code] if reader is not None and reader.code in PATCHES else None


def tracking(track: Track, revision: Revision | None) -> Apply:
    """The changes written as revisions, or as they would read once accepted."""
    return lambda content, changes: track(content, changes, revision)


def in_reading_order(changes: Sequence[Change]) -> tuple[Change, ...]:
    """From top to bottom of the document."""
    return tuple(sorted(changes, key=_position))


def _position(change: Change) -> tuple[int, str, int, int, int, int]:
    at = change.at
    return (
        at.page or 0,
        at.sheet or "",
        at.table or 0,
        at.line or 0,
        at.row or 0,
        at.column or 0,
    )


class Maker:
    """Makes changes in a file; what was done and what was not is there when it is through."""

    def __init__(
        self, apply: Apply, looks: Looks, source: SourceFile, holds: Holds = is_as_wished
    ) -> None:
        self._apply, self._looks, self._holds = apply, looks, holds
        self._tries = MOST_TRIES
        self.source = source
        self.done: list[Change] = []
        self.left: list[LeftOut] = []

    def make(self, changes: Sequence[Change]) -> None:
        """Safe changes apart from the others, so that they are held to their promise."""
        for kind in (True, False):
            self._make([unit for unit in units_of(changes) if unit[0].safe is kind])

    def _make(self, units: list[Unit]) -> None:
        """Where the second reading does not agree, each half is tried, down to the one at fault."""
        units, patched = self._patched(units)
        if not units:
            return
        self._tries -= 1
        after = SourceFile(name=self.source.name, content=patched.content)
        if self._holds(self._looks.at(self.source), self._looks.at(after), patched.done):
            self.source = after
            self.done += patched.done
        elif len(units) == 1 or self._tries < 1:
            for unit in units:
                self._leave(unit, TAKEN_BACK)
        else:
            middle = len(units) // 2
            self._make(units[:middle])
            self._make(units[middle:])

    def _patched(self, units: list[Unit]) -> tuple[list[Unit], Patched]:
        """The units that could be written, all of their changes, and the file with them."""
        while units:
            changes = tuple(change for unit in units for change in unit)
            patched = self._apply(self.source.content, changes)
            refused = {item.change.place: item.reason for item in patched.refused}
            broken = [unit for unit in units if any(one.place in refused for one in unit)]
            if not broken:
                return units, patched
            for unit in broken:
                self._leave(unit, _reason(unit, refused), refused)
            units = [unit for unit in units if unit not in broken]
        return [], Patched(content=self.source.content, done=())

    def _leave(self, unit: Unit, reason: str, own: Mapping[Place, str] = _NO_REASONS) -> None:
        """None of the unit is done; changes with a reason of their own get that one."""
        self.left += [
            LeftOut(change=change, reason=own.get(change.place, reason)) for change in unit
        ]


def _reason(unit: Unit, refused: dict[Place, str]) -> str:
    first = next(refused[change.place] for change in unit if change.place in refused)
    return f"与它相连的改动做不成（{first}）"

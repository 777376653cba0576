"""Correct one document: audit it, change what may be changed, read it again, until all is done.

One correction can make room for another (a blank taken out shows a doubled sign), so the file is
audited again after each round. That also makes correcting twice the same as correcting once.
"""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from jixiao.audit.report import AuditReport
from jixiao.form.forms import Form
from jixiao.intake.choose import choose
from jixiao.intake.document import SourceFile
from jixiao.intake.result import IntakeResult
from jixiao.report.changes import Barred, barred_by, collect, units_of
from jixiao.report.patch import PATCHES, Change, LeftOut, Patched, Patcher, Place
from jixiao.report.recheck import Looks, is_as_wished

MOST_ROUNDS = 10
#: Second readings a round. So many changes that do not hold mean a fault that all of them share.
MOST_TRIES = 50
TAKEN_BACK = "改后重新读取与预期不符，已经撤回"
_NO_REASONS: Mapping[Place, str] = {}
_TO_AND_FRO = "改动来回反复，没有再改"

Auditor = Callable[[Sequence[Form]], AuditReport]
Unit = tuple[Change, ...]


class Correction(Struct, frozen=True, kw_only=True):
    """`content` is None where files of this format cannot be changed; `done` is then a proposal.

    `result` and `report` are about the document as corrected.
    """

    content: bytes | None
    done: tuple[Change, ...]
    left: tuple[LeftOut, ...]
    result: IntakeResult
    report: AuditReport


def correct(source: SourceFile, audit: Auditor, *, unsafe: bool) -> Correction:
    """Make the corrections that an audit of this document proposes."""
    patcher = _patcher(source)
    looks, record = Looks(), _Record()
    barred: Barred = frozenset()
    left: tuple[LeftOut, ...] = ()
    for number in range(MOST_ROUNDS):
        result = looks.at(source).result
        report = audit(result.forms)
        if number == MOST_ROUNDS - 1:
            break
        barred |= barred_by(report)
        changes = collect(report, unsafe, barred)
        if patcher is None:
            made = in_reading_order(changes.made)
            return Correction(
                content=None, done=made, left=changes.left, result=result, report=report
            )
        fresh, hopeless = record.sorted_out(changes.made)
        maker = _Maker(patcher, looks, source)
        maker.make(fresh)
        record.add(maker.done, maker.left)
        source, left = maker.source, (*changes.left, *hopeless, *maker.left)
        if not maker.done:
            break
    return Correction(
        content=source.content, done=record.done(), left=left, result=result, report=report
    )


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


def _patcher(source: SourceFile) -> Patcher | None:
    reader = choose(source)
    return PATCHES[reader.code] if reader is not None and reader.code in PATCHES else None


class _Maker:
    """Makes changes in a file; what was done and what was not is there when it is through."""

    def __init__(self, patcher: Patcher, looks: Looks, source: SourceFile) -> None:
        self._patcher, self._looks = patcher, looks
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
        if is_as_wished(self._looks.at(self.source), self._looks.at(after), patched.done):
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
            patched = self._patcher.apply(self.source.content, changes)
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


class _Record:
    """What was done over all rounds, place by place, from the first text to the last."""

    def __init__(self) -> None:
        self._chains: dict[Place, list[Change]] = {}
        self._failed: dict[tuple[Place, str], LeftOut] = {}

    def add(self, changes: Sequence[Change], left: Sequence[LeftOut]) -> None:
        taken_back = [item for item in left if item.reason == TAKEN_BACK]
        self._failed |= {(item.change.place, item.change.new): item for item in taken_back}
        for change in changes:
            chain = self._chains.setdefault(change.place, [])
            known = next((at for at, one in enumerate(chain) if one.new == change.old), None)
            if known is None:
                chain.append(change)
                continue
            first = chain[known]
            chain[known] = replace(
                change,
                at=first.at,
                old=first.old,
                codes=tuple(dict.fromkeys((*first.codes, *change.codes))),
                titles=tuple(dict.fromkeys((*first.titles, *change.titles))),
                safe=first.safe and change.safe,
            )

    def sorted_out(self, changes: Sequence[Change]) -> tuple[list[Change], list[LeftOut]]:
        """The changes that lead on, and those that failed before or would undo an earlier one."""
        fresh, hopeless = list[Change](), list[LeftOut]()
        for change in changes:
            chain = self._chains.get(change.place, ())
            if (known := self._failed.get((change.place, change.new))) is not None:
                hopeless.append(known)
            elif any(one.old == change.new and one.new == change.old for one in chain):
                hopeless.append(LeftOut(change=change, reason=_TO_AND_FRO))
            else:
                fresh.append(change)
        return fresh, hopeless

    def done(self) -> tuple[Change, ...]:
        return in_reading_order([one for chain in self._chains.values() for one in chain])

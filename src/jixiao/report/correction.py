"""Correct one document: audit it, change what may be changed, read it again, until all is done.

One correction can make room for another (a blank taken out shows a doubled sign), so the file is
audited again after each round. That also makes correcting twice the same as correcting once.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from jixiao.audit.report import AuditReport
from jixiao.form.forms import Form
from jixiao.intake.choose import choose
from jixiao.intake.document import SourceFile
from jixiao.intake.result import IntakeResult
from jixiao.report.changes import Barred, barred_by, collect, units_of
from jixiao.report.patch import PATCHES, Change, LeftOut, Patcher, Place
from jixiao.report.recheck import Looks, is_as_wished

MOST_ROUNDS = 10
TAKEN_BACK = "改后重新读取与预期不符，已经撤回"
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
    looks = Looks()
    record = _Record()
    barred: Barred = frozenset()
    for _ in range(MOST_ROUNDS):
        result = looks.at(source).result
        report = audit(result.forms)
        barred |= barred_by(report)
        changes = collect(report, unsafe, barred)
        if patcher is None:
            return Correction(
                content=None,
                done=in_reading_order(changes.made),
                left=changes.left,
                result=result,
                report=report,
            )
        fresh, circling = record.sorted_out(changes.made)
        left = (*changes.left, *circling)
        progress = False
        for kind in (True, False):  # apart, so that safe ones are held to their promise
            units = tuple(unit for unit in units_of(fresh) if unit[0].safe is kind)
            source, done, failed = _make(patcher, looks, source, units)
            left += failed
            record.add(done)
            progress |= bool(done)
        if not progress:
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


def _make(
    patcher: Patcher, looks: Looks, source: SourceFile, units: tuple[Unit, ...]
) -> tuple[SourceFile, tuple[Change, ...], tuple[LeftOut, ...]]:
    """The file after these changes, those that hold, and those that do not.

    Where the second reading does not agree, the halves are tried by themselves, down to the one
    change that is at fault.
    """
    if not units:
        return source, (), ()
    patched = patcher.apply(source.content, tuple(change for unit in units for change in unit))
    refused = {item.change.place: item.reason for item in patched.refused}
    broken = [unit for unit in units if any(change.place in refused for change in unit)]
    if broken:
        left = tuple(
            LeftOut(change=change, reason=refused.get(change.place, _reason(unit, refused)))
            for unit in broken
            for change in unit
        )
        whole = tuple(unit for unit in units if unit not in broken)
        source, done, failed = _make(patcher, looks, source, whole)
        return source, done, (*left, *failed)
    after = SourceFile(name=source.name, content=patched.content)
    if is_as_wished(looks.at(source), looks.at(after), patched.done):
        return after, patched.done, ()
    if len(units) == 1:
        return source, (), tuple(LeftOut(change=c, reason=TAKEN_BACK) for c in units[0])
    middle = len(units) // 2
    source, first, lost = _make(patcher, looks, source, units[:middle])
    source, second, lost_too = _make(patcher, looks, source, units[middle:])
    return source, (*first, *second), (*lost, *lost_too)


def _reason(unit: Unit, refused: dict[Place, str]) -> str:
    first = next(refused[change.place] for change in unit if change.place in refused)
    return f"与它相连的改动做不成（{first}）"


class _Record:
    """What was done over all rounds, place by place, from the first text to the last."""

    def __init__(self) -> None:
        self._chains: dict[Place, list[Change]] = {}

    def add(self, changes: Sequence[Change]) -> None:
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
        """The changes that lead on, and those that would bring back what stood there before."""
        fresh, circling = list[Change](), list[LeftOut]()
        for change in changes:
            chain = self._chains.get(change.place, ())
            if any(one.old == change.new and one.new == change.old for one in chain):
                circling.append(LeftOut(change=change, reason=_TO_AND_FRO))
            else:
                fresh.append(change)
        return fresh, circling

    def done(self) -> tuple[Change, ...]:
        return in_reading_order([one for chain in self._chains.values() for one in chain])

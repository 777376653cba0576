"""Correct one document: audit it, change what may be changed, read it again, until all is done.

One correction can make room for another (a blank taken out shows a doubled sign), so the file is
audited again after each round. That also makes correcting twice the same as correcting once.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from jixiao.audit.report import AuditReport
from jixiao.form.forms import Form
from jixiao.intake.document import SourceFile
from jixiao.intake.result import IntakeResult
from jixiao.report.changes import Barred, barred_by, collect
from jixiao.report.making import TAKEN_BACK, Apply, Maker, in_reading_order, patcher_of, tracking
from jixiao.report.patch import TWICE, Change, LeftOut, Place, Revision
from jixiao.report.recheck import Looks

MOST_ROUNDS = 10
_TO_AND_FRO = "改动来回反复，没有再改"

Auditor = Callable[[Sequence[Form]], AuditReport]


class Correction(Struct, frozen=True, kw_only=True):
    """`content` is None where files of this format cannot be changed; `done` is then a proposal.

    So it is where tracked changes are asked for and the format has none.
    `result` and `report` are about the document as corrected.
    """

    content: bytes | None
    done: tuple[Change, ...]
    left: tuple[LeftOut, ...]
    result: IntakeResult
    report: AuditReport


def correct(
    source: SourceFile, audit: Auditor, *, unsafe: bool, revision: Revision | None = None
) -> Correction:
    """Make the corrections that an audit of this document proposes.

    With a revision they are written as tracked changes: what is to change is settled first, on
    the text as accepted, and then written into the document once, so that no correction stands
    on another that is not accepted yet.
    """
    patcher, looks = patcher_of(source), Looks()
    if revision is None:
        return _settled(source, audit, unsafe, None if patcher is None else patcher.apply, looks)
    track = None if patcher is None else patcher.track
    if track is None:
        return _settled(source, audit, unsafe, None, looks)
    plan = _settled(source, audit, unsafe, tracking(track, None), looks)
    maker = Maker(tracking(track, revision), looks, source)
    waiting: Sequence[Change] = plan.done
    left = list(plan.left)
    while waiting:
        made = len(maker.done)
        maker.make(waiting)
        refused, maker.left = maker.left, []
        again = [item.change for item in refused if item.reason == TWICE]
        left += [item for item in refused if item.reason != TWICE or len(maker.done) == made]
        waiting = again if len(maker.done) > made else ()
    result = looks.at(maker.source).result
    return Correction(
        content=maker.source.content,
        done=in_reading_order(maker.done),
        left=tuple(left),
        result=result,
        report=audit(result.forms),
    )


def _settled(
    source: SourceFile, audit: Auditor, unsafe: bool, apply: Apply | None, looks: Looks
) -> Correction:
    record = _Record()
    barred: Barred = frozenset()
    left: tuple[LeftOut, ...] = ()
    for number in range(MOST_ROUNDS):
        result = looks.at(source).result
        report = audit(result.forms)
        if number == MOST_ROUNDS - 1:
            break
        barred |= barred_by(report)
        changes = collect(report, unsafe, barred)
        if apply is None:
            made = in_reading_order(changes.made)
            return Correction(
                content=None, done=made, left=changes.left, result=result, report=report
            )
        fresh, hopeless = record.sorted_out(changes.made)
        maker = Maker(apply, looks, source)
        maker.make(fresh)
        record.add(maker.done, maker.left)
        source, left = maker.source, (*changes.left, *hopeless, *maker.left)
        if not maker.done:
            break
    return Correction(
        content=source.content, done=record.done(), left=left, result=result, report=report
    )


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

"""Which corrections of an audit are to be made: merged cell by cell, the doubtful ones left out.

What cannot be done together with another change of the same cell waits: once that one is made,
the file is read and audited again, and what is still needed is proposed anew.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from jixiao.audit.finding import Certainty, Edit, Finding
from jixiao.audit.report import HARM, AuditReport
from jixiao.foundation.quantity import Quantity
from jixiao.foundation.reading import read_quantity
from jixiao.foundation.text import fold
from jixiao.report.patch import CannotPatch, Change, LeftOut, Place, place_of
from jixiao.report.patching.alignment import combined, where

_CERTAINTIES = list(Certainty)
ONLY_UNSAFE = "需要人确认，加 --unsafe 才改"
#: A rule and a place that may not be changed on its account.
Barred = frozenset[tuple[str, Place]]


class Changes(Struct, frozen=True, kw_only=True):
    """What is to be changed, at most once a cell, and what is not, with the reason."""

    made: tuple[Change, ...]
    left: tuple[LeftOut, ...]


def collect(report: AuditReport, unsafe: bool, barred: Barred = frozenset()) -> Changes:
    """The corrections of all findings that count; suppressed findings are not fixed."""
    gathered = _Gathered()
    for number, finding in enumerate(sorted(report.findings, key=_precedence)):
        fix = finding.fix
        if fix is None:
            continue
        proposals = [
            _change(finding, edit, None if fix.safe or len(fix.edits) < 2 else number)
            for edit in fix.edits
            if (finding.code, place_of(edit.at)) not in barred
        ]
        if not fix.safe and not unsafe:
            gathered.leave(proposals, ONLY_UNSAFE)
        elif fix.safe:
            for proposal in proposals:
                gathered.take([proposal])
        elif len(proposals) == len(fix.edits):
            gathered.take(proposals)
    return Changes(made=tuple(gathered.by_place.values()), left=tuple(gathered.left))


def barred_by(report: AuditReport) -> Barred:
    """What the suppressions of this report forbid to change."""
    return frozenset(
        (item.finding.code, place_of(edit.at))
        for item in report.suppressed
        if item.finding.fix is not None
        for edit in item.finding.fix.edits
    )


def keeps_meaning(old: str, new: str) -> bool:
    """The value is understood as before: the promise a safe correction makes."""
    before, after = read_quantity(old), read_quantity(new)
    same_words = fold(old) == fold(new)
    return meaning(before) == meaning(after) and (same_words or before.is_numeric)


def meaning(quantity: Quantity) -> tuple[Any, ...]:
    """What a value says, however it is written."""
    return (
        quantity.kind,
        quantity.comparator,
        quantity.number,
        quantity.number_high,
        quantity.unit,
        quantity.per,
        quantity.earliest,
        quantity.latest,
        quantity.numbers,
        fold(quantity.rest),
    )


class _Gathered:
    """The changes accepted so far."""

    def __init__(self) -> None:
        self.by_place: dict[Place, Change] = {}
        self.left: list[LeftOut] = []

    def leave(self, proposals: Sequence[Change], reason: str) -> None:
        self.left += [LeftOut(change=proposal, reason=reason) for proposal in proposals]

    def take(self, proposals: Sequence[Change]) -> None:
        """All of them or none: they belong together."""
        try:
            accepted = [self._merged(proposal) for proposal in proposals]
        except CannotPatch as fault:
            self.leave(proposals, str(fault))
        else:
            self.by_place |= {change.place: change for change in accepted}

    def _merged(self, proposal: Change) -> Change:
        _refuse(proposal)
        standing = self.by_place.get(proposal.place)
        if standing is None:
            return proposal
        waits = CannotPatch(f"同一处先做了 {'、'.join(standing.codes)} 的改动")
        alone = standing.together is not None or proposal.together is not None
        if alone or standing.safe != proposal.safe or standing.old != proposal.old:
            raise waits
        new = combined(standing.old, standing.new, proposal.new)
        if new is None or (proposal.safe and not keeps_meaning(standing.old, new)):
            raise waits
        return Change(
            at=standing.at,
            old=standing.old,
            new=new,
            codes=_joined(standing.codes, proposal.codes),
            titles=_joined(standing.titles, proposal.titles),
            safe=standing.safe,
        )


def _refuse(proposal: Change) -> None:
    at = proposal.at
    if at.also:
        raise CannotPatch("该处内容由几个单元格接成，请手工修改")
    if proposal.old.strip() == proposal.new.strip():
        raise CannotPatch("改前改后没有不同")
    if at.quote.strip() != proposal.old.strip():
        where(at.quote, proposal.old.strip())
    if proposal.safe and not keeps_meaning(proposal.old, proposal.new):
        raise CannotPatch("改后读出的含义与原来不同，没有自动改")


def _change(finding: Finding, edit: Edit, together: int | None) -> Change:
    fix = finding.fix
    assert fix is not None
    return Change(
        at=edit.at,
        old=edit.old,
        new=edit.new,
        codes=(finding.code,),
        titles=(fix.title,),
        safe=fix.safe,
        together=together,
    )


def _precedence(finding: Finding) -> tuple[bool, int, int, str]:
    """Safe before unsafe, sure before likely, grave before light."""
    safe = finding.fix is not None and finding.fix.safe
    return (
        not safe,
        _CERTAINTIES.index(finding.certainty),
        -HARM[finding.severity],
        finding.code,
    )


def _joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def units_of(changes: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    """The changes that stand or fall together; most stand alone."""
    groups: dict[int, list[Change]] = {}
    for change in changes:
        if change.together is None:
            yield (change,)
        else:
            groups.setdefault(change.together, []).append(change)
    yield from map(tuple, groups.values())

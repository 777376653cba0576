"""A source document as forms: the last step of intake."""

from bisect import bisect_right
from itertools import accumulate

from msgspec.structs import replace

from jixiao.form.forms import Evidence, Form
from jixiao.foundation.location import SourceRef
from jixiao.intake.document import Repair, SourceDocument
from jixiao.intake.recognise.finish import Surroundings, finish
from jixiao.intake.recognise.loose import cut_lines
from jixiao.intake.recognise.match import match_layout
from jixiao.intake.recognise.split import Splitter

_Order = tuple[int, int, int, int]


def recognise(document: SourceDocument) -> tuple[tuple[Form, ...], tuple[Repair, ...]]:
    """The forms of a document, and every repair made on the way.

    Text without tables (one cell a line, or run together) is cut into a table first, where the
    labels show how.
    """
    splitter = Splitter(document)
    drafts = splitter.split()
    if not any(draft.indicators or draft.long_term for draft in drafts):
        recut = cut_lines(document)
        if recut is not None:
            again = Splitter(recut)
            better = again.split()
            if sum(len(d.indicators) for d in better):
                splitter, drafts = again, better
    repairs = (*document.repairs, *splitter.repairs)
    around = Surroundings(document.file, splitter.lines, repairs)
    forms = [finish(d, i, around, match_layout(d)) for i, d in enumerate(drafts)]
    return tuple(_with_repairs(forms, repairs)), repairs


def _with_repairs(forms: list[Form], repairs: tuple[Repair, ...]) -> list[Form]:
    """Tell each form what was put right within it, so that the audit can report it."""
    if not repairs or not forms:
        return forms
    notes: list[list[Evidence]] = [list(form.evidence) for form in forms]
    begins = _begins(forms)
    for repair in repairs:
        owner = _owner(begins, repair)
        note = Evidence(about=f"repair:{repair.code}", found=repair.message, at=repair.at)
        notes[owner].append(note)
    return [replace(form, evidence=tuple(note)) for form, note in zip(forms, notes, strict=True)]


def _begins(forms: list[Form]) -> dict[str | None, tuple[list[_Order], list[int]]]:
    """By sheet: the places where forms begin, ascending, and the last form begun at each."""
    found: dict[str | None, list[tuple[_Order, int]]] = {}
    for index, form in enumerate(forms):
        first = form.header.project_name or form.title
        at = first.at if first is not None else form.indicators[0].at if form.indicators else None
        if at is not None:
            found.setdefault(at.sheet, []).append((_place(at), index))
    return {
        sheet: ([place for place, _ in pairs], list(accumulate((i for _, i in pairs), max)))
        for sheet, pairs in ((sheet, sorted(pairs)) for sheet, pairs in found.items())
    }


def _owner(begins: dict[str | None, tuple[list[_Order], list[int]]], repair: Repair) -> int:
    """The form whose rows stand nearest before the repaired place."""
    places, owners = begins.get(repair.at.sheet, ([], []))
    before = bisect_right(places, _place(repair.at))
    return owners[before - 1] if before else 0


def _place(at: SourceRef) -> _Order:
    return (at.page or 0, at.table or 0, at.line or 0, at.row or 0)

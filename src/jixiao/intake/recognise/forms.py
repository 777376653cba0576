"""A source document as forms: the last step of intake."""

from msgspec.structs import replace

from jixiao.form.forms import Evidence, Form
from jixiao.intake.document import Repair, SourceDocument
from jixiao.intake.recognise.finish import Surroundings, finish
from jixiao.intake.recognise.loose import cut_lines
from jixiao.intake.recognise.match import match_layout
from jixiao.intake.recognise.split import Splitter


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
    for repair in repairs:
        owner = _owner(forms, repair)
        note = Evidence(about=f"repair:{repair.code}", found=repair.message, at=repair.at)
        notes[owner].append(note)
    return [replace(form, evidence=tuple(note)) for form, note in zip(forms, notes, strict=True)]


def _owner(forms: list[Form], repair: Repair) -> int:
    """The form whose rows stand nearest before the repaired place."""
    place = _order(repair.at.page, repair.at.table, repair.at.line, repair.at.row)
    owner = 0
    for index, form in enumerate(forms):
        first = form.header.project_name or form.title
        at = first.at if first is not None else form.indicators[0].at if form.indicators else None
        if at is None or at.sheet != repair.at.sheet:
            continue
        if _order(at.page, at.table, at.line, at.row) <= place:
            owner = index
    return owner


def _order(*parts: int | None) -> tuple[int, ...]:
    return tuple(part or 0 for part in parts)

"""Bytes to records: open, repair, recognise."""

from jixiao.foundation.registry import Registry
from jixiao.intake.choose import open_document
from jixiao.intake.document import SourceFile
from jixiao.intake.reader import PagesDone
from jixiao.intake.recognise.forms import recognise
from jixiao.intake.repairer import Repairer
from jixiao.intake.result import IntakeResult, Status

REPAIRS: Registry[Repairer] = Registry("jixiao.intake.repairs", "REPAIR", "修复")


def read_file(source: SourceFile, pages_done: PagesDone | None = None) -> IntakeResult:
    """One document as records.

    The result is `failed` when the document could not be opened, `partial` when any problem was
    met, else `complete`; a document without a form is complete and has no forms.
    """
    document = open_document(source, pages_done)
    if document.unreadable:
        return IntakeResult(
            file=document.file,
            media_type=document.media_type,
            status=Status.FAILED,
            problems=document.problems,
        )
    for repair in sorted(REPAIRS, key=lambda repair: repair.order):
        document = repair.apply(document)
    forms, repairs = recognise(document)
    return IntakeResult(
        file=document.file,
        media_type=document.media_type,
        status=Status.PARTIAL if document.problems else Status.COMPLETE,
        forms=forms,
        problems=document.problems,
        repairs=repairs,
    )

"""What the page of a form that is read shows beside the table, each line with its cell."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language

from jixiao.audit.finding import Finding
from jixiao.form.forms import Form
from jixiao.lifecycle.journey import DRAFT, TO_APPROVE
from jixiao.web.desk.mark_words import mark_words
from jixiao.web.desk.marked import Marked, anchors, asked_lines, change_lines, fields, marked
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing
from jixiao.web.kept import Kept
from jixiao.web.shelf import values
from jixiao.web.workflow.returned import last_return

_MARKED: Kept[Marked] = Kept(512)
_SHELF = values("marked", Marked)


def returned_lines(
    filing: Filing, form: Form, table: str | None, *, editable: bool = False
) -> dict[str, Any]:
    """The last return with its answers, while the form is on its way; nothing afterwards.

    The lines lead to the cells of the drawn table, or to its fields where it is filled in.
    """
    on_its_way = filing.state in (DRAFT, TO_APPROVE)
    if not on_its_way and county_journey().level(filing.state) is None:
        return {}
    last = last_return(filing, form)
    if last is None:
        return {}
    cells = fields(table) if editable else anchors(table)
    return {
        "last": last,
        "asked": asked_lines(last, form, cells),
        "changes": change_lines(last, form, cells),
    }


def said_at_cells(
    filing: Filing, form: Form, table: str | None, findings: Sequence[Finding], *, digest: str
) -> dict[str, Any]:
    """Findings, reasons and changes at the cells of a table nobody types into.

    `digest` is that of the form's content.
    """
    cells = anchors(table)
    # A line says these, and names a cell of the table, drawn from the content by the layout.
    said = ((one.code, one.path, one.severity, one.message, one.suggestion) for one in findings)
    question = (digest, filing.layout, get_language(), *said)
    return {
        "mark_words": mark_words(),
        "marked": _MARKED.of(
            question, lambda: _SHELF.of(question, lambda: marked(form, findings, cells))
        ),
        **returned_lines(filing, form, table),
    }

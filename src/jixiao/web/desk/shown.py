"""What the page of a filing says the engine found: as a writer's lines, or at a reader's cells.

All of it follows from the content, the profile, the layout, the day and what is accepted; whoever
looks first works it out for everybody (`web.shelf`).
"""

from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from msgspec import Struct

from jixiao.form.forms import Form
from jixiao.web.desk.found import Accepted, answered_for, listed
from jixiao.web.desk.marked import Marked, anchors, marked
from jixiao.web.filings.acceptance import suppressions_of
from jixiao.web.filings.content import on_show
from jixiao.web.filings.models import Filing
from jixiao.web.kept import Kept
from jixiao.web.shelf import values


class Shown(Struct, frozen=True, kw_only=True):
    """How much is open, in lines for a writer or `marked` for a reader, and what is accepted."""

    count: int
    lines: SafeString
    marked: Marked | None
    accepted: tuple[Accepted, ...]


_SHOWN: Kept[Shown] = Kept(512)
_SHELF = values("shown", Shown)


def findings_shown(
    form: Form, filing: Filing, today: date, table: str | None, *, editable: bool, digest: str
) -> Shown:
    """The findings on the page of a filing with its table; `digest` is that of its content."""
    suppressions = suppressions_of(filing, today)
    answers = ((one.code, one.path, one.reason, one.by.full_name) for one in suppressions)
    ends = (one.until for one in suppressions)
    question = (digest, filing.profile, filing.layout, today, get_language(), editable)

    def worked_out() -> Shown:
        report = on_show(form, profile=filing.profile, as_of=today, digest=digest)
        open_, accepted = answered_for(report.findings, suppressions)
        return Shown(
            count=len(open_),
            lines=listed(form, open_, editable=True) if editable else SafeString(),
            marked=None if editable else marked(form, open_, anchors(table)),
            accepted=tuple(accepted),
        )

    asked = (*question, tuple(answers), tuple(ends))
    return _SHOWN.of(asked, lambda: _SHELF.of(asked, worked_out))

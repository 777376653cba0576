"""What the last return asked for, cell by cell, and what was done about it since.

The writer sees it while mending the form, the next reviewer while reading it. A form taken back
by its unit keeps the reasons of the return before.
"""

from msgspec import Struct

from jixiao.form.forms import Form
from jixiao.lifecycle.journey import RETURN
from jixiao.official.comparing import CellChange, compare
from jixiao.official.following import following
from jixiao.web.filings.entries import label_at
from jixiao.web.filings.models import Filing
from jixiao.web.filings.selectors import form_of
from jixiao.web.workflow.models import Opinion
from jixiao.web.workflow.thread import role_label


class Asked(Struct, frozen=True, kw_only=True):
    """A reason at a cell: where the cell stands now ("" where its row is gone), then and now."""

    path: str
    label: str
    text: str
    before: str
    after: str
    is_changed: bool


class Returned(Struct, frozen=True, kw_only=True):
    """The version that was sent back, by whom and why, and what is different now."""

    number: int
    by: str
    role: str
    text: str
    asked: tuple[Asked, ...]
    changes: tuple[CellChange, ...]

    @property
    def unanswered(self) -> int:
        """How many of the cells that were asked for are as they were."""
        return sum(not one.is_changed for one in self.asked)


def last_return(filing: Filing, form: Form) -> Returned | None:
    """The last return with its answers; None for a form nobody has sent back."""
    if filing.number == 1:
        return None
    known = filing.opinions.filter(action=RETURN, revision_number__lt=filing.number)
    last = known.order_by("-at", "-pk").first()
    if last is None:
        return None
    older, _ = form_of(filing, last.revision_number)
    return Returned(
        number=last.revision_number,
        by=last.author_name,
        role=role_label(last.role),
        text=last.text,
        asked=_asked(last, older, form),
        changes=compare(older, form),
    )


def _asked(opinion: Opinion, older: Form, newer: Form) -> tuple[Asked, ...]:
    if not opinion.reasons:
        return ()
    followers = following(older, newer)
    found = []
    for path, text in opinion.reasons.items():
        cell = followers.follow(path)
        found.append(
            Asked(
                path=cell.path,
                label=label_at(older, path),
                text=text,
                before=cell.before,
                after=cell.after,
                is_changed=cell.is_changed,
            )
        )
    return tuple(found)

"""What reading had to mend before the form could be understood, as the form's evidence says it.

A mended form carries no damage any more, but whoever hands it in again should mend the original.
"""

from collections.abc import Iterator

from jixiao.audit.view import FormView
from jixiao.form.forms import Evidence
from jixiao.foundation.location import SourceRef

_PREFIX = "repair:"


def repair_notes(view: FormView, *kinds: str) -> Iterator[Evidence]:
    """The notes about repairs of these kinds (`shifted-cells`, `torn-row`)."""
    wanted = {_PREFIX + kind for kind in kinds}
    return (note for note in view.form.evidence if note.about in wanted)


def path_of(view: FormView, at: SourceRef | None) -> str:
    """The indicator that stands at this place, or "" for the form as a whole."""
    if at is None:
        return ""
    for row in view.rows:
        if any(_same_row(at, place) for place in _places(row.indicator.at)):
            return f"indicators[{row.index}]"
    return ""


def _places(at: SourceRef) -> tuple[SourceRef, ...]:
    return (at, *at.also)


def _same_row(one: SourceRef, other: SourceRef) -> bool:
    if one.line is not None or other.line is not None:
        return one.line == other.line
    if one.row is None or other.row is None:
        return False
    return (one.sheet, one.page, one.table, one.row) == (
        other.sheet,
        other.page,
        other.table,
        other.row,
    )

"""Every place of a form where somebody wrote words: header name, goals, names and values.

Rules about the text itself walk over these; each place knows its path in the record.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from jixiao.audit.finding import Edit, Fix
from jixiao.audit.view import FormView, once_per_form
from jixiao.form.entry import Entry
from jixiao.foundation.text import fold

#: What messages call the name of an indicator.
NAME = "指标名称"
_LONGEST = 40
_CONTEXT = 10


class Place(Struct, frozen=True, kw_only=True):
    """One written cell: its path, what messages call it, the entry, and its folded text."""

    path: str
    called: str
    entry: Entry[Any]
    text: str

    def around(self, piece: str) -> str:
        """The cell, or of a long one the part around a piece of its folded text."""
        raw = " ".join(self.entry.raw.split())
        if len(raw) <= _LONGEST:
            return raw
        at = max(self.text.find(piece), 0)
        start, end = max(at - _CONTEXT, 0), at + 2 * len(piece) + _CONTEXT
        head, tail = "……" if start else "", "……" if end < len(self.text) else ""
        return f"{head}{self.text[start:end]}{tail}"

    def without(self, doubled: str, single: str, title: str) -> Fix | None:
        """A proposal to write `doubled` as `single`; None where the cell prints it otherwise."""
        raw = self.entry.raw
        if raw.count(doubled) != 1:
            return None
        new = raw.replace(doubled, single)
        edit = Edit(at=self.entry.at, old=raw, new=new)
        return Fix(safe=False, title=title, edits=(edit,))


@once_per_form
def written_places(view: FormView) -> tuple[Place, ...]:
    """All of them, in the order of the form; kept for the form at hand, since many rules ask."""
    return (*_project_name(view), *goals(view), *_indicator_cells(view))


@once_per_form
def all_words(view: FormView) -> str:
    """The texts of all places in one, to see at once that a word stands nowhere."""
    return "\n".join(place.text for place in written_places(view))


@once_per_form
def goals(view: FormView) -> tuple[Place, ...]:
    """The annual goal and the one over several years."""
    narrative, found = view.form.narrative, []
    for key, called in (("goal", "年度总体目标"), ("long_term_goal", "中长期目标")):
        entry = getattr(narrative, key)
        if entry is not None and entry.raw:
            path = f"narrative.{key}"
            found.append(Place(path=path, called=called, entry=entry, text=fold(entry.raw)))
    return tuple(found)


def _project_name(view: FormView) -> Iterator[Place]:
    entry = view.form.header.project_name
    if entry is not None and entry.raw:
        path = "header.project_name"
        yield Place(path=path, called="项目名称", entry=entry, text=fold(entry.raw))


def _indicator_cells(view: FormView) -> Iterator[Place]:
    for row in view.rows:
        path, item = f"indicators[{row.index}]", row.indicator
        if row.name:
            yield Place(path=f"{path}.name", called=NAME, entry=item.name, text=row.name)
        if row.value:
            yield Place(path=f"{path}.target", called="指标值", entry=item.target, text=row.value)

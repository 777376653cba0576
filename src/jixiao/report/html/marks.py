"""Which number stands at which cell: the tie between a table and the notes beside it."""

from collections.abc import Sequence

from msgspec import Struct

from jixiao.audit.finding import Finding, Severity
from jixiao.audit.report import HARM
from jixiao.report.bundle import AuditedForm
from jixiao.report.table_view import TableView

TITLE, YEAR = "title", "year"


class Mark(Struct, frozen=True):
    """One finding of one form under its number; `key` makes the ids of note and cell."""

    number: int
    key: str
    finding: Finding


class Marks:
    """The marks of one form, each at one cell. What names no visible cell stands at the title."""

    def __init__(self, audited: AuditedForm, table: TableView) -> None:
        self.all = tuple(
            Mark(number, f"{audited.number}-{number}", finding)
            for number, finding in enumerate(audited.findings, start=1)
        )
        known = table.paths
        self._at: dict[str, list[Mark]] = {}
        for mark in self.all:
            self._at.setdefault(_place(mark.finding.path, known, table), []).append(mark)

    def take(self, paths: Sequence[str]) -> list[Mark]:
        """The marks of a cell; a field shown twice carries them once."""
        taken = [mark for path in paths for mark in self._at.pop(path, ())]
        return sorted(taken, key=lambda mark: mark.number)


def _place(path: str, known: frozenset[str], table: TableView) -> str:
    """The nearest field shown: the one named, else what encloses it, else the title."""
    if path in {"year_entry", "budget_year"}:
        return YEAR if table.year else TITLE
    wanted = path
    while wanted:
        if wanted in known:
            return wanted
        head = max(wanted.rfind("."), wanted.rfind("["))
        wanted = wanted[:head] if head > 0 else ""
    return TITLE


def gravest(marks: Sequence[Mark]) -> Severity | None:
    """The severity a cell is tinted with."""
    return max((mark.finding.severity for mark in marks), key=HARM.__getitem__, default=None)

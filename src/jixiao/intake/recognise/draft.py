"""A form while it is being collected, row by row."""

from msgspec.structs import replace

from jixiao.form.entry import Entry
from jixiao.form.forms import Evidence
from jixiao.form.funding import FundingLine
from jixiao.form.header import LabelledField
from jixiao.form.indicator import Indicator
from jixiao.form.narrative import Task
from jixiao.form.review import Review
from jixiao.foundation.location import SourceRef
from jixiao.intake.recognise.headings import Heading
from jixiao.standards.labels import name_of

#: The roles of labels that name what the form is about.
PROJECT_NAMES = ("project_name", "project_name_and_code", "fund_name")


class Draft:
    """What has been found of one form so far. Becomes a `Form` in finish.py."""

    def __init__(self) -> None:
        self.title: Entry[str] | None = None
        self.kind: str | None = None
        self.year: Entry[int] | None = None
        self.fields: dict[str, Entry[str]] = {}
        self.letterhead: dict[str, Entry[str]] = {}
        self.above: Draft | None = None
        self.inherited: dict[str, Entry[str]] = {}
        self.others: list[LabelledField] = []
        self.goals: dict[str, Entry[str]] = {}
        self.tasks: list[Task] = []
        self.review: Review | None = None
        self.money_lines: list[FundingLine] = []
        self.money_unit: str | None = None
        self.money_unit_at: SourceRef | None = None
        self.heading: Heading | None = None
        self.columns: tuple[Entry[str], ...] = ()
        self.indicators: list[Indicator] = []
        self.long_term: list[Indicator] = []
        self.evidence: list[Evidence] = []

    @property
    def has_content(self) -> bool:
        """Something beyond a title was found."""
        return bool(
            self.fields
            or self.goals
            or self.money_lines
            or self.indicators
            or self.heading
            or self.review
        )

    @property
    def is_form(self) -> bool:
        """It has an indicator table, or a form's title with the fields and goal of one."""
        if self.heading is not None or self.review is not None:
            return self._answers_something
        return self.kind is not None and bool(self.goals) and len(self.fields) >= 2

    @property
    def _answers_something(self) -> bool:
        """A blank form, published where there is nothing to report, says nothing."""
        raws = [entry.raw for entry in (*self.fields.values(), *self.goals.values())]
        raws += [line.amount.raw for line in self.money_lines if line.amount is not None]
        raws += [entry.raw for entry in self.above.fields.values()] if self.above else []
        filled = any(raw.strip() for raw in raws)
        return bool(filled or self.indicators or self.long_term or self.tasks)

    def set_field(self, role: str, entry: Entry[str]) -> None:
        """The first filled-in place of a field counts; a repetition is kept beside the others."""
        known = self.fields.get(role)
        if known is None or not known.raw.strip():
            self.fields[role] = entry
        elif entry.raw.strip() and entry.raw.strip() != known.raw.strip():
            self.add_other(name_of(role), entry.raw, entry.at)

    def add_other(self, label: str, raw: str, at: SourceRef) -> None:
        self.others.append(LabelledField(label=label, raw=raw, at=at))

    def take_above(self) -> None:
        """What paragraphs above the table say counts where the table does not say it."""
        above, self.above = self.above, None
        if above is None:
            return
        for role, entry in above.fields.items():
            known = self.fields.get(role)
            if known is None or not known.raw.strip():
                self.fields[role] = entry
        self.goals = above.goals | self.goals
        self.money_lines = self.money_lines or above.money_lines
        if above.money_unit is not None and above.money_unit_at is not None:
            self.set_unit(above.money_unit, above.money_unit_at)

    def set_unit(self, unit: str, at: SourceRef) -> None:
        if self.money_unit is None:
            self.money_unit, self.money_unit_at = unit, at

    def add_goal(self, role: str, entry: Entry[str]) -> None:
        """A goal; further paragraphs of the same goal are joined with their places kept."""
        known = self.goals.get(role)
        if known is None or not known.raw.strip():
            self.goals[role] = entry
            return
        if not entry.raw.strip() or entry.raw.strip() in known.raw:
            return
        raw = f"{known.raw}\n{entry.raw}"
        at = joined(known.at, entry.at)
        self.goals[role] = Entry(raw, at, raw.strip(), known.doubtful or entry.doubtful)


def joined(first: SourceRef, second: SourceRef) -> SourceRef:
    """One place made of two, the second kept in `also`."""
    return replace(first, also=(*first.also, second))

"""The public shape of what was read: schema `jixiao.read/1`.

Outside programs rely on these names. Keys may be added; none is ever renamed without a new schema
number. Decimals are written as strings, null is a blank or absent field.
"""

from decimal import Decimal

from msgspec import Struct, field

from jixiao.form.entry import Coded, Entry
from jixiao.form.forms import Form
from jixiao.form.funding import Funding, FundingLine
from jixiao.form.header import Header
from jixiao.form.indicator import Indicator
from jixiao.form.narrative import Task
from jixiao.form.review import Review
from jixiao.foundation.location import SourceRef
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import Quantity, ValueKind
from jixiao.foundation.text import flowing as on_one_line
from jixiao.intake.document import Repair
from jixiao.intake.problem import Problem
from jixiao.intake.result import IntakeResult

SCHEMA = "jixiao.read/1"
_BREAK = pattern(r"[ \t]*\r?\n[ \t]*")


class ValueRecord(Struct, frozen=True, kw_only=True):
    """A target or actual value: the text as printed, and what it means.

    `unit` is one word where the text writes it so (元每人每月); `per` then says the same again
    as a part.
    """

    raw: str
    kind: str
    comparator: str | None
    number: Decimal | None
    number_high: Decimal | None
    unit: str | None
    per: str | None
    doubtful: bool
    source: SourceRef
    value_cell: str | None = None


class PartyRecord(Struct, frozen=True, kw_only=True):
    """A department or unit with its code."""

    code: str | None = None
    name: str | None = None


class ProjectRecord(Struct, frozen=True, kw_only=True):
    """The project; `period` joins start and end where they stand in two cells."""

    name: str | None = None
    code: str | None = None
    attribute: str | None = None
    period: str | None = None
    category: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    sources: dict[str, SourceRef] = field(default_factory=dict)


class FundingLineRecord(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of money as printed; further columns appear only where the form has them."""

    label: str
    key: str | None
    amount: Decimal | None
    raw: str
    source: SourceRef | None
    initial: Decimal | None = None
    adjusted: Decimal | None = None
    executed: Decimal | None = None
    expected: Decimal | None = None
    rate: Decimal | None = None
    points: Decimal | None = None
    score: Decimal | None = None
    doubtful: bool = False


class FundingRecord(Struct, frozen=True, kw_only=True):
    """The annual lines every table has, in `unit`, and all lines as printed."""

    unit: str | None = None
    total: Decimal | None = None
    fiscal: Decimal | None = None
    carry_over: Decimal | None = None
    other: Decimal | None = None
    lines: tuple[FundingLineRecord, ...] = ()


class TaskRecord(Struct, frozen=True, kw_only=True):
    """One task of a department's year; money in the unit of the funding block."""

    name: str
    content: str | None
    amount: Decimal | None
    source: SourceRef
    fiscal: Decimal | None = None
    other: Decimal | None = None
    expected: str | None = None


class IndicatorRecord(Struct, frozen=True, kw_only=True):
    """One indicator row. The keys after `source` are null where the form has no such column.

    `printed` are the two level names as the form prints them, with marks such as （必填）;
    `operator`, `value` and `unit` the parts of the target where they stand in columns of their
    own.
    """

    level1: str | None
    level2: str | None
    category: str | None
    name: str
    required: bool
    required_numeric: bool
    target: ValueRecord
    weight: Decimal | None
    actual: ValueRecord | None
    score: Decimal | None
    source: SourceRef
    long_term_target: ValueRecord | None = None
    adjusted_target: ValueRecord | None = None
    forecast: ValueRecord | None = None
    deviation_cause: str | None = None
    improvement: str | None = None
    remarks: dict[str, str] = field(default_factory=dict)
    printed: tuple[str | None, str | None] = (None, None)
    operator: str | None = None
    value: str | None = None
    unit: str | None = None
    direction: str | None = None
    core: str | None = None
    likelihood: str | None = None


class ReviewItemRecord(Struct, frozen=True, kw_only=True):
    """One item of a review sheet; `grade` is 优, 良, 中 or 差, null while none is chosen."""

    aspect: str | None
    item: str
    question: str | None
    points: Decimal | None
    grade: str | None
    score: Decimal | None
    opinion: str | None
    source: SourceRef


class ReviewRecord(Struct, frozen=True, kw_only=True):
    """A review sheet: its items and the conclusion."""

    items: tuple[ReviewItemRecord, ...]
    grade: str | None
    total: Decimal | None
    opinion: str | None


class EvidenceRecord(Struct, frozen=True, kw_only=True):
    """What was looked at to decide a fact, and what it said."""

    about: str
    found: str
    source: SourceRef | None


class FormRecord(Struct, frozen=True, kw_only=True):
    """One form."""

    kind: str
    title: str | None
    budget_year: int | None
    layout: str | None
    file: str
    index: int
    project: ProjectRecord
    supervising_department: PartyRecord
    implementing_unit: PartyRecord
    funding: FundingRecord
    goal: str | None
    goal_source: SourceRef | None
    long_term_goal: str | None
    achieved: str | None
    tasks: tuple[TaskRecord, ...]
    indicators: tuple[IndicatorRecord, ...]
    long_term_indicators: tuple[IndicatorRecord, ...]
    other_fields: tuple[dict[str, str], ...]
    review: ReviewRecord | None
    evidence: tuple[EvidenceRecord, ...]


class DocumentRecord(Struct, frozen=True, kw_only=True):
    """One file and how whole its reading was."""

    file: str
    media_type: str
    status: str


class ProblemRecord(Struct, frozen=True, kw_only=True):
    """One trouble of reading; `source` is null where it concerns the whole file."""

    code: str
    message: str
    file: str
    source: SourceRef | None = None


class RepairRecord(Struct, frozen=True, kw_only=True):
    """What was put right while reading."""

    code: str
    message: str
    file: str
    source: SourceRef


class ReadRecord(Struct, frozen=True, kw_only=True):
    """The document `jixiao read --format json` prints."""

    schema: str
    documents: tuple[DocumentRecord, ...]
    forms: tuple[FormRecord, ...]
    problems: tuple[ProblemRecord, ...]
    repairs: tuple[RepairRecord, ...] = ()


def read_record(results: tuple[IntakeResult, ...]) -> ReadRecord:
    """The public record of any number of documents."""
    return ReadRecord(
        schema=SCHEMA,
        documents=tuple(
            DocumentRecord(file=r.file, media_type=r.media_type, status=r.status.value)
            for r in results
        ),
        forms=tuple(form_record(form) for r in results for form in r.forms),
        problems=tuple(problem_record(p) for r in results for p in r.problems),
        repairs=tuple(_repair(repair, r.file) for r in results for repair in r.repairs),
    )


def problem_record(problem: Problem) -> ProblemRecord:
    return ProblemRecord(
        code=problem.code, message=problem.message, file=problem.file, source=problem.source
    )


def _repair(repair: Repair, file: str) -> RepairRecord:
    return RepairRecord(code=repair.code, message=repair.message, file=file, source=repair.at)


def form_record(form: Form) -> FormRecord:
    """The public record of one form."""
    narrative = form.narrative
    return FormRecord(
        kind=form.kind.value,
        title=flowing(form.title),
        budget_year=form.budget_year,
        layout=form.layout,
        file=form.file,
        index=form.index,
        project=_project(form.header),
        supervising_department=_party(form.header.supervising_department),
        implementing_unit=_party(form.header.implementing_unit),
        funding=_funding(form.funding),
        goal=flowing(narrative.goal),
        goal_source=None if narrative.goal is None else narrative.goal.at,
        long_term_goal=flowing(narrative.long_term_goal),
        achieved=flowing(narrative.achieved),
        tasks=tuple(map(_task, narrative.tasks)),
        indicators=tuple(map(_indicator, form.indicators)),
        long_term_indicators=tuple(map(_indicator, form.long_term_indicators)),
        other_fields=tuple({"label": o.label, "value": o.raw} for o in form.header.others),
        review=None if form.review is None else _review(form.review),
        evidence=tuple(
            EvidenceRecord(about=e.about, found=e.found, source=e.at) for e in form.evidence
        ),
    )


def _review(review: Review) -> ReviewRecord:
    return ReviewRecord(
        items=tuple(
            ReviewItemRecord(
                aspect=flowing(one.aspect),
                item=flowing(one.item) or "",
                question=flowing(one.question),
                points=None if one.points is None else one.points.value,
                grade=_said(one.grade),
                score=None if one.score is None else one.score.value,
                opinion=flowing(one.opinion),
                source=one.item.at,
            )
            for one in review.items
        ),
        grade=_said(review.grade),
        total=None if review.total is None else review.total.value,
        opinion=flowing(review.opinion),
    )


def _said(grade: Entry[str] | None) -> str | None:
    """The grade that was understood; unticked boxes are none."""
    return None if grade is None else grade.value


def flowing(entry: Entry[str] | None) -> str | None:
    """The text without the line breaks of its cell; None where blank or absent."""
    if entry is None or not entry.raw.strip():
        return None
    return on_one_line(entry.raw.strip())


def _project(header: Header) -> ProjectRecord:
    attribute = header.project_attribute
    period = flowing(header.project_period)
    start, end = flowing(header.start_date), flowing(header.end_date)
    if period is None and start is not None and end is not None:
        period = f"{start}至{end}"
    entries: dict[str, Entry[str] | Entry[Coded] | None] = {
        "name": header.project_name,
        "code": header.project_code,
        "attribute": attribute,
        "period": header.project_period,
        "category": header.project_category,
        "start_date": header.start_date,
        "end_date": header.end_date,
    }
    return ProjectRecord(
        name=flowing(header.project_name),
        code=flowing(header.project_code),
        attribute=None if attribute is None else flowing(Entry(attribute.raw, attribute.at)),
        period=period,
        category=flowing(header.project_category),
        start_date=start,
        end_date=end,
        sources={key: entry.at for key, entry in entries.items() if entry is not None},
    )


def _party(entry: Entry[Coded] | None) -> PartyRecord:
    if entry is None or entry.value is None:
        return PartyRecord()
    return PartyRecord(code=entry.value.code, name=_BREAK.sub("", entry.value.name))


def _funding(funding: Funding | None) -> FundingRecord:
    if funding is None:
        return FundingRecord()
    return FundingRecord(
        unit=funding.unit,
        total=_number(funding.total),
        fiscal=_number(funding.fiscal),
        carry_over=_number(funding.carry_over),
        other=_number(funding.other),
        lines=tuple(map(_line, funding.lines)),
    )


def _line(line: FundingLine) -> FundingLineRecord:
    amount = line.amount
    return FundingLineRecord(
        label=flowing(line.label) or "",
        key=line.key,
        amount=_number(amount),
        raw="" if amount is None else amount.raw,
        source=None if amount is None else amount.at,
        initial=_number(line.initial),
        adjusted=_number(line.adjusted),
        executed=_number(line.executed),
        expected=_number(line.expected),
        rate=_number(line.rate),
        points=_number(line.points),
        score=_number(line.score),
        doubtful=amount is not None and amount.doubtful,
    )


def _task(task: Task) -> TaskRecord:
    return TaskRecord(
        name=flowing(task.name) or "",
        content=flowing(task.content),
        amount=_number(task.amount),
        source=task.name.at,
        fiscal=_number(task.fiscal),
        other=_number(task.other),
        expected=flowing(task.expected),
    )


def _indicator(indicator: Indicator) -> IndicatorRecord:
    return IndicatorRecord(
        level1=_level(indicator.level1),
        level2=_level(indicator.level2),
        category=None if indicator.category is None else indicator.category.value,
        name=flowing(indicator.name) or "",
        required=indicator.required,
        required_numeric=indicator.required_numeric,
        target=_value(indicator.target, indicator.value_cell),
        weight=_number(indicator.weight),
        actual=_optional(indicator.actual),
        score=_number(indicator.score),
        source=indicator.at,
        long_term_target=_optional(indicator.long_term_target),
        adjusted_target=_optional(indicator.adjusted_target),
        forecast=_optional(indicator.forecast),
        deviation_cause=flowing(indicator.deviation_cause),
        improvement=flowing(indicator.improvement),
        remarks={_BREAK.sub("", r.label): r.entry.raw for r in indicator.remarks},
        printed=(_raw(indicator.level1), _raw(indicator.level2)),
        operator=_raw(indicator.operator_cell),
        value=_raw(indicator.value_cell),
        unit=_raw(indicator.unit_cell),
        direction=flowing(indicator.direction),
        core=flowing(indicator.core),
        likelihood=flowing(indicator.likelihood),
    )


def _level(entry: Entry[str] | None) -> str | None:
    return None if entry is None else entry.value


def _raw(entry: Entry[str] | None) -> str | None:
    return None if entry is None else entry.raw


def _optional(entry: Entry[Quantity] | None) -> ValueRecord | None:
    return None if entry is None else _value(entry, None)


def _value(entry: Entry[Quantity], cell: Entry[str] | None) -> ValueRecord:
    value = entry.value or Quantity(kind=ValueKind.UNREADABLE)
    return ValueRecord(
        raw=entry.raw,
        kind=value.kind.value,
        comparator=None if value.comparator is None else value.comparator.value,
        number=value.number,
        number_high=value.number_high,
        unit=value.written_unit or value.unit,
        per=value.per,
        doubtful=entry.doubtful or value.doubtful,
        source=entry.at,
        value_cell=None if cell is None else cell.raw,
    )


def _number(entry: Entry[Decimal] | None) -> Decimal | None:
    return None if entry is None else entry.value

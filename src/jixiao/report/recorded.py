"""Records back into forms: the public JSON of `jixiao read`, as it or another program wrote it.

Only the keys of the contract are asked for; every other one may be absent. Values are understood
anew from their `raw` text, so that a record and its document give the same form.
"""

from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct

from jixiao.form.entry import Coded, Entry
from jixiao.form.forms import Form, FormKind
from jixiao.form.funding import Funding, FundingLine
from jixiao.form.header import Header, LabelledField
from jixiao.form.indicator import Category, Indicator, Remark
from jixiao.form.narrative import Narrative, Task
from jixiao.form.review import Review, ReviewItem
from jixiao.foundation.location import SourceRef
from jixiao.foundation.quantity import Quantity
from jixiao.foundation.reading import read_quantity
from jixiao.intake.problem import Problem
from jixiao.intake.result import IntakeResult, Status

SCHEMA = "jixiao.read/1"
_MEDIA_TYPE = "application/json"
_HEAD = 4096
_LINES = {
    "total": "年度资金总额",
    "fiscal": "财政拨款",
    "carry_over": "上年结转",
    "other": "其他资金",
}


class _Value(Struct, frozen=True, kw_only=True):
    raw: str
    doubtful: bool = False
    source: SourceRef | None = None


class _Party(Struct, frozen=True, kw_only=True):
    code: str | None = None
    name: str | None = None


class _Project(Struct, frozen=True, kw_only=True):
    name: str | None = None
    code: str | None = None
    attribute: str | None = None
    period: str | None = None
    category: str | None = None
    start_date: str | None = None
    end_date: str | None = None


class _Line(Struct, frozen=True, kw_only=True):
    label: str = ""
    key: str | None = None
    amount: Decimal | None = None
    raw: str | None = None
    initial: Decimal | None = None
    adjusted: Decimal | None = None
    executed: Decimal | None = None
    expected: Decimal | None = None
    rate: Decimal | None = None
    points: Decimal | None = None
    score: Decimal | None = None


class _Funding(Struct, frozen=True, kw_only=True):
    unit: str | None = None
    total: Decimal | None = None
    fiscal: Decimal | None = None
    carry_over: Decimal | None = None
    other: Decimal | None = None
    lines: tuple[_Line, ...] = ()


class _Task(Struct, frozen=True, kw_only=True):
    name: str
    content: str | None = None
    amount: Decimal | None = None
    fiscal: Decimal | None = None
    other: Decimal | None = None
    expected: str | None = None


class _Indicator(Struct, frozen=True, kw_only=True):
    name: str
    target: _Value
    level1: str | None = None
    level2: str | None = None
    printed: tuple[str | None, str | None] = (None, None)
    category: str | None = None
    required: bool = False
    required_numeric: bool = False
    weight: Decimal | None = None
    actual: _Value | None = None
    score: Decimal | None = None
    source: SourceRef | None = None
    long_term_target: _Value | None = None
    adjusted_target: _Value | None = None
    forecast: _Value | None = None
    deviation_cause: str | None = None
    improvement: str | None = None
    operator: str | None = None
    value: str | None = None
    unit: str | None = None
    direction: str | None = None
    core: str | None = None
    likelihood: str | None = None
    remarks: dict[str, str] = msgspec.field(default_factory=dict)


class _ReviewItem(Struct, frozen=True, kw_only=True):
    item: str
    aspect: str | None = None
    question: str | None = None
    points: Decimal | None = None
    grade: str | None = None
    score: Decimal | None = None
    opinion: str | None = None


class _Review(Struct, frozen=True, kw_only=True):
    items: tuple[_ReviewItem, ...] = ()
    grade: str | None = None
    total: Decimal | None = None
    opinion: str | None = None


class _Form(Struct, frozen=True, kw_only=True):
    kind: FormKind
    title: str | None = None
    budget_year: int | None = None
    layout: str | None = None
    file: str | None = None
    project: _Project = _Project()
    supervising_department: _Party = _Party()
    implementing_unit: _Party = _Party()
    funding: _Funding | None = None
    goal: str | None = None
    long_term_goal: str | None = None
    achieved: str | None = None
    tasks: tuple[_Task, ...] = ()
    indicators: tuple[_Indicator, ...] = ()
    long_term_indicators: tuple[_Indicator, ...] = ()
    other_fields: tuple[dict[str, str], ...] = ()
    review: _Review | None = None


class _Document(Struct, frozen=True, kw_only=True):
    schema: str
    forms: tuple[_Form, ...] = ()


def is_record(content: bytes) -> bool:
    """Whether these bytes are the JSON of `jixiao read`, by its schema near the beginning."""
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and b'"schema"' in head and b'"jixiao.read/' in head


def read_recorded(name: str, content: bytes) -> IntakeResult:
    """The forms of a record file; what is wrong with it is a problem that names the place."""
    try:
        document = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=_Document)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return _failed(name, f"“{name}”不是完整的 {SCHEMA} 记录：{error}。请重新生成后再用。")
    if document.schema != SCHEMA:
        return _failed(name, f"“{name}”的记录格式是 {document.schema}，本程序认识 {SCHEMA}。")
    forms = tuple(_form(one, name, index) for index, one in enumerate(document.forms))
    return IntakeResult(file=name, media_type=_MEDIA_TYPE, status=Status.COMPLETE, forms=forms)


def _failed(name: str, message: str) -> IntakeResult:
    problem = Problem(code="INT003", message=message, file=name)
    return IntakeResult(
        file=name, media_type=_MEDIA_TYPE, status=Status.FAILED, problems=(problem,)
    )


def _form(record: _Form, name: str, index: int) -> Form:
    year = record.budget_year
    return Form(
        kind=record.kind,
        file=name,
        index=index,
        title=_text(record.title),
        budget_year=year,
        year_entry=None if year is None else Entry(str(year), _nowhere(str(year)), year),
        layout=record.layout,
        header=_header(record),
        funding=None if record.funding is None else _funding(record.funding),
        narrative=Narrative(
            goal=_text(record.goal),
            long_term_goal=_text(record.long_term_goal),
            achieved=_text(record.achieved),
            tasks=tuple(map(_task, record.tasks)),
        ),
        indicators=tuple(map(_indicator, record.indicators)),
        long_term_indicators=tuple(map(_indicator, record.long_term_indicators)),
        review=None if record.review is None else _review(record.review),
    )


def _nowhere(text: str) -> SourceRef:
    """A record file has no cells; the text itself is all there is to quote."""
    return SourceRef(quote=text)


def _text(text: str | None) -> Entry[str] | None:
    return None if text is None else Entry(text, _nowhere(text), text.strip() or None)


def _number(number: Decimal | None, raw: str | None = None) -> Entry[Decimal] | None:
    """A number as a cell; null is a blank one where its line stands in the form."""
    if number is None and raw is None:
        return None
    text = raw if raw is not None else format(number or Decimal(0), "f")
    return Entry(text, _nowhere(text), number)


def _value(value: _Value | None, *, is_cost: bool = False) -> Entry[Quantity] | None:
    if value is None:
        return None
    quantity = read_quantity(value.raw, money_expected=is_cost)
    at = value.source or _nowhere(value.raw)
    return Entry(value.raw, at, quantity, value.doubtful or quantity.doubtful)


def _header(record: _Form) -> Header:
    project = record.project
    parties = (record.supervising_department, record.implementing_unit)
    department, unit = (_coded(one.code, one.name) for one in parties)
    attribute = project.attribute
    code, _, rest = (attribute or "").partition("-")
    split = bool(rest) and code.isalnum() and code.isascii()
    has_dates = project.start_date is not None and project.end_date is not None
    return Header(
        project_name=_text(project.name),
        project_code=_text(project.code),
        project_attribute=None
        if attribute is None
        else Entry(
            attribute,
            _nowhere(attribute),
            Coded(rest, code) if split else Coded(attribute),
        ),
        project_category=_text(project.category),
        project_period=None if has_dates else _text(project.period),
        start_date=_text(project.start_date),
        end_date=_text(project.end_date),
        supervising_department=department,
        implementing_unit=unit,
        others=tuple(
            LabelledField(label=label, raw=raw, at=_nowhere(raw))
            for one in record.other_fields
            if (label := one.get("label")) is not None and (raw := one.get("value", "")) is not None
        ),
    )


def _coded(code: str | None, name: str | None) -> Entry[Coded] | None:
    if name is None:
        return None
    raw = name if code is None else f"{code}-{name}"
    return Entry(raw, _nowhere(raw), Coded(name, code))


def _funding(record: _Funding) -> Funding:
    written = record.lines or tuple(
        _Line(label=label, key=key, amount=amount)
        for key, label in _LINES.items()
        if (amount := getattr(record, key)) is not None
    )
    lines = tuple(map(_line, written))
    first: dict[str, Any] = {}
    for line in lines:
        if line.key in _LINES and line.key is not None:
            first.setdefault(line.key, line.amount)
    return Funding(unit=record.unit, lines=lines, **first)


def _line(record: _Line) -> FundingLine:
    label = record.label or _LINES.get(record.key or "", "")
    columns: dict[str, Any] = {
        column: _number(getattr(record, column))
        for column in ("initial", "adjusted", "executed", "expected", "rate", "points", "score")
    }
    amount = _number(record.amount, record.raw if record.raw is not None else None)
    return FundingLine(
        label=Entry(label, _nowhere(label), label), key=record.key, amount=amount, **columns
    )


def _task(record: _Task) -> Task:
    name = Entry(record.name, _nowhere(record.name), record.name)
    return Task(
        name=name,
        content=_text(record.content),
        amount=_number(record.amount),
        fiscal=_number(record.fiscal),
        other=_number(record.other),
        expected=_text(record.expected),
    )


def _indicator(record: _Indicator) -> Indicator:
    is_cost = (record.category or "").endswith("cost") or (record.category or "")[:5] == "cost."
    target = _value(record.target, is_cost=is_cost)
    assert target is not None
    known = record.category in Category.__members__.values()
    names = [
        None if name is None else Entry(printed or name, _nowhere(printed or name), name)
        for printed, name in zip(record.printed, (record.level1, record.level2), strict=True)
    ]
    return Indicator(
        name=Entry(record.name, _nowhere(record.name), record.name),
        target=target,
        at=record.source or _nowhere(record.name),
        level1=names[0],
        level2=names[1],
        category=Category(record.category) if known and record.category else None,
        required=record.required,
        required_numeric=record.required_numeric,
        operator_cell=_text(record.operator),
        value_cell=_text(record.value),
        unit_cell=_text(record.unit),
        direction=_text(record.direction),
        core=_text(record.core),
        weight=_number(record.weight),
        long_term_target=_value(record.long_term_target),
        adjusted_target=_value(record.adjusted_target),
        actual=_value(record.actual),
        forecast=_value(record.forecast),
        score=_number(record.score),
        likelihood=_text(record.likelihood),
        deviation_cause=_text(record.deviation_cause),
        improvement=_text(record.improvement),
        remarks=tuple(
            Remark(label=label, entry=Entry(raw, _nowhere(raw), raw))
            for label, raw in record.remarks.items()
        ),
    )


def _review(record: _Review) -> Review:
    items = tuple(
        ReviewItem(
            item=Entry(one.item, _nowhere(one.item), one.item),
            aspect=_text(one.aspect),
            question=_text(one.question),
            points=_number(one.points),
            grade=_text(one.grade),
            score=_number(one.score),
            opinion=_text(one.opinion),
        )
        for one in record.items
    )
    return Review(
        items=items,
        grade=_text(record.grade),
        total=_number(record.total),
        opinion=_text(record.opinion),
    )

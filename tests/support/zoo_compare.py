"""Compare what was read with the truth of a zoo document, field by field, blanks aside."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.report.records import FormRecord, IndicatorRecord, form_record
from tests.support.zoo import FIELDS, MONEY, ROW, TEXTS, Truth


class Compared(NamedTuple):
    """One field of one form."""

    where: str
    expected: str | None
    found: str | None

    @property
    def agrees(self) -> bool:
        return self.expected == self.found


def read_forms(name: str, content: bytes) -> list[FormRecord]:
    return [form_record(form) for form in read_file(SourceFile(name=name, content=content)).forms]


def compared(truths: Sequence[Truth], forms: Sequence[FormRecord]) -> list[Compared]:
    """Every field of every expected form; forms and rows beyond the truth count as wrong."""
    found = [Compared("forms", str(len(truths)), str(len(forms)))]
    for number, truth in enumerate(truths):
        form = forms[number] if number < len(forms) else None
        found.extend(f._replace(where=f"{number}.{f.where}") for f in _form(truth, form))
    return found


def _form(truth: Truth, form: FormRecord | None) -> Iterator[Compared]:
    read = {} if form is None else _fields(form)
    yield Compared("kind", truth.kind, read.get("kind"))
    for key in (*FIELDS, *TEXTS, *MONEY):
        if key == "title" and key not in truth.fields:
            continue
        expected = truth.fields.get(key)
        if key in MONEY[1:] and expected is not None:
            expected = _plain(Decimal(expected.replace(",", "")))
        yield Compared(key, bare(expected), read.get(key))
    rows = () if form is None else tuple(map(_row, form.indicators))
    yield Compared("rows", str(len(truth.rows)), str(len(rows)))
    for number, wanted in enumerate(truth.rows):
        got = rows[number] if number < len(rows) else (None,) * len(ROW)
        for key, expected, value in zip(ROW, wanted, got, strict=True):
            yield Compared(f"rows[{number}].{key}", bare(expected), value)


def _fields(form: FormRecord) -> dict[str, str | None]:
    funding = form.funding
    shown = {
        "kind": form.kind,
        "title": form.title,
        "year": None if form.budget_year is None else str(form.budget_year),
        "name": form.project.name,
        "code": form.project.code,
        "attribute": form.project.attribute,
        "period": form.project.period,
        "department": _party(form.supervising_department.code, form.supervising_department.name),
        "unit": _party(form.implementing_unit.code, form.implementing_unit.name),
        "goal": form.goal,
        "long": form.long_term_goal,
        "achieved": form.achieved,
        "money": funding.unit,
    }
    amounts = {
        "total": funding.total,
        "fiscal": funding.fiscal,
        "carry_over": funding.carry_over,
        "other": funding.other,
    }
    return {key: bare(text) for key, text in shown.items()} | {
        key: None if amount is None else _plain(amount) for key, amount in amounts.items()
    }


def _party(code: str | None, name: str | None) -> str | None:
    return name if code is None else f"{code}-{name}"


def _row(row: IndicatorRecord) -> tuple[str | None, ...]:
    return (
        bare(row.level1),
        bare(row.level2),
        bare(row.name),
        bare(row.target.raw),
        None if row.weight is None else _plain(row.weight),
        None if row.actual is None else bare(row.actual.raw),
        None if row.score is None else _plain(row.score),
    )


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def bare(text: str | None) -> str | None:
    return None if text is None else re.sub(r"\s+", "", text)

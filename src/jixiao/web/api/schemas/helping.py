"""What helps to fill in and to review: suggestions, doubtful cells, review sheets, rules."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from jixiao.web.api.schemas.filings import Answers
from jixiao.web.api.schemas.shared import Asked, FormRecord, Text


class SuggestionRow(Schema):
    """A text that stood in a like place, and where."""

    text: str
    source: str


class ReasonRow(Schema):
    """Why a field was sent back."""

    path: str
    label: str
    text: str
    by: str
    at: datetime


class RuleRow(Schema):
    """A rule as listed."""

    code: str
    name: str
    title: str
    severity: str
    dimension: str
    default: bool
    preview: bool


class RuleDetail(RuleRow):
    """A rule with its page for officials and what it rests on."""

    certainty: str
    scope: str
    since: str
    basis: list[dict[str, Any]]
    page: str


class ProfileRow(Schema):
    """A set of local conventions; `chain` leads from the base to it."""

    id: str
    title: str
    chain: list[str]
    verified: bool


class SavedSheet(Schema):
    """A review sheet that was saved at a step."""

    id: int
    state: str
    state_label: str
    revision_number: int
    grade: str
    by: str
    saved_at: datetime
    form: FormRecord


class GradeAsked(Asked):
    """Answers as they would be saved."""

    answers: Answers = {}


class GradeSuggested(Schema):
    """What the items as filled in come to; nothing is written."""

    grade: str
    why: str
    consequence: str


class DoubtRow(Schema):
    """A cell nobody has confirmed yet, with what the document says there."""

    path: str
    label: str
    text: str
    page: int | None
    quote: str


class ReadFormDetail(Schema):
    """One form read from a document, as it stands after corrections."""

    number: int
    project_name: str
    unit: str
    budget_year: int | None
    filing: int | None
    settled: list[str]
    doubts: list[DoubtRow]
    record: FormRecord


class CellAsked(Asked):
    """A cell as it should read; the same text confirms what was read."""

    path: Annotated[Text, Field(min_length=1, max_length=200)]
    text: Annotated[Text, Field(max_length=20_000)]


class DayAsked(Asked):
    """A day unlike its weekday."""

    day: date
    name: Annotated[Text, Field(min_length=1, max_length=40)]
    is_workday: Annotated[bool, Field(description="true 为调休上班")] = False


class DaysAsked(Asked):
    """Days to add, or to say anew."""

    days: Annotated[list[DayAsked], Field(min_length=1, max_length=400)]


class DaysSet(Schema):
    """How many days were set."""

    set: int

"""Control figures as programs write and read them: amounts in 元, none where there is none."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from jixiao.web.api.schemas.shared import Asked, Money, Place, Text, Year

Amount = Annotated[Decimal, Field(ge=0, lt=10**15, decimal_places=2, examples=["1200000.00"])]


class ControlRow(Schema):
    """A place with its figure; `draft` and `has_draft` are for the bureau alone."""

    agency: Place
    kind: str
    project: str | None
    project_name: str
    first_total: Money | None
    control: Money | None
    second_total: Money | None
    left: Money | None
    is_over: bool
    note: str
    number: str | None
    issued_on: date | None
    has_draft: bool
    draft: Money | None
    base: str


class ControlTable(Schema):
    """The figures of a year; `is_cut` where only the first are listed: ask by department then."""

    budget_year: int
    items: list[ControlRow]
    is_cut: bool


class ControlAsked(Asked):
    """One figure to write as a draft; `amount` null takes it away."""

    agency: Annotated[Text, Field(min_length=1, max_length=40, examples=["055001"])]
    amount: Amount | None
    note: Annotated[Text, Field(max_length=200)] = ""
    project: Annotated[UUID | None, Field(description="只对一个项目时填它的 project_key")] = None
    base: Annotated[
        Text | None, Field(max_length=60, description="读到的 base；之后被别人改过的就是 409")
    ] = None


class ControlsAsked(Asked):
    """Figures of a year, all written or none."""

    budget_year: Year
    figures: Annotated[list[ControlAsked], Field(min_length=1, max_length=1000)]


class ControlsWritten(Schema):
    """How many drafts are new or changed."""

    written: int


class IssueAsked(Asked):
    """The paper by which all drafts of a year are given out."""

    budget_year: Year
    number: Annotated[Text, Field(min_length=1, max_length=60, examples=["平财预〔2027〕16号"])]
    issued_on: date
    note: Annotated[Text, Field(max_length=300)] = ""


class IssueRow(Schema):
    """A paper that gave figures out."""

    id: int
    agency: Place
    budget_year: int
    number: str
    issued_on: date
    note: str
    by: str
    at: datetime


class AgainstRow(Schema):
    """A figure a form counts against, and what is filed against it."""

    name: str
    control: Money
    filed: Money | None
    left: Money
    is_over: bool

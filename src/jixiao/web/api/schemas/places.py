"""Agencies, people, windows, documents, webhooks."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from jixiao.lifecycle.roles import AgencyKind, RoleCode
from jixiao.web.api.schemas.shared import Asked, FormRecord, Place, Text, Year


class AgencyRow(Schema):
    """A node of the tree."""

    id: int
    code: str
    name: str
    kind: str
    kind_label: str
    parent: str | None
    path: str
    depth: int
    is_active: bool


class AgencyAsked(Asked):
    """A new agency below another."""

    code: Annotated[Text, Field(min_length=1, max_length=40)]
    name: Annotated[Text, Field(min_length=1, max_length=120)]
    kind: AgencyKind
    parent: Annotated[Text, Field(min_length=1, max_length=40, description="上级机构编码")]


class AgencyChange(Asked):
    """What may change of an agency."""

    name: Annotated[Text | None, Field(min_length=1, max_length=120)] = None
    is_active: bool | None = None
    parent: Annotated[
        Text | None, Field(min_length=1, max_length=40, description="新的上级机构编码")
    ] = None


class PostRow(Schema):
    """A role held at a place."""

    id: int
    role: str
    role_label: str
    agency: Place
    starts_on: date
    ends_on: date | None
    delegated_by: str | None


class PersonRow(Schema):
    """Somebody with an account."""

    username: str
    full_name: str
    is_active: bool
    must_change_password: bool
    roles: list[PostRow]


class PersonAsked(Asked):
    """A new account at an agency."""

    username: Annotated[Text, Field(pattern=r"^[a-z][a-z0-9._-]{1,59}$", examples=["zhanghao"])]
    full_name: Annotated[Text, Field(min_length=1, max_length=60)]
    agency: Annotated[Text, Field(min_length=1, max_length=40)]


class PersonMade(Schema):
    """A new account with its first password, shown this once."""

    username: str
    full_name: str
    password: str


class PersonChange(Asked):
    """Switching an account on or off."""

    is_active: bool


class GrantAsked(Asked):
    """A role at a place, from a day on."""

    role: RoleCode
    agency: Annotated[Text, Field(min_length=1, max_length=40)]
    starts_on: date
    ends_on: date | None = None


class EndAsked(Asked):
    """The last day of a role."""

    ends_on: date


class WindowRow(Schema):
    """When a stage is open for a year."""

    id: int
    agency: Place
    budget_year: int
    stage: str
    round: str
    opens_on: date
    closes_on: date
    layout: str
    profile: str


class WindowAsked(Asked):
    """A window for an agency and all below it."""

    agency: Annotated[Text, Field(min_length=1, max_length=40)]
    budget_year: Year
    stage: Annotated[Text, Field(max_length=40)] = "target_setting"
    round: Annotated[Text, Field(min_length=1, max_length=20, examples=["一上"])]
    opens_on: date
    closes_on: date
    layout: Annotated[Text, Field(min_length=1, max_length=80)]
    profile: Annotated[Text, Field(max_length=80)] = ""


class WindowChange(Asked):
    """Other days for a window, another form or another profile."""

    opens_on: date | None = None
    closes_on: date | None = None
    layout: Annotated[Text | None, Field(max_length=80)] = None
    profile: Annotated[Text | None, Field(max_length=80)] = None


class HolidayRow(Schema):
    """A day unlike its weekday."""

    day: date
    is_workday: bool
    name: str


class DocumentRow(Schema):
    """A file somebody handed in."""

    id: int
    agency: Place
    name: str
    media_type: str
    size: int
    sha256: str
    budget_year: int | None
    status: str
    problems: list[Any]
    uploaded_by: str
    uploaded_at: datetime


class UploadedFileRow(Schema):
    """One file of an upload and what became of it."""

    name: str
    size: int
    status: str
    problems: list[Any]
    form_count: int
    document: int | None


class Upload(Schema):
    """Files handed in together."""

    id: int
    files: list[UploadedFileRow]


class UploadRow(Schema):
    """An upload as listed."""

    id: int
    name: str
    agency: Place
    created_by: str
    created_at: datetime


class FoundForm(Schema):
    """One form of a document; `filing` is the one it became."""

    number: int
    project_name: str
    budget_year: int | None
    doubtful: int
    filing: int | None
    record: FormRecord


class WebhookAsked(Asked):
    """An address to be told of changes of state below an agency."""

    agency: Annotated[Text, Field(min_length=1, max_length=40)]
    url: Annotated[Text, Field(min_length=1, max_length=500, examples=["https://oa.example/hook"])]
    events: Annotated[
        list[Annotated[Text, Field(max_length=60)]],
        Field(description="事项代码；空为全部", max_length=50),
    ] = []


class WebhookChange(Asked):
    """Switching a webhook on or off."""

    is_active: bool


class WebhookRow(Schema):
    """A registered address."""

    id: int
    agency: Place
    url: str
    events: list[str]
    is_active: bool
    created_at: datetime


class WebhookMade(WebhookRow):
    """A new webhook with its signing secret, shown this once."""

    secret: str


class DeliveryRow(Schema):
    """One event on its way."""

    id: int
    event: str
    filing: int | None
    status: str
    attempts: int
    due_at: datetime
    answered: int | None
    trouble: str
    delivered_at: datetime | None


class LayoutRow(Schema):
    """An official table this system knows."""

    id: str
    title: str
    kind: str
    can_be_written: bool

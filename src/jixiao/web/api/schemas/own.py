"""The caller, states and actions, notices, what a search finds."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from jixiao.web.api.schemas.filings import FilingRow
from jixiao.web.api.schemas.shared import Asked, Pk, Place


class HeldPost(Schema):
    """A role of the caller."""

    role: str
    role_label: str
    agency: str


class Me(Schema):
    """Who asks."""

    username: str
    full_name: str
    posts: list[HeldPost]
    scopes: list[str]
    token: str


class ActionRow(Schema):
    """One way out of a state."""

    code: str
    label: str
    target: str
    roles: list[str]
    needs_opinion: bool


class StateRow(Schema):
    """A state of the journey; `turn` are the roles whose turn it is."""

    code: str
    label: str
    turn: list[str]
    editable: bool
    actions: list[ActionRow]


class NoticeRow(Schema):
    """A line in the caller's box."""

    id: int
    filing: int | None
    text: str
    settled: Annotated[str, Field(description="等待本人办理的，同事已经办理时写明由谁办理")]
    created_at: datetime
    read_at: datetime | None


class ReadAsked(Asked):
    """Which notice was read."""

    notice: Annotated[
        Pk | None, Field(description="只标这一条和同一张申报的；不写则全部标为已读")
    ] = None


class Marked(Schema):
    """How many notices were marked."""

    marked: int


class Found(Schema):
    """The first of what a search finds."""

    filings: list[FilingRow]
    agencies: list[Place]

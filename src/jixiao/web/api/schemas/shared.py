"""What many operations take and give."""

from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

from ninja import Query, Schema
from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema

T = TypeVar("T")


def _savable(text: str) -> str:
    if "\0" in text:
        raise ValueError(text)
    return text


#: A text a database can keep.
Text = Annotated[str, AfterValidator(_savable)]
Pk = Annotated[int, Field(ge=1, lt=2**63)]
Year = Annotated[int, Field(ge=1990, le=2100)]
Cursor = Annotated[Text | None, Query(description="上一页的 next", max_length=2000)]
Limit = Annotated[int, Query(ge=1, le=200, description="每页条数")]
Money = Annotated[Decimal, WithJsonSchema({"type": "string", "examples": ["1400000.00"]})]


def record(name: str) -> Any:
    """A record of the published schemas, by its name there; `document.py` puts the reference in."""
    return Annotated[dict[str, Any], WithJsonSchema({"type": "object", "x-record": name})]


FormRecord = record("FormRecord")
AuditRecord = record("AuditRecord")
ReadRecord = record("ReadRecord")


class Asked(Schema):
    """A body: unknown keys are refused, so that a slip of the pen is not ignored."""

    model_config = ConfigDict(extra="forbid")


class Page(Schema, Generic[T]):
    """One page; `next` is null on the last."""

    items: list[T]
    next: str | None


class Items(Schema, Generic[T]):
    """A short list as a whole."""

    items: list[T]


class Problem(Schema):
    """The one shape of what goes wrong."""

    code: str
    message: str
    details: dict[str, Any]


class Place(Schema):
    """An agency by its code."""

    code: str
    name: str

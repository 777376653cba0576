"""What reading yields: forms, problems, and how whole the reading was."""

from enum import StrEnum

from msgspec import Struct

from jixiao.form.forms import Form
from jixiao.intake.document import Repair
from jixiao.intake.problem import Problem


class Status(StrEnum):
    """`partial` whenever a problem was met, `failed` when the document could not be opened."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    FAILED = "failed"


class IntakeResult(Struct, frozen=True, kw_only=True):
    """One document as records. A document without a form is complete and has no forms."""

    file: str
    media_type: str
    status: Status
    forms: tuple[Form, ...] = ()
    problems: tuple[Problem, ...] = ()
    repairs: tuple[Repair, ...] = ()

"""Forms that come with a request: public records, checked as a file of records would be."""

from typing import Any

import msgspec

from jixiao.form.forms import Form
from jixiao.intake.result import IntakeResult, Status
from jixiao.official.blank import blank
from jixiao.report.recorded import SCHEMA, read_recorded
from jixiao.standards.inheritance import load_profile
from jixiao.standards.layout import layout_of
from jixiao.web.api.problems import ApiProblem

_NAME = "请求内容"


def form_of_record(record: dict[str, Any]) -> Form:
    """The form of one FORM. Raises ApiProblem 422 with the place of what is wrong."""
    read = read_document({"schema": SCHEMA, "forms": [record]})
    return read.forms[0]


def read_document(document: dict[str, Any]) -> IntakeResult:
    """The forms of a whole `jixiao.read/1` document. Raises ApiProblem 422."""
    read = read_recorded(_NAME, msgspec.json.encode(document))
    if read.status is Status.FAILED:
        message = read.problems[0].message if read.problems else "记录无法读取"
        raise ApiProblem(422, "bad_record", message)
    return read


def blank_form(layout: str, year: int) -> Form:
    """An empty form of this layout. Raises UnknownCode."""
    described = layout_of(layout)
    if described.sheet is None:
        raise ApiProblem(422, "unknown_code", f"版式 {layout} 还没有描述怎样写出")
    return blank(described, year=year)


def known_profile(profile: str) -> str:
    """The profile's id where there is one of this name. Raises UnknownCode."""
    return load_profile(profile).id if profile else ""

"""Who asks, for what project, for how long."""

from msgspec import Struct

from jixiao.form.entry import Coded, Entry
from jixiao.foundation.location import SourceRef


class LabelledField(Struct, frozen=True, kw_only=True, gc=False):
    """A label of the form and what stands beside it, where the model has no field of its own."""

    label: str
    raw: str
    at: SourceRef


class Header(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The top part of a form. A field the form does not show is None; a blank one has raw "".

    `others` keeps every further labelled field, so that nothing on the form is lost.
    """

    project_name: Entry[str] | None = None
    project_code: Entry[str] | None = None
    project_attribute: Entry[Coded] | None = None
    project_category: Entry[str] | None = None
    project_period: Entry[str] | None = None
    start_date: Entry[str] | None = None
    end_date: Entry[str] | None = None
    supervising_department: Entry[Coded] | None = None
    implementing_unit: Entry[Coded] | None = None
    others: tuple[LabelledField, ...] = ()

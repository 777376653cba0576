"""A form: the sections an agency hands in, under one of the official kinds.

All kinds are made of the same sections; a kind is a value, not a class, because a table in a
layout nobody has described must still be read, and its kind may only become clear from its title
at the end. A rule says which kinds and which sections it concerns.
"""

from enum import StrEnum

from msgspec import Struct

from jixiao.form.entry import Entry
from jixiao.form.funding import Funding
from jixiao.form.header import Header
from jixiao.form.indicator import Indicator
from jixiao.form.narrative import Narrative
from jixiao.form.review import Review
from jixiao.foundation.location import SourceRef


class FormKind(StrEnum):
    """The official kinds of form; the words are part of the public contract."""

    PROJECT_TARGET = "project_target"
    DEPARTMENT_TARGET = "department_target"
    REGIONAL_TARGET = "regional_target"
    MONITORING = "monitoring"
    SELF_EVALUATION = "self_evaluation"
    EVALUATION = "evaluation"
    REVIEW = "review"
    ADJUSTMENT = "adjustment"


class Evidence(Struct, frozen=True, kw_only=True):
    """What was looked at to decide a fact of the form, and what it said: never a default."""

    about: str
    found: str
    at: SourceRef | None = None


class Form(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One official form as read.

    `budget_year` is None where no evidence names one year; `evidence` lists what was tried.
    `layout` is the id of a described official layout, None for a table nobody has described.
    `long_term_indicators` are the rows of the multi-year half of a two-half table.
    `review` stands in review sheets. `file` and `index` say which form of which file this is.
    """

    kind: FormKind
    file: str
    index: int = 0
    title: Entry[str] | None = None
    budget_year: int | None = None
    year_entry: Entry[int] | None = None
    layout: str | None = None
    header: Header = Header()
    funding: Funding | None = None
    narrative: Narrative = Narrative()
    indicators: tuple[Indicator, ...] = ()
    long_term_indicators: tuple[Indicator, ...] = ()
    review: Review | None = None
    columns: tuple[Entry[str], ...] = ()
    evidence: tuple[Evidence, ...] = ()

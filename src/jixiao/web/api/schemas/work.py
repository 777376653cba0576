"""Background work, exports, saved views, roles lent, rights, the board, the log."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from jixiao.web.api.schemas.filings import Filters, Order
from jixiao.web.api.schemas.places import PostRow
from jixiao.web.api.schemas.shared import Asked, Pk, Place, Text


class JobRow(Schema):
    """A piece of background work; its result is for whoever asked for it."""

    id: int
    kind: str
    title: str
    state: Literal["waiting", "running", "done", "failed"]
    done: int
    total: int
    words: str
    reason: str
    agency: Place
    created_by: str
    is_own: bool
    has_result: bool
    result_name: str
    created_at: datetime
    finished_at: datetime | None


class ExportAsked(Asked):
    """What to make of the filings the conditions find."""

    what: Annotated[
        Literal["official", "list"],
        Field(description="official 官方表文件，list 申报列表"),
    ] = "official"
    to: Annotated[
        Text,
        Field(max_length=10, description="official：docx、xlsx、pdf 等；list：xlsx、csv"),
    ] = "xlsx"
    conditions: Annotated[Filters, Field(description="与申报列表相同的条件")] = Filters()
    order: Order = "updated"
    annex: Annotated[bool, Field(description="official：附封面、目录和汇总，成为附件")] = False
    title: Annotated[Text, Field(max_length=60, description="文件标题；空则按内容")] = ""


class ViewAsked(Asked):
    """A narrowing of the list under a name."""

    name: Annotated[Text, Field(min_length=1, max_length=40)]
    conditions: Filters = Filters()
    order: Order = "updated"
    is_shared: Annotated[bool, Field(description="本单位共用")] = False


class ViewRow(Schema):
    """A saved view; `query` is what to ask `/filings` with."""

    id: int
    name: str
    query: str
    conditions: dict[str, str]
    is_shared: bool
    is_own: bool
    agency: Place


class Colleague(Schema):
    """Somebody a role may be lent to."""

    username: str
    full_name: str


class OwnPost(Schema):
    """A role of one's own that may be lent, and to whom."""

    id: int
    role: str
    role_label: str
    agency: Place
    colleagues: list[Colleague]


class LoanRow(PostRow):
    """A role lent by one person to another."""

    to: str


class Loans(Schema):
    """What one may lend, has lent, and holds for others."""

    own: list[OwnPost]
    lent: list[LoanRow]
    received: list[LoanRow]


class LoanAsked(Asked):
    """One of one's roles, for a colleague, until a day."""

    membership: Annotated[Pk, Field(description="own 中的 id")]
    to: Annotated[Text, Field(min_length=1, max_length=60, description="受委托人的登录名")]
    until: date


class RightRow(Schema):
    """A role, in a state, may do an action or change a part of the form."""

    state: str
    role: str
    what: str
    label: str


class HolderRow(Schema):
    """Somebody who can act on a filing now."""

    username: str
    full_name: str
    role: str
    role_label: str
    agency: Place
    is_turn: bool
    may: list[str]
    delegated_by: str | None


class WhoCan(Schema):
    """Whose turn it is, by name; `missing` are the roles nobody holds."""

    state: str
    state_label: str
    people: list[HolderRow]
    missing: list[str]


class DepartmentFigures(Schema):
    """How the filings of one department stand."""

    code: str
    name: str
    filings: int
    drafts: int
    open: int
    approved: int
    out: int
    returned: int
    overdue: int


class DayFigures(Schema):
    """What happened on a day."""

    day: date
    submitted: int
    returned: int
    approved: int


class SpokenFigures(Schema):
    """How often a rule spoke, or a unit was spoken to."""

    code: str
    name: str
    filings: int
    errors: int
    warnings: int
    others: int


class Board(Schema):
    """The figures of the bureau's board."""

    year: int
    years: list[int]
    departments: list[DepartmentFigures]
    days: list[DayFigures]
    rules: list[SpokenFigures]
    units: list[SpokenFigures]


class LogRow(Schema):
    """One event of the log."""

    id: int
    agency: Place
    sequence: int
    code: str
    label: str
    actor_name: str
    role: str
    filing: int | None
    payload: dict[str, Any]
    at: datetime
    previous_hash: str
    hash: str


class BreakRow(Schema):
    """A place where a chain does not hold."""

    agency: Place
    sequence: int
    reason: str


class Verdict(Schema):
    """Whether every chain within reach holds; null while they are still walked."""

    job: int
    state: str
    finished_at: datetime | None
    holds: bool | None
    events: int
    breaks: list[BreakRow]


class TokenRow(Schema):
    """One of one's own tokens; its text is shown when it is made, and never again."""

    id: int
    name: str
    hint: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    is_live: bool


class RosterPerson(Schema):
    """A new account with its first password, shown this once."""

    username: str
    full_name: str
    agency: Place
    password: str


class RolesGranted(Schema):
    """What became of a sheet of roles."""

    granted: int
    left_out: Annotated[int, Field(description="没有填角色、没有办理的行数")]


class RosterTaken(Schema):
    """What became of a sheet of agencies and people."""

    agencies: list[Place]
    people: list[RosterPerson]

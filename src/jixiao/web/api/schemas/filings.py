"""Filings: how they are asked for, and how they are answered."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from jixiao.web.api.schemas.shared import (
    Asked,
    FormRecord,
    Money,
    Pk,
    Place,
    ReadRecord,
    Text,
    Year,
)
from jixiao.web.filings.narrowing import ALIASES, COLUMNS, YES

if TYPE_CHECKING:
    Order: TypeAlias = str
else:  # a program is told every order by its name
    Order = Literal[(*ALIASES, *COLUMNS, *(f"-{name}" for name in COLUMNS))]


class Filters(Asked):
    """The conditions of a list; the same words as in the addresses of pages."""

    year: Annotated[Year | None, Field(description="预算年度")] = None
    state: Annotated[Text | None, Field(description="状态代码", max_length=40)] = None
    round: Annotated[Text | None, Field(description="轮次，如 一上", max_length=20)] = None
    category: Annotated[Text | None, Field(description="项目类别", max_length=40)] = None
    agency: Annotated[Text | None, Field(description="填报单位编码", max_length=40)] = None
    under: Annotated[Text | None, Field(description="机构编码：该机构及其下级", max_length=40)] = (
        None
    )
    grade: Annotated[
        Literal["优", "良", "中", "差", "none"] | None,
        Field(description="审核等级；none 为未评"),
    ] = None
    trouble: Annotated[
        Literal["errors", "warnings", "none"] | None,
        Field(description="只要有错误的、有警告的，或没有错误的"),
    ] = None
    key: Annotated[bool, Field(description="只要重点项目")] = False
    returned: Annotated[bool, Field(description="只要退回过的")] = False
    overdue: Annotated[bool, Field(description="只要已过应办结日期的")] = False
    waiting: Annotated[bool, Field(description="只要轮到本人办理的")] = False
    updated_since: Annotated[AwareDatetime | None, Field(description="此时刻以来有变化的")] = None
    q: Annotated[
        Text | None, Field(description="全文检索，几个词用空格分开；或申报编号", max_length=100)
    ] = None

    def words(self) -> dict[str, str]:
        """The same as an address of a page says it."""
        found = {name: getattr(self, name) for name in Filters.model_fields}
        return {name: _word(value) for name, value in found.items() if value not in (None, False)}


def _word(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return YES if value is True else str(value)


class FilingQuery(Filters):
    """Conditions, order and page."""

    order: Annotated[
        Order,
        Field(
            description="顺序，与页面相同：updated 最近变化在前，created 新建在前，name 名称，"
            "agency 单位，state 状态，total 金额由大到小，rows 指标数由多到少，"
            "errors 错误由多到少，grade 等级，due 先到期在前；前加 - 则倒过来。"
            "newest 即 created，oldest 即 -created，changed 即 -updated（适合同步）"
        ),
    ] = "newest"
    limit: Annotated[int, Field(ge=1, le=200, description="每页条数")] = 50
    cursor: Annotated[Text | None, Field(description="上一页的 next", max_length=2000)] = None


class FilingRow(Schema):
    """A filing as lists show it."""

    id: int
    reference: Annotated[
        str, Field(description="申报编号：年度-单位编码-id，页面和导出的列表上相同")
    ]
    agency: Place
    project_key: UUID
    project_name: str
    project_code: str
    budget_year: int
    stage: str
    state: str
    state_label: str
    round: str
    category: str
    layout: str
    profile: str
    total: Money | None
    indicator_count: int
    errors: int
    warnings: int
    grade: str
    is_key: bool
    due_on: date | None
    number: int
    approved_number: int | None
    lock_version: int
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None


class OpenAction(Schema):
    """What this person can do now, conditions permitting."""

    code: str
    label: str
    needs_opinion: bool


class FilingDetail(FilingRow):
    """One filing, whose turn it is and what the caller may do."""

    turn: list[str]
    actions: list[OpenAction]
    editable: list[str]


class Sums(Schema):
    """How many, how much."""

    count: int
    total: Money | None
    indicators: int
    errors: int
    warnings: int
    with_errors: int


class GroupSums(Sums):
    """The sums of one department or category; its code is what narrows a list to it."""

    code: str
    name: str


class Totals(Sums):
    """Sums over everything that is found."""

    by_state: dict[str, int]
    by_department: list[GroupSums]
    by_category: list[GroupSums]


class RevisionRow(Schema):
    """One version; the last may still be a draft."""

    number: int
    status: str
    content_hash: str
    author: str
    created_at: datetime
    saved_at: datetime
    document: int | None


class RecordAnswer(Schema):
    """A version as a public record, and what to send back with a change."""

    number: int
    status: str
    lock_version: int
    content_hash: str
    form: FormRecord


class SheetCell(Schema):
    """A cell; positions count from 0, `path` is the field it shows."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    text: str = ""
    role: str = "text"
    path: str = ""
    inputs: list[dict[str, Any]] = []


class SheetAnswer(Schema):
    """The drawn official table: merged cells with the paths of their fields."""

    layout: str
    number: int
    name: str
    title: str
    subtitle: str
    above: list[str]
    unit_note: str
    notes: list[str]
    landscape: bool
    grid: list[float]
    height: int
    cells: list[SheetCell]
    remarks: list[str]


class Change(Schema):
    """One difference between two versions."""

    kind: Literal["changed", "added", "removed"]
    label: str
    path: str
    row: str
    before: str
    after: str


class Comparison(Schema):
    """What differs from one version to another."""

    older: int
    newer: int
    changes: list[Change]


class OpinionRow(Schema):
    """What somebody said at a step."""

    id: int
    revision_number: int
    author_name: str
    role: str
    role_label: str
    action: str
    text: str
    reasons: dict[str, str]
    at: datetime


class EventRow(Schema):
    """One line of the log, with its place in the chain."""

    sequence: int
    code: str
    actor_name: str
    role: str
    payload: dict[str, Any]
    at: datetime
    previous_hash: str
    hash: str


class NewFiling(Asked):
    """A draft: from a record, a form in an uploaded document, last year's, or blank on a layout."""

    agency: Annotated[Text, Field(description="填报单位编码", max_length=40)]
    budget_year: Year
    round: Annotated[Text, Field(description="轮次，如 一上", max_length=20)] = ""
    profile: Annotated[Text, Field(description="校核口径；空则按表判断", max_length=80)] = ""
    layout: Annotated[Text | None, Field(description="空白表的版式", max_length=80)] = None
    before: Annotated[
        Pk | None, Field(description="上年的申报编号：沿用其项目和指标，值留空；可同时写 layout")
    ] = None
    project_name: Annotated[Text, Field(max_length=300, description="空白表上的项目名称")] = ""
    document: Annotated[Pk | None, Field(description="已上传文件的编号")] = None
    form: Annotated[int, Field(ge=1, le=10_000, description="文件中表的 number")] = 1
    record: Annotated[FormRecord | None, Field(description="jixiao.read/1 的一张表（FORM）")] = None


Block = Annotated[Text, Field(max_length=40, examples=["indicators"])]
At = Annotated[int, Field(ge=0, le=9999, description="从 0 起的位置")]


class Write(Asked):
    """One cell as it is typed."""

    type: Literal["write"] = "write"
    path: Annotated[Text, Field(min_length=1, max_length=200, examples=["indicators[3].target"])]
    text: Annotated[Text, Field(max_length=20_000)]


class Insert(Asked):
    """A row put at a position; `texts` by field."""

    type: Literal["insert"]
    block: Block
    at: At
    texts: Annotated[
        dict[str, Annotated[Text, Field(max_length=20_000)]], Field(max_length=60)
    ] = {}


class Remove(Asked):
    """The row at a position taken out."""

    type: Literal["remove"]
    block: Block
    at: At


class Move(Asked):
    """The row at a position put where row `to` stands."""

    type: Literal["move"]
    block: Block
    at: At
    to: At


Operation = Write | Insert | Remove | Move


class DraftChange(Asked):
    """Cells one by one, or the whole record; on the version that was read."""

    lock_version: Annotated[
        int | None, Field(ge=0, lt=2**31, description="读到内容时的值；有 If-Match 的可以不写")
    ] = None
    operations: Annotated[list[Operation], Field(max_length=2000)] = []
    record: FormRecord | None = None


class Saved(Schema):
    """The draft as it stands."""

    lock_version: int
    etag: Annotated[str, Field(description="下一次保存或办理的 If-Match")]
    number: int
    content_hash: str
    errors: int
    warnings: int


class ConflictDetails(Schema):
    """What the first writer has saved, and what was to be saved."""

    lock_version: int
    saved_by: str
    saved_at: datetime
    theirs: FormRecord
    yours: FormRecord


class NotSaved(Schema):
    """`conflict`: somebody saved first, and both contents are told; `refused`: reasons."""

    code: str
    message: str
    details: ConflictDetails | dict[str, Any]


class ActionAsked(Asked):
    """One step of the journey."""

    action: Annotated[
        Text, Field(max_length=40, description="submit、pass、return、approve 等，见 actions")
    ]
    lock_version: Annotated[
        int | None, Field(ge=0, lt=2**31, description="看到的 lock_version；不同则不办理")
    ] = None
    opinion: Annotated[Text, Field(max_length=5000)] = ""
    reasons: Annotated[
        dict[Annotated[Text, Field(max_length=200)], Annotated[Text, Field(max_length=2000)]],
        Field(description="各栏理由：栏目路径 → 理由", max_length=500),
    ] = {}


class Seen(Asked):
    """A filing as the caller saw it."""

    id: Pk
    lock_version: Annotated[int, Field(ge=0, lt=2**31)]


class PreviewAsked(Asked):
    """Filings to be sent on together."""

    filings: Annotated[
        list[Pk | Seen],
        Field(
            min_length=1,
            max_length=200,
            description="编号，或编号和看到的 lock_version",
            examples=[[12, {"id": 13, "lock_version": 4}]],
        ),
    ]
    opinion: Annotated[Text, Field(max_length=5000)] = ""


class BulkAsked(PreviewAsked):
    """The same step for several filings; each is answered by itself."""

    action: Annotated[Text, Field(max_length=40, description="动作代码；forward 为各往前一步")]


class ForeseenLine(Schema):
    """Where one of them would go, in words; reasons say why it would stay."""

    id: int
    action: str
    state: str
    target: str
    reasons: list[str]


class BulkLine(Schema):
    """What became of one of them."""

    id: int
    done: bool
    state: str | None
    reasons: list[str]


class SuppressionAsked(Asked):
    """A finding somebody answers for, until a day."""

    code: Annotated[Text, Field(min_length=1, max_length=20, examples=["VAL002"])]
    path: Annotated[Text, Field(max_length=200, description="空则全表")] = ""
    reason: Annotated[Text, Field(min_length=1, max_length=500)]
    until: date


class SuppressionRow(Schema):
    """A suppression."""

    id: int
    code: str
    path: str
    reason: str
    by: str
    created_at: datetime
    until: date


#: Texts by the path of the fields of a review sheet.
Answers = Annotated[
    dict[Annotated[Text, Field(max_length=200)], Annotated[Text, Field(max_length=5000)]],
    Field(max_length=500, examples=[{"review.items[0].grade": "优", "review.opinion": "同意"}]),
]


class ReviewAsked(Asked):
    """Answers on the review sheet by the path of its fields, and the grade."""

    answers: Answers = {}
    grade: Literal["", "优", "良", "中", "差"] = ""


class ReviewAnswer(Schema):
    """The review sheet of the present step; a blank one until it is saved."""

    layout: str
    state: str
    is_saved: bool
    grade: str
    suggested_grade: str
    why: str
    proposed_opinion: str
    form: FormRecord


class AuditAsked(Asked):
    """A record to audit without keeping it: a whole `jixiao.read/1` document, or one form."""

    document: ReadRecord | None = None
    form: FormRecord | None = None
    profile: Annotated[Text | None, Field(max_length=80)] = None
    as_of: date | None = None

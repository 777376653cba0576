"""A draft into a form: kind, year, money unit and layout, each with the evidence for it."""

import re
from collections.abc import Iterable
from decimal import Decimal

from msgspec.structs import replace

from jixiao.form.entry import Coded, Entry
from jixiao.form.forms import Evidence, Form, FormKind
from jixiao.form.funding import Funding, FundingLine
from jixiao.form.header import Header, LabelledField
from jixiao.form.narrative import Narrative
from jixiao.foundation.text import fold
from jixiao.intake.document import Repair
from jixiao.intake.recognise.draft import PROJECT_NAMES, Draft
from jixiao.intake.recognise.entries import coded_entry, project_name_and_code
from jixiao.intake.recognise.years import arabic_years
from jixiao.standards.labels import name_of

_TITLE_YEAR = re.compile(
    r"(?<!\d)(20\d\d)(?=年|年度|[(]|$|\D{0,3}(?:部门|单位|项目|预算|财政|省|市|区|县|绩效))"
)
_DOCUMENT_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?:度)?.{0,24}(?:预算|决算|绩效|项目支出)")
_DATE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=[-年/.])")
_NAME_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_PARTS = ("basic", "project")
_CODES = {"supervising_department": "department_code", "implementing_unit": "unit_code"}


class Surroundings:
    """What stands around the forms of a document: its lines, sheet and file name, its repairs."""

    def __init__(self, file: str, lines: Iterable[Entry[str]], repairs: tuple[Repair, ...]) -> None:
        self.file = file
        self.lines = tuple(lines)
        self.repairs = repairs


def finish(draft: Draft, index: int, around: Surroundings, layout: str | None = None) -> Form:
    """The form a draft has become."""
    draft.take_above()
    kind = kind_of(draft)
    goal, long_term_goal = _goals(draft)
    evidence = list(draft.evidence)
    year = _year(draft, around, evidence)
    return Form(
        kind=kind,
        file=around.file,
        index=index,
        title=draft.title,
        budget_year=None if year is None else year.value,
        year_entry=year,
        layout=layout,
        header=_header(draft),
        funding=_funding(draft),
        narrative=Narrative(
            goal=goal,
            long_term_goal=long_term_goal,
            achieved=draft.goals.get("achieved"),
            tasks=tuple(draft.tasks),
        ),
        indicators=tuple(draft.indicators),
        long_term_indicators=tuple(draft.long_term),
        review=draft.review,
        columns=draft.columns,
        evidence=tuple(evidence),
    )


def _goals(draft: Draft) -> tuple[Entry[str] | None, Entry[str] | None]:
    """The goal of the year and that of the whole project; a form's only goal is its goal."""
    goals = draft.goals
    goal = goals.get("goal") or goals.get("adjusted_goal")
    return (goal, goals.get("long_term_goal")) if goal else (goals.get("long_term_goal"), None)


def kind_of(draft: Draft) -> FormKind:
    """What the title says, unless the columns or the lack of a project say more."""
    roles = set() if draft.heading is None else {c.role for c in draft.heading.columns}
    kind = draft.kind
    if draft.review is not None:
        return FormKind.REVIEW
    if kind in (None, "project_target"):
        if "forecast" in roles or "likelihood" in roles:
            return FormKind.MONITORING
        if "actual" in roles and "score" in roles:
            return FormKind.SELF_EVALUATION
    if kind is not None and not (kind == "project_target" and _is_department(draft)):
        return FormKind(kind)
    if _is_department(draft):
        return FormKind.DEPARTMENT_TARGET
    return FormKind.PROJECT_TARGET


def _is_department(draft: Draft) -> bool:
    if any(role in draft.fields for role in PROJECT_NAMES):
        return False
    keys = {line.key for line in draft.money_lines}
    return bool(draft.tasks) or all(part in keys for part in _PARTS)


def _year(draft: Draft, around: Surroundings, evidence: list[Evidence]) -> Entry[int] | None:
    """The budget year, from the nearest statement that names one year; never a default."""
    if draft.year is not None:
        evidence.append(Evidence(about="year", found=draft.year.raw.strip(), at=draft.year.at))
        return draft.year
    if draft.title is not None:
        found = _one_year(_TITLE_YEAR, draft.title.raw)
        if found is not None:
            evidence.append(Evidence(about="year", found=draft.title.raw, at=draft.title.at))
            return Entry(draft.title.raw, draft.title.at, found)
    tried = []
    for about, texts in _year_sources(draft, around):
        years = {year for entry in texts for year in _years(about, entry)}
        if len(years) == 1:
            entry = next(e for e in texts if _years(about, e))
            evidence.append(
                Evidence(about="year", found=f"{about}：{entry.raw.strip()}", at=entry.at)
            )
            return Entry(entry.raw, entry.at, years.pop())
        tried.append(f"{about}：{'、'.join(map(str, sorted(years))) or '无'}")
    evidence.append(Evidence(about="year", found=f"未能确定年度（{'；'.join(tried)}）"))
    return None


def _year_sources(draft: Draft, around: Surroundings) -> list[tuple[str, list[Entry[str]]]]:
    span = [draft.fields[r] for r in ("start_date", "end_date") if r in draft.fields]
    at = draft.title.at if draft.title is not None else None
    if at is None and draft.indicators:
        at = draft.indicators[0].at
    sources = [("计划起止日期", span), ("文档标题", list(around.lines))]
    if at is not None:
        sheet: Entry[str] = Entry(at.sheet or "", at)
        file: Entry[str] = Entry(around.file.rpartition("/")[2], at)
        sources += [("工作表名", [sheet]), ("文件名", [file])]
    return sources


def _years(about: str, entry: Entry[str]) -> set[int]:
    patterns = {"计划起止日期": _DATE_YEAR, "文档标题": _DOCUMENT_YEAR}
    pattern = patterns.get(about, _NAME_YEAR)
    return {int(year) for year in pattern.findall(arabic_years(fold(entry.raw)))}


def _one_year(pattern: re.Pattern[str], text: str) -> int | None:
    years = {int(year) for year in pattern.findall(arabic_years(fold(text)))}
    return years.pop() if len(years) == 1 else None


def _with_letterhead(draft: Draft) -> dict[str, Entry[str]]:
    """The fields of the form; who reports above the table where the table does not say."""
    fields = dict(draft.fields)
    for role, entry in (draft.inherited | draft.letterhead).items():
        known = fields.get(role)
        if known is None or not known.raw.strip():
            fields[role] = entry
    central = fields.get("central_department")
    if central is not None and "supervising_department" not in fields:
        fields["supervising_department"] = fields.pop("central_department")
    return fields


def _header(draft: Draft) -> Header:
    fields = _with_letterhead(draft)
    others = list(draft.others)
    adjusted = draft.goals.get("adjusted_goal")
    if adjusted is not None and "goal" in draft.goals:
        others.append(
            LabelledField(label=name_of("adjusted_goal"), raw=adjusted.raw, at=adjusted.at)
        )
    name, code = fields.pop("project_name", None), fields.pop("project_code", None)
    both = fields.pop("project_name_and_code", None) or fields.pop("fund_name", None)
    name = name or both
    if name is not None:
        name, found = project_name_and_code(name)
        code = code or found
    known = {}
    for role in ("supervising_department", "implementing_unit", "project_attribute"):
        entry = fields.pop(role, None)
        known[role] = None if entry is None else coded_entry(entry)
    for role, code_role in _CODES.items():
        if code_role in fields:
            known[role] = _with_code(known[role], fields[code_role])
    plain = {
        role: fields.pop(role, None)
        for role in ("project_category", "project_period", "start_date", "end_date")
    }
    others.extend(
        LabelledField(label=name_of(role), raw=entry.raw, at=entry.at)
        for role, entry in fields.items()
    )
    return Header(
        project_name=name,
        project_code=code,
        project_attribute=known["project_attribute"],
        project_category=plain["project_category"],
        project_period=plain["project_period"],
        start_date=plain["start_date"],
        end_date=plain["end_date"],
        supervising_department=known["supervising_department"],
        implementing_unit=known["implementing_unit"],
        others=tuple(others),
    )


def _with_code(party: Entry[Coded] | None, code: Entry[str]) -> Entry[Coded] | None:
    """单位编码 and 单位名称 in two cells are one party."""
    text = code.raw.strip()
    if party is None or party.value is None or party.value.code is not None or not text:
        return party
    return replace(party, value=Coded(party.value.name, text))


def _funding(draft: Draft) -> Funding | None:
    if not draft.money_lines:
        return None
    lines = _settled(draft.money_lines)
    first: dict[str, Entry[Decimal]] = {}
    for line in lines:
        if line.key is None or line.amount is None:
            continue
        known = first.get(line.key)
        if known is None or not known.raw.strip():
            first[line.key] = line.amount
    return Funding(
        unit=draft.money_unit,
        unit_at=draft.money_unit_at,
        total=first.get("total"),
        fiscal=first.get("fiscal"),
        carry_over=first.get("carry_over"),
        other=first.get("other"),
        lines=lines,
    )


def _is_inline(line: FundingLine) -> bool:
    """财政拨款：30 in one cell stands in no column."""
    return line.amount is not None and line.label.at == line.amount.at


def _settled(lines: list[FundingLine]) -> tuple[FundingLine, ...]:
    """Lines over all years and of the year told apart.

    Where both stand side by side, the lines left of the annual column belong to the whole
    project; where only 项目资金总额 stands, it is the amount asked for.
    """
    keys = [line.key for line in lines]
    if "total" not in keys:
        return tuple(
            replace(line, key="total") if line.key == "whole.total" else line for line in lines
        )
    if "whole.total" not in keys:
        return tuple(lines)
    whole = next(line for line in lines if line.key == "whole.total")
    annual = next(line for line in lines if line.key == "total")
    if whole.amount is None or annual.amount is None:
        return tuple(lines)
    left, right = whole.amount.at, annual.amount.at
    side_by_side = left.row == right.row and left.line == right.line
    settled = []
    section = "annual"
    for line in lines:
        if line.key in ("total", "whole.total"):
            section = "annual" if line.key == "total" else "whole"
        column = line.amount.at.column if line.amount is not None else None
        if (
            side_by_side
            and not _is_inline(line)
            and column is not None
            and left.column is not None
            and right.column is not None
        ):
            nearer_whole = abs(column - left.column) < abs(column - right.column)
            belongs = "whole" if nearer_whole else "annual"
        else:
            belongs = section
        known = line.key is not None and not line.key.startswith("whole.")
        settled.append(
            replace(line, key=f"whole.{line.key}") if belongs == "whole" and known else line
        )
    return tuple(settled)

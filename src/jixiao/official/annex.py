"""Sheets put together to one document: alone, or as a department's annex with front pages.

The annex is what is published with a budget: cover, contents, a table of all projects with
their money and its sum, then each form on pages of its own.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from jixiao.form.entry import Entry
from jixiao.form.forms import Form
from jixiao.official.amounts import factor
from jixiao.official.draw import Drawn
from jixiao.official.sheet import PORTRAIT_WIDTH, Annex, CellRole, Cover, Sheet, SheetCell

_COLUMNS = (
    ("序号", 12.0, CellRole.VALUE),
    ("项目名称", 60.0, CellRole.TEXT),
    ("实施单位", 40.0, CellRole.TEXT),
    ("年度资金总额", 24.0, CellRole.NUMBER),
    ("其中：财政拨款", 24.0, CellRole.NUMBER),
    ("指标数", 12.0, CellRole.VALUE),
)
_WIDTH = sum(width for _, width, _ in _COLUMNS)
_MONEY = {3: "total", 4: "fiscal"}


def document(drawn: Sequence[Drawn], *, title: str | None = None) -> Annex:
    """The forms one after the other, each on its own pages."""
    return Annex(title=title or _title(drawn), sheets=tuple(one.composition.sheet for one in drawn))


def annex(drawn: Sequence[Drawn], *, title: str | None = None) -> Annex:
    """The forms as one annex with cover, contents and the table of totals."""
    title = title or _title(drawn)
    party = _only(_party(one.form) for one in drawn)
    lines = (*([f"编报单位：{party}"] if party else []), f"共 {len(drawn)} 张表")
    return Annex(
        title=title,
        sheets=tuple(one.composition.sheet for one in drawn),
        cover=Cover(title=_cover_title(title, party), lines=lines),
        contents=True,
        totals=totals([one.form for one in drawn], _only(one.layout.money_unit for one in drawn)),
    )


def _title(drawn: Sequence[Drawn]) -> str:
    """陶乐镇人民政府2022年度部门项目支出预算绩效目标表, as far as all forms agree."""
    party = _only(_party(one.form) for one in drawn) or ""
    year = _only(str(one.form.budget_year or "") for one in drawn)
    table = _only(one.composition.sheet.title for one in drawn) or "绩效目标表"
    return f"{party}{f'{year}年度' if year else ''}{table}"


def _cover_title(title: str, party: str | None) -> tuple[str, ...]:
    if party and title.startswith(party) and len(title) > len(party):
        return (party, title.removeprefix(party))
    return (title,)


def _party(form: Form) -> str:
    department = form.header.supervising_department or form.header.implementing_unit
    if department is None:
        return ""
    return department.raw.strip() if department.value is None else department.value.name.strip()


def _only(words: Iterator[str]) -> str | None:
    """The one word all agree on, None where they differ or say nothing."""
    found = set(words)
    return found.pop() or None if len(found) == 1 else None


def totals(forms: Sequence[Form], unit: str | None) -> Sheet:
    """All projects with their money in `unit`, and the exact sums below.

    A sum stands only where every project states its amount in that unit.
    """
    amounts = [_amounts(form, unit) for form in forms]
    cells = [
        SheetCell(row=0, column=column, text=heading, role=CellRole.HEADING)
        for column, (heading, _, _) in enumerate(_COLUMNS)
    ]
    for row, (form, money) in enumerate(zip(forms, amounts, strict=True), start=1):
        cells += _row(row, _words(row, form, money))
    last = len(forms) + 1
    cells.append(SheetCell(row=last, column=0, columns=3, text="合计", role=CellRole.LABEL))
    for column in _MONEY:
        cells.append(
            SheetCell(
                row=last,
                column=column,
                text=_sum([money[column] for money in amounts]),
                role=CellRole.NUMBER,
            )
        )
    count = str(sum(len(form.indicators) for form in forms))
    cells.append(SheetCell(row=last, column=5, text=count, role=CellRole.VALUE))
    return Sheet(
        name="汇总表",
        title="项目绩效目标汇总表",
        unit_note=f"金额单位：{unit}" if unit else "",
        grid=tuple(width * PORTRAIT_WIDTH / _WIDTH for _, width, _ in _COLUMNS),
        height=last + 1,
        cells=tuple(cells),
        repeats=(0, 1),
    )


def _words(number: int, form: Form, money: dict[int, Decimal | None]) -> tuple[str, ...]:
    name, unit = form.header.project_name, form.header.implementing_unit
    shown = {column: _plain(value) for column, value in money.items()}
    return (
        str(number),
        _party(form) if name is None else " ".join(name.raw.split()),
        "" if unit is None else " ".join(unit.raw.split()),
        shown[3],
        shown[4],
        str(len(form.indicators)),
    )


def _row(row: int, words: Sequence[str]) -> Iterator[SheetCell]:
    for column, (text, (_, _, role)) in enumerate(zip(words, _COLUMNS, strict=True)):
        yield SheetCell(row=row, column=column, text=text, role=role)


def _amounts(form: Form, unit: str | None) -> dict[int, Decimal | None]:
    """The amounts of a form by column; None where not stated, or not in the unit of the table."""
    funding = form.funding
    if funding is None:
        return dict.fromkeys(_MONEY)
    by = None if unit is None else factor(funding.unit, unit)
    known = unit is not None and (by is not None or funding.unit == unit)
    found: dict[int, Decimal | None] = {}
    for column, key in _MONEY.items():
        entry: Entry[Decimal] | None = getattr(funding, key)
        value = None if entry is None else entry.value
        found[column] = value if value is None or by is None else value * by
        if not known:
            found[column] = None
    return found


def _sum(values: Sequence[Decimal | None]) -> str:
    known = [value for value in values if value is not None]
    return _plain(sum(known, Decimal(0))) if known and len(known) == len(values) else ""


def _plain(value: Decimal | None) -> str:
    if value is None:
        return ""
    text = format(value.normalize(), ",f")
    return "0" if text in {"-0", ""} else text

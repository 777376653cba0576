"""Forms for tests: a test names only what it is about, the rest does not stand on the form.

`form_from` reads the mapping of a case file, `a_form` takes the same keys as arguments. A key
that is absent means the form does not show the field, "" means that it is blank. Every cell gets
its own place, so that a proposed correction can be carried out on the record.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from jixiao.form.entry import Coded, Entry
from jixiao.form.forms import Evidence, Form, FormKind
from jixiao.form.funding import Funding, FundingLine
from jixiao.form.header import Header, LabelledField
from jixiao.form.indicator import Category, Indicator, Remark
from jixiao.form.narrative import Narrative, Task
from jixiao.foundation.location import SourceRef
from jixiao.foundation.money import read_amount
from jixiao.foundation.quantity import Quantity
from jixiao.foundation.reading import read_quantity

LEVEL1 = {
    "output": "产出指标",
    "cost": "成本指标",
    "benefit": "效益指标",
    "satisfaction": "满意度指标",
}
LEVEL2 = {
    Category.OUTPUT_QUANTITY: "数量指标",
    Category.OUTPUT_QUALITY: "质量指标",
    Category.OUTPUT_TIMELINESS: "时效指标",
    Category.OUTPUT_COST: "成本指标",
    Category.COST_ECONOMIC: "经济成本指标",
    Category.COST_SOCIAL: "社会成本指标",
    Category.COST_ECOLOGICAL: "生态环境成本指标",
    Category.BENEFIT_ECONOMIC: "经济效益指标",
    Category.BENEFIT_SOCIAL: "社会效益指标",
    Category.BENEFIT_ECOLOGICAL: "生态效益指标",
    Category.BENEFIT_SUSTAINED_IMPACT: "可持续影响指标",
    Category.SATISFACTION_RECIPIENT: "服务对象满意度指标",
}
MONEY_CATEGORIES = {Category.OUTPUT_COST, Category.COST_ECONOMIC}
FUNDING_LABELS = {
    "total": "年度资金总额",
    "fiscal": "其中：财政拨款",
    "carry_over": "上年结转",
    "other": "其他资金",
}

FORM_KEYS = {
    "project", "code", "year", "kind", "title", "layout", "file", "index",
    "unit", *FUNDING_LABELS, "lines",
    "attribute", "category", "period", "start", "end", "department", "implementing_unit", "others",
    "goal", "long_term_goal", "achieved", "tasks",
    "columns", "indicators", "long_term_indicators", "evidence",
}  # fmt: skip
ROW_KEYS = {
    "category", "level1", "level2", "name", "target", "required", "required_numeric",
    "operator", "value", "unit", "direction", "core", "weight", "long_term_target",
    "adjusted_target", "actual", "forecast", "score", "likelihood", "deviation_cause",
    "improvement", "remarks",
}  # fmt: skip
LINE_KEYS = {
    "label", "key", "amount", "initial", "adjusted", "executed", "expected", "rate", "points",
    "score",
}  # fmt: skip
TASK_KEYS = {"name", "content", "amount", "fiscal", "other", "expected"}


def a_form(**fields: Any) -> Form:
    """A form showing exactly these fields; the keys are those of a case file."""
    return form_from(fields)


def form_from(mapping: Mapping[str, Any], *, file: str = "case.xlsx", index: int = 0) -> Form:
    """The form a case file describes; an unknown key is refused."""
    return _Builder(mapping, file, index).form()


def a_row(category: str, name: str, target: str, **more: Any) -> Indicator:
    """One indicator row by itself."""
    return _Builder({}, "case.xlsx", 0).indicator(
        {"category": category, "name": name, "target": target, **more}
    )


def place_of(quote: str, row: int, column: int) -> SourceRef:
    return SourceRef(quote=quote, table=1, row=row, column=column)


class _Builder:
    def __init__(self, mapping: Mapping[str, Any], file: str, index: int) -> None:
        self.asked = dict(mapping)
        _refuse_unknown(self.asked, FORM_KEYS, "form")
        self.file, self.index, self.row, self.column = file, index, 0, 0

    def form(self) -> Form:
        asked = self.asked
        year = asked.get("year")
        title = self.text("title")
        return Form(
            kind=FormKind(asked.get("kind", "project_target")),
            file=asked.get("file", self.file),
            index=int(asked.get("index", self.index)),
            title=title,
            budget_year=int(year) if year not in (None, "") else None,
            year_entry=None if year is None else self.year(str(year)),
            layout=asked.get("layout"),
            header=self.header(),
            funding=self.funding(),
            narrative=Narrative(
                goal=self.text("goal"),
                long_term_goal=self.text("long_term_goal"),
                achieved=self.text("achieved"),
                tasks=tuple(self.task(task) for task in asked.get("tasks", ())),
            ),
            columns=tuple(self.heading(text) for text in asked.get("columns", ())),
            indicators=tuple(self.indicator(row) for row in asked.get("indicators", ())),
            long_term_indicators=tuple(
                self.indicator(row) for row in asked.get("long_term_indicators", ())
            ),
            evidence=tuple(
                Evidence(about=about, found=found, at=self.next_place(found))
                for about, found in asked.get("evidence", ())
            ),
        )

    # --- cells ---

    def next_row(self) -> None:
        self.row, self.column = self.row + 1, 0

    def next_place(self, quote: str) -> SourceRef:
        self.column += 1
        return place_of(quote, self.row, self.column)

    def cell(self, raw: str, value: Any = None) -> Entry[Any]:
        return Entry(raw=raw, value=value, at=self.next_place(raw))

    def words(self, raw: str) -> Entry[str]:
        return self.cell(raw, raw.strip() or None)

    def text(self, key: str) -> Entry[str] | None:
        if key not in self.asked:
            return None
        self.next_row()
        return self.words(str(self.asked[key]))

    def coded(self, key: str) -> Entry[Coded] | None:
        if key not in self.asked:
            return None
        self.next_row()
        raw = str(self.asked[key])
        return self.cell(raw, read_coded(raw))

    def year(self, raw: str) -> Entry[int]:
        self.next_row()
        return self.cell(f"（{raw}年度）", int(raw) if raw else None)

    def heading(self, raw: str) -> Entry[str]:
        return self.words(raw)

    def amount(self, raw: str) -> Entry[Decimal]:
        return self.cell(raw, read_number(raw))

    # --- sections ---

    def header(self) -> Header:
        return Header(
            project_name=self.text("project"),
            project_code=self.text("code"),
            project_attribute=self.coded("attribute"),
            project_category=self.text("category"),
            project_period=self.text("period"),
            start_date=self.text("start"),
            end_date=self.text("end"),
            supervising_department=self.coded("department"),
            implementing_unit=self.coded("implementing_unit"),
            others=tuple(
                LabelledField(label=label, raw=raw, at=self.next_place(raw))
                for label, raw in self.asked.get("others", {}).items()
            ),
        )

    def funding(self) -> Funding | None:
        asked = self.asked
        if not any(key in asked for key in (*FUNDING_LABELS, "lines", "unit")):
            return None
        lines = []
        for key, label in FUNDING_LABELS.items():
            if key in asked:
                self.next_row()
                label_entry = self.words(label)
                lines.append(
                    FundingLine(label=label_entry, key=key, amount=self.amount(str(asked[key])))
                )
        named = {line.key: line.amount for line in lines}
        lines += [self.line(line) for line in asked.get("lines", ())]
        unit = asked.get("unit", "元") or None
        return Funding(
            unit=unit,
            unit_at=None if unit is None else self.next_place(f"项目资金（{unit}）"),
            total=named.get("total"),
            fiscal=named.get("fiscal"),
            carry_over=named.get("carry_over"),
            other=named.get("other"),
            lines=tuple(lines),
        )

    def line(self, asked: Mapping[str, str] | Sequence[str]) -> FundingLine:
        cells = (
            asked
            if isinstance(asked, Mapping)
            else dict(zip(("label", "key", "amount"), asked, strict=False))
        )
        _refuse_unknown(cells, LINE_KEYS, "lines")
        self.next_row()
        amounts = {
            key: self.amount(str(cells[key])) for key in cells if key not in ("label", "key")
        }
        return FundingLine(
            label=self.words(cells["label"]), key=cells.get("key") or None, **amounts
        )

    def task(self, asked: Mapping[str, str] | Sequence[str]) -> Task:
        cells = (
            asked
            if isinstance(asked, Mapping)
            else dict(zip(("name", "content", "amount"), asked, strict=False))
        )
        _refuse_unknown(cells, TASK_KEYS, "tasks")
        self.next_row()
        texts = {
            key: self.words(cells[key]) for key in ("name", "content", "expected") if key in cells
        }
        money = {
            key: self.amount(cells[key]) for key in ("amount", "fiscal", "other") if key in cells
        }
        return Task(**texts, **money)

    def indicator(self, asked: Mapping[str, Any] | Sequence[str]) -> Indicator:
        cells = (
            dict(asked)
            if isinstance(asked, Mapping)
            else dict(zip(("category", "name", "target"), asked, strict=True))
        )
        _refuse_unknown(cells, ROW_KEYS, "indicators")
        self.next_row()
        category = Category(cells["category"]) if cells.get("category") else None
        quantity = {
            key: self.quantity(str(cells[key]), category)
            for key in ("long_term_target", "adjusted_target", "actual", "forecast")
            if key in cells
        }
        texts = {
            key: self.words(str(cells[key]))
            for key in ("direction", "core", "likelihood", "deviation_cause", "improvement")
            if key in cells
        }
        points = {key: self.amount(str(cells[key])) for key in ("weight", "score") if key in cells}
        level1, level2 = self.levels(cells, category)
        name = self.words(str(cells.get("name", "")))
        return Indicator(
            name=name,
            **self.target(cells, category),
            at=place_of(name.raw, self.row, 1),
            level1=level1,
            level2=level2,
            category=category,
            required=flag(cells.get("required", False)),
            required_numeric=flag(cells.get("required_numeric", False)),
            remarks=tuple(
                Remark(label=label, entry=self.words(raw))
                for label, raw in cells.get("remarks", {}).items()
            ),
            **quantity,
            **texts,
            **points,
        )

    def levels(
        self, cells: Mapping[str, Any], category: Category | None
    ) -> tuple[Entry[str] | None, Entry[str] | None]:
        usual1 = None if category is None else LEVEL1[category.partition(".")[0]]
        usual2 = None if category is None else LEVEL2[category]
        found = []
        for key, usual in (("level1", usual1), ("level2", usual2)):
            raw = cells.get(key, usual)
            found.append(None if raw is None else self.words(str(raw)))
        return found[0], found[1]

    def target(self, cells: Mapping[str, Any], category: Category | None) -> dict[str, Any]:
        """The target value; separate columns are joined in reading order, as intake does it."""
        separate = [key for key in ("operator", "value", "unit") if key in cells]
        if not separate:
            return {"target": self.quantity(str(cells.get("target", "")), category)}
        operator, unit = str(cells.get("operator", "")), str(cells.get("unit", ""))
        value = str(cells.get("value", cells.get("target", "")))
        parts: dict[str, Any] = {
            "operator_cell": self.words(operator) if "operator" in cells else None,
            "value_cell": self.words(value),
            "unit_cell": self.words(unit) if "unit" in cells else None,
        }
        joined = f"{operator}{value}{unit}"
        if "target" in cells and "value" in cells:
            joined = str(cells["target"])
        return {**parts, "target": self.quantity(joined, category)}

    def quantity(self, raw: str, category: Category | None) -> Entry[Quantity]:
        understood = read_target(raw, category)
        entry: Entry[Quantity] = self.cell(raw, understood)
        return entry


def read_target(raw: str, category: Category | None) -> Quantity:
    """A target as intake reads it: money is expected under cost headings."""
    return read_quantity(raw, money_expected=category in MONEY_CATEGORIES)


def read_number(raw: str) -> Decimal | None:
    """An amount or a number of points; None where it is none."""
    try:
        return Decimal(raw)
    except InvalidOperation:
        return read_amount(raw).number


def read_coded(raw: str) -> Coded | None:
    """`055-某某镇人民政府` as code and name."""
    if not raw.strip():
        return None
    found = re.fullmatch(r"\s*([0-9A-Za-z]+)\s*[-－—_]\s*(.+?)\s*", raw)
    if found is None:
        return Coded(name=raw.strip())
    return Coded(code=found[1], name=found[2])


def flag(written: object) -> bool:
    """A yes or no of a case file."""
    if isinstance(written, bool):
        return written
    return {"yes": True, "true": True, "no": False, "false": False}[str(written)]


def _refuse_unknown(asked: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(asked) - known)
    if unknown:
        raise ValueError(
            f"{where}: unknown {', '.join(unknown)} (known: {', '.join(sorted(known))})"
        )

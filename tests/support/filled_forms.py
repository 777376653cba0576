"""Random forms that fill a layout: what to fill in is taken from the layout's own plan.

The texts are odd on purpose, but such as a person may write: signs of both widths, brackets,
line breaks within a goal, amounts with and without decimals, blank answers.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from jixiao.form.entry import Entry
from jixiao.form.forms import Form
from jixiao.form.indicator import Category
from jixiao.form.review import Review, ReviewItem
from jixiao.official.answers import HEADER
from jixiao.standards.labels import label_of
from jixiao.standards.layout import Layout
from jixiao.standards.sheet_plan import SheetPlan
from tests.support.forms import LEVEL1, LEVEL2, form_from, place_of

_WORDS = (
    *(
        "保障镇区道路清扫保洁",
        "维修灯具",
        "补贴发放（含公积金）",
        "开展“送戏下乡”活动",
        "ＸＦ－１２型设备",
    ),
    *(
        "购置A4纸&墨盒<备用>",
        "第1、2季度：检查",
        "3个“一批”工程",
        "24小时值守",
        "甲、乙；丙",
        "人均 85 平方米",
    ),
    *(
        "2022年度",
        "/",
        "—",
        "无",
        "不适用",
        "同上",
        "0",
        "1",
        "是",
        "预算执行",
        "环境改善、满意",
        "（一）建房",
    ),
)
_NAMES = (
    *(
        "清运生活垃圾",
        "更换垃圾桶（240L）",
        "培训：村干部",
        "设备验收合格率",
        "“一事一议”项目",
        "2022年新增站点",
    ),
    *(
        "成本控制",
        "群众满意度",
        "资金到位率",
        "经费保障",
        "人员保障",
        "时效",
        "财政拨款到位率",
        "指标1：修路",
        "1.修桥",
    ),
    *(
        "项目支出控制数",
        "质量",
        "合计拨付次数",
        "年度目标完成率",
        "其他",
        "备注完整率",
        "总额控制",
    ),
)
_SENTENCES = (
    "保障部门单位机构正常运转。",
    "目标1：完成12个村的道路维修；\n目标2：群众满意。",
    "1.购置设备3台（套）；2.按期投入使用，改善环境；3.其他。",
    "建成“一站式”服务，惠及≥3000人，占比95%以上。",
    "无",
    "保障运转",
    "项目名称：改造；年度目标：完成。",
    "完成100%",
)
_TARGETS = (
    *(
        "≥95%",
        "＝12个",
        "≤85元/吨",
        "100%",
        "明显改善",
        "2022年12月31日前",
        "≥1,200.50万元",
        "＞0",
        "",
    ),
    *(
        "≧ >90%",
        "无",
        "0",
        "不适用",
        "3-5次",
        "及时",
        "经费保障",
        "优",
        "≥ 95 %",
        "－3℃",
        "100万元（含税）",
    ),
)
_AMOUNTS = (
    "0",
    "100",
    "1300000",
    "12.3456",
    "1,234.50",
    "0.000001",
    "",
    "0.00",
    "-5",
    "无",
    "2166.5",
)
_NUMBERS = ("10", "9.87", "0", "20")
_RATES = ("98.74%", "100%", "60.00%", "", "0.9874", "—")
_GRADES = ("优", "良", "中", "差", "")
_CODES = ("", "055-", "219001-")
_OF_HEADER = {
    "project.name": "project",
    "project.code": "code",
    "project.attribute": "attribute",
    "project.category": "category",
    "project.period": "period",
    "project.start_date": "start",
    "project.end_date": "end",
    "supervising_department": "department",
    "implementing_unit": "implementing_unit",
}
assert set(_OF_HEADER) == set(HEADER)
_BLOCKS = ("indicators", "long_term_indicators", "halves")


def forms_for(layout: Layout) -> st.SearchStrategy[Form]:
    """Forms that fill every kind of field the layout has a cell for, some of them blank."""

    @st.composite
    def one(draw: st.DrawFn) -> Form:
        assert layout.sheet is not None
        form = form_from(dict(_mapping(draw, layout)))
        return replace(form, review=_review(draw, layout.sheet))

    return one()


def _mapping(draw: st.DrawFn, layout: Layout) -> Iterator[tuple[str, Any]]:
    plan = layout.sheet
    assert plan is not None
    first, last = (layout.years or (2018, 2026))[0], (layout.years or (2018, 2026))[-1]
    yield "kind", layout.kind
    yield "layout", layout.id
    yield "year", draw(st.integers(max(first, 2018), min(last, 2029)))
    fields = [
        name for row in plan.rows if not row.repeat for cell in row.cells for name in cell.asks
    ]
    for field in fields:
        if field in _OF_HEADER:
            yield _OF_HEADER[field], _header(draw, field, layout)
        elif field in ("goal", "long_term_goal", "achieved"):
            yield field, draw(st.sampled_from(_SENTENCES))
    yield (
        "others",
        {
            field.partition(".")[2]: draw(st.sampled_from(("", *_WORDS, "临川县财政局")))
            for field in fields
            if field.startswith("other.")
        },
    )
    money = [field.removeprefix("funding.") for field in fields if field.startswith("funding.")]
    if money:
        yield "unit", layout.money_unit
        yield "lines", list(_lines(draw, money))
    for row in plan.rows:
        asked = {name for cell in row.cells for name in (*cell.asks, cell.ticks) if name}
        if row.repeat == "tasks":
            yield "tasks", [_task(draw, asked) for _ in range(draw(st.integers(1, 3)))]
        elif row.repeat == "halves":
            for half, key in (("annual", "indicators"), ("long_term", "long_term_indicators")):
                own = {"level1", *(n.partition(".")[2] for n in asked if n.startswith(half))}
                yield key, _rows(draw, own, layout, least=1 if half == "annual" else 0)
        elif row.repeat in _BLOCKS:
            yield row.repeat, _rows(draw, asked, layout)


def _header(draw: st.DrawFn, field: str, layout: Layout) -> str:
    if field in ("supervising_department", "implementing_unit"):
        place = layout.parties[0] if layout.parties else "临川"
        code = draw(st.sampled_from(_CODES))
        return f"{code}{place}县{draw(st.sampled_from(('财政局', '某镇人民政府（本级）')))}"
    if field == "project.code":
        return draw(st.sampled_from(("51000023T000000600606", "64022122T000000000017")))
    if field == "project.attribute":
        return draw(st.sampled_from(("02-经常性项目", "新增项目", "")))
    if field == "project.period":
        return draw(st.sampled_from(("1年", "99 年", "2022-2024年", "")))
    return draw(st.sampled_from(_WORDS))


def _lines(draw: st.DrawFn, fields: Sequence[str]) -> Iterator[dict[str, str]]:
    keys = list(dict.fromkeys(field.rpartition(".")[0] for field in fields))
    for key in keys:
        columns = [field.rpartition(".")[2] for field in fields if field.rpartition(".")[0] == key]
        line = {"label": key, "key": key}
        for column in columns:
            words = {"rate": _RATES, "points": _NUMBERS, "score": _NUMBERS}.get(column, _AMOUNTS)
            line[column] = draw(st.sampled_from(words))
        if "amount" not in line:
            line["amount"] = line.get("adjusted") or line.get("initial", "")
        if line["amount"] == "" and key == "total":
            line["amount"] = "100"
            line |= {column: "100" for column in ("adjusted", "initial") if column in line}
        yield line


def _task(draw: st.DrawFn, asked: set[str]) -> dict[str, str]:
    task = {"name": draw(st.sampled_from(_WORDS))}
    task |= {f: draw(st.sampled_from(_SENTENCES)) for f in ("content", "expected") if f in asked}
    money = [field for field in ("amount", "fiscal", "other") if field in asked]
    return task | {field: draw(st.sampled_from(_AMOUNTS)) for field in money}


def _rows(
    draw: st.DrawFn, asked: set[str], layout: Layout, *, least: int = 1
) -> list[dict[str, Any]]:
    tree = _tree(layout.taxonomy)
    chosen = draw(st.lists(st.sampled_from(tree), min_size=least, max_size=6))
    if draw(st.booleans()):
        chosen = sorted(chosen, key=list(Category).index)
    return [_row(draw, category, asked, layout) for category in chosen]


def _row(draw: st.DrawFn, category: Category, asked: set[str], layout: Layout) -> dict[str, Any]:
    mark = draw(st.sampled_from(("", *(f"（{mark}）" for mark in layout.marks))))
    level2 = f"{LEVEL2[category]}{mark}"
    label = label_of(level2)
    row: dict[str, Any] = {
        "category": category.value,
        "level1": LEVEL1[category.partition(".")[0]],
        "level2": level2,
        "required": label.required,
        "required_numeric": label.hard,
        "name": draw(st.sampled_from(_NAMES)),
    }
    row |= _value(draw, asked)
    for field in asked & {"long_term_target", "adjusted_target", "actual", "forecast"}:
        row[field] = draw(st.sampled_from(_TARGETS))
    for field in asked & {"weight", "score"}:
        row[field] = draw(st.sampled_from(_NUMBERS))
    for field in asked & {"deviation_cause", "improvement"}:
        row[field] = draw(st.sampled_from(("", *_WORDS)))
    row["remarks"] = {
        field.partition(".")[2]: draw(st.sampled_from(("√", *_WORDS)))
        for field in sorted(asked)
        if field.startswith("remark.") and draw(st.booleans())
    }
    return row


def _value(draw: st.DrawFn, asked: set[str]) -> Mapping[str, str]:
    if "operator" not in asked:
        return {"target": draw(st.sampled_from(_TARGETS))}
    return draw(
        st.sampled_from(
            (
                {"operator": "≥", "value": "95", "unit": "%"},
                {"operator": "＝", "value": "12", "unit": "个"},
                {"operator": "定性", "value": "优", "unit": ""},
                {"operator": "≤", "value": "1,200.5", "unit": "万元"},
            )
        )
    )


def _review(draw: st.DrawFn, plan: SheetPlan) -> Review | None:
    """The printed items judged, in words or in points as the sheet asks."""
    rows = [row for row in plan.rows if row.repeat == "review"]
    if not rows:
        return None
    asked = {name for cell in rows[0].cells for name in cell.asks}
    chosen = plan.framework[: draw(st.integers(1, len(plan.framework)))]
    items = [ReviewItem(**_item(draw, row.fields, asked)) for row in chosen]
    whole = {name for row in plan.rows for cell in row.cells for name in cell.asks}
    return Review(
        items=tuple(items),
        grade=_entry(draw(st.sampled_from(_GRADES))),
        total=_entry(draw(st.sampled_from(_NUMBERS))) if "review.total" in whole else None,
        opinion=_entry(draw(st.sampled_from(_SENTENCES))),
    )


def _item(draw: st.DrawFn, printed: Mapping[str, str], asked: set[str]) -> dict[str, Any]:
    found = {field: _entry(text) for field, text in printed.items()}
    judged = {"grade": _GRADES, "score": _NUMBERS, "opinion": ("", *_WORDS)}
    for field in sorted(asked & set(judged)):
        found[field] = _entry(draw(st.sampled_from(judged[field])))
    return found


def _entry(text: str) -> Entry[Any]:
    return Entry(text, place_of(text, 1, 1), text.strip() or None)


def _tree(name: str) -> list[Category]:
    """The categories of a tree, in official order."""
    newer = {c for c in Category if c.startswith("cost.")}
    older = {Category.OUTPUT_COST, Category.BENEFIT_SUSTAINED_IMPACT}
    return [c for c in Category if c not in (newer if name == "cn_mof_2015" else older)]

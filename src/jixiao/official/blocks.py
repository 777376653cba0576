"""The repeated parts of a form as items whose fields a layout can ask for by name.

An item answers by field (`level1`, `target`, `remark.评分标准`). Two indicator tables side by
side are one block of `halves`: level 1 is shared, the rest asked for with the half in front.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import groupby, zip_longest

from jixiao.form.entry import Entry
from jixiao.form.forms import Form
from jixiao.form.indicator import Indicator
from jixiao.form.narrative import Task
from jixiao.form.review import Review
from jixiao.foundation.pattern import pattern
from jixiao.foundation.text import fold
from jixiao.official.amounts import amount_text
from jixiao.official.answers import Answer
from jixiao.official.places import ROW

Item = Mapping[str, Answer]
_INDICATOR = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "target": "指标值",
    "long_term_target": "中长期指标值",
    "adjusted_target": "调整后指标值",
    "actual": "实际完成值",
    "forecast": "全年预计完成情况",
    "direction": "指标方向",
    "core": "是否核心指标",
    "weight": "分值",
    "score": "得分",
    "likelihood": "完成目标可能性",
    "deviation_cause": "偏差原因分析",
    "improvement": "改进措施",
}
#: Parts of a value that some layouts print in columns of their own.
PARTS = {"operator": "operator_cell", "value": "value_cell", "unit": "unit_cell"}
_PART_LABELS = {"operator": "指标性质", "value": "指标值", "unit": "计量单位"}
_IN_PARTS = pattern(r"^([^\d\s]*)(\d[\d.,，]*)([^\d\s]*)$")
_TASK_TEXTS = {"name": "任务名称", "content": "主要内容", "expected": "期望达到的目标"}
_TASK_AMOUNTS = {"amount": "预算金额", "fiscal": "财政拨款", "other": "其他资金"}


def indicator_items(rows: Sequence[Indicator], block: str) -> list[Item]:
    """Indicators of one block, in the order of the form."""
    return [_indicator(row, f"{block}[{number}]") for number, row in enumerate(rows)]


def _indicator(row: Indicator, path: str) -> Item:
    item: dict[str, Answer] = {ROW: Answer(path=path)}
    for field, label in _INDICATOR.items():
        entry: Entry[str] | None = getattr(row, field)
        if entry is not None:
            item[field] = Answer(entry.raw, f"{path}.{field}", label)
    item |= dict(_parts(row, path))
    for remark in row.remarks:
        name = remark_name(remark.label)
        if name not in item:
            item[name] = Answer(remark.entry.raw, f"{path}.{name}", remark.label.strip())
    return item


def remark_name(label: str) -> str:
    """The field name of a further column, by its heading."""
    return f"remark.{fold(label)}"


def _parts(row: Indicator, path: str) -> Item:
    """Sign, number and unit for layouts that print them in columns of their own.

    A value that was written in one cell is taken apart only where its parts say all of it.
    """
    written: dict[str, Entry[str] | None] = {
        part: getattr(row, attribute) for part, attribute in PARTS.items()
    }
    if any(entry is not None for entry in written.values()):
        value = written["value"]
        texts = {part: "" if entry is None else entry.raw for part, entry in written.items()}
        if value is None:
            texts["value"] = row.target.raw
    else:
        texts = taken_apart(row)
    whole = (f"{path}.target",)
    return {
        part: Answer(text, f"{path}.{part}", _PART_LABELS[part], whole)
        for part, text in texts.items()
    }


def taken_apart(row: Indicator) -> dict[str, str]:
    """A value written in one cell as sign, number and unit, each character as it was written.

    A value that the three do not give back stands whole in the middle.
    """
    whole = {"operator": "", "value": row.target.raw, "unit": ""}
    quantity, match = row.target.value, _IN_PARTS.match(row.target.raw.strip())
    if match is None or quantity is None or quantity.number is None:
        return whole
    sign, number, unit = match.groups()
    signs = {fold(glyph) for glyph in quantity.glyphs[:1]}
    signs.add("" if quantity.comparator is None else fold(quantity.comparator.value))
    if fold(sign) not in signs or fold(unit) != fold(quantity.printed_unit or ""):
        return whole
    return {"operator": sign, "value": number, "unit": unit}


def half_items(form: Form) -> list[Item]:
    """Both halves side by side under the level-1 names they share, each in its own order.

    A group of rows that the other half has not, or has in another order, stands alone.
    """
    left = _groups(indicator_items(form.long_term_indicators, "long_term_indicators"))
    right = _groups(indicator_items(form.indicators, "indicators"))
    names_left, names_right = ([_level1(group[0]) for group in half] for half in (left, right))
    matcher = SequenceMatcher(None, names_left, names_right, autojunk=False)
    items: list[Item] = []
    for same, a, b, c, d in matcher.get_opcodes():
        if same == "equal":
            for pair in zip(left[a:b], right[c:d], strict=True):
                items += _side_by_side(*pair)
            continue
        for group in left[a:b]:
            items += _side_by_side(group, [])
        for group in right[c:d]:
            items += _side_by_side([], group)
    return items


def _groups(items: Sequence[Item]) -> list[list[Item]]:
    return [list(group) for _, group in groupby(items, key=_level1)]


def _level1(item: Item) -> str:
    return item["level1"].text if "level1" in item else ""


def _side_by_side(long_term: Sequence[Item], annual: Sequence[Item]) -> Iterator[Item]:
    shared = next(iter((*annual, *long_term)))
    longest = max(len(long_term), len(annual))
    halves = [
        half if len(half) == longest else [*half, _after(half)] for half in (long_term, annual)
    ]
    for left, right in zip_longest(*halves, fillvalue=_NOTHING):
        item = {f"long_term.{field}": answer for field, answer in left.items()}
        item |= {f"annual.{field}": answer for field, answer in right.items()}
        said = [half["level1"] for half in (right, left) if "level1" in half]
        if said or "level1" in shared:
            also = tuple(other.path for other in said[1:])
            first = (said or [shared["level1"]])[0]
            item["level1"] = Answer(first.text, first.path, first.label, also)
        yield item


_NOTHING: Item = {}


def _after(group: Sequence[Item]) -> Item:
    """The place of a row yet to be put behind a group: `indicators[4+]`, to insert before 4."""
    if not group:
        return _NOTHING
    block, _, number = group[-1][ROW].path.rstrip("]").partition("[")
    return {ROW: Answer(path=f"{block}[{int(number) + 1}+]")}


def task_items(tasks: Sequence[Task], by: Decimal | None) -> list[Item]:
    """The tasks of a department's year; amounts in the layout's unit."""
    items: list[Item] = []
    for number, task in enumerate(tasks):
        path = f"narrative.tasks[{number}]"
        item: dict[str, Answer] = {ROW: Answer(path=path)}
        for field, label in (_TASK_TEXTS | _TASK_AMOUNTS).items():
            entry = getattr(task, field)
            if entry is None:
                continue
            text = amount_text(entry, by) if field in _TASK_AMOUNTS else entry.raw
            item[field] = Answer(text, f"{path}.{field}", label)
        items.append(item)
    return items


_REVIEW = {
    "aspect": "审核方面",
    "item": "审核内容",
    "question": "审核要点",
    "points": "分值",
    "grade": "评定等级",
    "score": "得分",
    "opinion": "审核意见",
}


def review_items(review: Review | None) -> list[Item]:
    """The items of a review sheet."""
    items: list[Item] = []
    for number, one in enumerate(() if review is None else review.items):
        path = f"review.items[{number}]"
        item: dict[str, Answer] = {ROW: Answer(path=path)}
        for field, label in _REVIEW.items():
            entry = getattr(one, field)
            if entry is not None:
                item[field] = Answer(entry.raw, f"{path}.{field}", label)
        items.append(item)
    return items


def row_label(place: str, field: str) -> str:
    """What people call a column of a block; `place` is that of the row (`review.items[2]`)."""
    tasks, review = place.startswith("narrative"), place.startswith("review")
    words = (
        _TASK_TEXTS | _TASK_AMOUNTS if tasks else _REVIEW if review else _INDICATOR | _PART_LABELS
    )
    return words.get(field, field).removeprefix("remark.")


#: What a row of a block answers to.
ROW_FIELDS = {
    "indicators": frozenset((*_INDICATOR, *PARTS)),
    "long_term_indicators": frozenset((*_INDICATOR, *PARTS)),
    "halves": frozenset((*_INDICATOR, *PARTS)),
    "tasks": frozenset((*_TASK_TEXTS, *_TASK_AMOUNTS)),
    "review": frozenset(_REVIEW),
}
#: Every block a plan may repeat.
BLOCKS: dict[str, Callable[[Form, Decimal | None], list[Item]]] = {
    "indicators": lambda form, _: indicator_items(form.indicators, "indicators"),
    "long_term_indicators": lambda form, _: indicator_items(
        form.long_term_indicators, "long_term_indicators"
    ),
    "halves": lambda form, _: half_items(form),
    "tasks": lambda form, by: task_items(form.narrative.tasks, by),
    "review": lambda form, _: review_items(form.review),
}

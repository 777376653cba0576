"""Every filled place of a form by its path, with the words people use for it.

The paths are those of `jixiao.official.editing`; what was read carries the place it stood at in
the document, and that is what a person compares it with.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from jixiao.form.entry import Entry
from jixiao.form.forms import Form
from jixiao.form.indicator import Indicator
from jixiao.foundation.location import SourceRef
from jixiao.foundation.pattern import pattern
from jixiao.official.answers import COLUMN_WORDS, HEADER, LINE_COLUMNS, NARRATIVE, REVIEW
from jixiao.official.blocks import PARTS, remark_name, row_label
from jixiao.official.places import field_label

_LONGEST_NAME = 16
_ROW = pattern(r"^([a-z_.]+)\[(\d+)\]\.?(.*)$")
_INDICATORS = ("indicators", "long_term_indicators")
_HEADER_LABELS = dict(HEADER.values())


class Place(Struct, frozen=True):
    """One filled place: path, what people call it, what stands there, where it stood."""

    path: str
    label: str
    text: str
    at: SourceRef
    doubtful: bool = False


def places_of(form: Form) -> dict[str, Place]:
    """All places of a form in its order."""
    found: dict[str, Place] = {}
    for path, label, entry in _entries(form):
        if isinstance(entry, Entry):
            found[path] = Place(path, label, entry.raw, entry.at, entry.doubtful)
    for number, one in enumerate(form.header.others):
        path = f"header.others[{number}]"
        found[path] = Place(path, one.label.strip(), one.raw, one.at)
    return found


def label_at(form: Form, path: str) -> str:
    """What people call the cell at a path, filled in or blank; the path itself for nonsense."""
    known = places_of(form).get(path)
    return known.label if known is not None else _blank_label(form, path)


def labels_at(form: Form, paths: Iterable[str]) -> dict[str, str]:
    """The same for many cells."""
    known = places_of(form)
    return {
        path: known[path].label if path in known else _blank_label(form, path) for path in paths
    }


def _blank_label(form: Form, path: str) -> str:
    row = _ROW.match(path)
    if row is None:
        head, _, rest = path.partition(".")
        fields = {"header": _HEADER_LABELS, "narrative": NARRATIVE, "review": REVIEW}.get(head, {})
        if head == "funding":
            return field_label(f"{path}.amount" if path.count(".") == 1 else path)
        return fields.get(rest, rest.removeprefix("others.") or path or "整张表")
    block, number, field = row.group(1), int(row.group(2)), row.group(3)
    shown = row_label(block, field) if field else ""
    if block not in _INDICATORS:
        return f"第 {number + 1} 行 {shown}".strip()
    rows: tuple[Indicator, ...] = getattr(form, block)
    name = f"“{_shortened(rows[number].name.raw)}”" if number < len(rows) else ""
    return f"指标 {number + 1}{name} {shown}".strip()


def open_doubts(form: Form, settled: list[str]) -> list[Place]:
    """The doubtful places nobody has looked at yet."""
    return [
        place for path, place in places_of(form).items() if place.doubtful and path not in settled
    ]


_Found = Iterator[tuple[str, str, object]]


def _entries(form: Form) -> _Found:
    for attribute, label in HEADER.values():
        yield f"header.{attribute}", label, getattr(form.header, attribute)
    yield from _funding(form)
    for attribute, label in NARRATIVE.items():
        yield f"narrative.{attribute}", label, getattr(form.narrative, attribute)
    for number, task in enumerate(form.narrative.tasks):
        yield from _fields(f"narrative.tasks[{number}]", f"任务 {number + 1}", task)
    for block in ("long_term_indicators", "indicators"):
        rows: tuple[Indicator, ...] = getattr(form, block)
        for number, row in enumerate(rows):
            yield from _indicator(f"{block}[{number}]", number, row)
    if form.review is not None:
        for attribute, label in REVIEW.items():
            yield f"review.{attribute}", label, getattr(form.review, attribute)
        for number, item in enumerate(form.review.items):
            yield from _fields(f"review.items[{number}]", f"审核内容 {number + 1}", item)


def _funding(form: Form) -> _Found:
    seen: set[str] = set()
    for number, line in enumerate(() if form.funding is None else form.funding.lines):
        for column in LINE_COLUMNS:
            path = f"funding.lines[{number}].{column}"
            if column == "amount" and line.key is not None and line.key not in seen:
                path = f"funding.{line.key}"
            label = f"{line.label.raw.strip()}（{COLUMN_WORDS[column]}）"
            yield path, label, getattr(line, column)
        seen |= {line.key} if line.key is not None else set()


def _indicator(path: str, number: int, row: Indicator) -> _Found:
    shown = _shortened(row.name.raw)
    yield from _fields(path, f"指标 {number + 1}“{shown}”", row)
    for remark in row.remarks:
        label = f"指标 {number + 1}“{shown}” {remark.label.strip()}"
        yield f"{path}.{remark_name(remark.label)}", label, remark.entry


def _shortened(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _fields(path: str, prefix: str, item: Struct) -> _Found:
    parts = {attribute: part for part, attribute in PARTS.items()}
    for attribute in item.__struct_fields__:
        value = getattr(item, attribute)
        if isinstance(value, Entry):
            field = parts.get(attribute, attribute)
            yield f"{path}.{field}", f"{prefix} {row_label(path, field)}", value

"""Typing into the head, the sentences, the tasks and the review of a form."""

from msgspec.structs import replace

from jixiao.form.entry import Entry
from jixiao.form.forms import Form
from jixiao.form.header import LabelledField
from jixiao.form.narrative import Task
from jixiao.form.review import Review, ReviewItem
from jixiao.foundation.pattern import pattern
from jixiao.official.answers import NARRATIVE, REVIEW, other_name
from jixiao.official.typed import (
    AMOUNTS,
    UnknownPlace,
    place_of,
    typed,
    typed_amount,
    typed_coded,
    typed_review,
)
from jixiao.standards.labels import name_of

_OTHER = pattern(r"^header\.others\[(\d+)\]$")
_CODED = frozenset({"project_attribute", "supervising_department", "implementing_unit"})

_MOST_PRINTED = 50


def change_header(form: Form, field: str, path: str, text: str) -> Form:
    """A field of the head; `others.填报人` begins a labelled field the form did not have."""
    numbered = _OTHER.match(path)
    if numbered is not None:
        return _other(form, int(numbered.group(1)), path, text)
    if field.startswith("others."):
        return _named_other(form, field.removeprefix("others."), path, text)
    header = form.header
    if field not in header.__struct_fields__ or field == "others":
        raise UnknownPlace(path)
    entry = typed_coded(text, path) if field in _CODED else typed(text, path)
    return replace(form, header=replace(header, **{field: entry}))


def _other(form: Form, number: int, path: str, text: str) -> Form:
    others = form.header.others
    if number >= len(others):
        raise UnknownPlace(path)
    new = LabelledField(label=others[number].label, raw=text, at=place_of(text, path))
    changed = (*others[:number], new, *others[number + 1 :])
    return replace(form, header=replace(form.header, others=changed))


def _named_other(form: Form, name: str, path: str, text: str) -> Form:
    """By its label, however that is written; a role is stored under its usual label."""
    others = form.header.others
    for number, one in enumerate(others):
        if other_name(one.label) == other_name(name):
            return _other(form, number, path, text)
    new = LabelledField(label=name_of(name), raw=text, at=place_of(text, path))
    return replace(form, header=replace(form.header, others=(*others, new)))


def change_narrative(form: Form, field: str, path: str, text: str) -> Form:
    """A sentence of the form."""
    if field not in NARRATIVE:
        raise UnknownPlace(path)
    return replace(form, narrative=replace(form.narrative, **{field: typed(text, path)}))


def change_review(form: Form, field: str, path: str, text: str) -> Form:
    """The conclusion of a review sheet."""
    if field not in REVIEW:
        raise UnknownPlace(path)
    review = form.review or Review()
    return replace(form, review=replace(review, **{field: typed_review(field, text, path)}))


def change_review_item(form: Form, number: int, field: str, path: str, text: str) -> Form:
    """One line of a review sheet; a form read without its printed lines gets blank ones."""
    review = form.review or Review()
    items = list(review.items)
    if field not in ReviewItem.__struct_fields__ or number >= len(items) + _MOST_PRINTED:
        raise UnknownPlace(path)
    while number >= len(items):
        items.append(ReviewItem(item=Entry("", place_of("", ""))))
    items[number] = replace(items[number], **{field: typed_review(field, text, path)})
    return replace(form, review=replace(review, items=tuple(items)))


def blank_task() -> Task:
    """A task nobody has written yet."""
    return Task(name=Entry("", place_of("", "")))


def change_task(form: Form, number: int, field: str, path: str, text: str) -> Form:
    """One task of a department's year."""
    tasks = list(form.narrative.tasks)
    if field not in Task.__struct_fields__ or number >= len(tasks):
        raise UnknownPlace(path)
    entry = typed_amount(text, path) if field in AMOUNTS else typed(text, path)
    tasks[number] = replace(tasks[number], **{field: entry})
    return replace(form, narrative=replace(form.narrative, tasks=tuple(tasks)))

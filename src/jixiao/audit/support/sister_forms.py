"""Forms that may be compared: other projects of the same unit, year and kind of form.

A project filed twice (as .docx and as .pdf, or in two stages) is no other project; a form without
a partner is named as such in the ledger. Partners are named in messages by their projects.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import Struct

from jixiao.audit.finding import Skip, not_enough_data
from jixiao.audit.rule import At
from jixiao.audit.view import Batch, FormView
from jixiao.foundation.text import fold

_NAMED = 4
_ALONE = "本单位同一年度没有其他项目的表可以比较"


def sisters(batch: Batch) -> Iterator[tuple[int, ...]]:
    """Positions of forms of one unit, year and kind, each group with at least two projects."""
    for group in batch.groups:
        by_kind: dict[str, list[int]] = {}
        for position in group:
            by_kind.setdefault(batch.forms[position].form.kind, []).append(position)
        for members in by_kind.values():
            if len(members) > 1:
                yield tuple(members)


def lonely(batch: Batch) -> Iterator[At]:
    """One line of the ledger for each form that has nothing to be compared with."""
    accompanied = {position for group in sisters(batch) for position in group}
    for position in range(len(batch.forms)):
        if position not in accompanied:
            yield At(form=position, what=alone())


def alone() -> Skip:
    """The form is the only one of its unit and year."""
    return not_enough_data(_ALONE)


def project_key(view: FormView) -> str:
    """What tells projects of one unit apart: code, else name and the unit that carries it out."""
    header = view.form.header
    if header.project_code is not None and (code := fold(header.project_code.raw)):
        return code
    name = "" if header.project_name is None else fold(header.project_name.raw)
    if not name:
        return f"\0{view.form.file}\0{view.form.index}"
    unit = header.implementing_unit
    return f"{name}\0{'' if unit is None else fold(unit.raw)}"


class Partners(Struct, frozen=True, kw_only=True):
    """The other projects of a group: the first few positions, and how many there are."""

    shown: tuple[int, ...]
    count: int


def with_partners(batch: Batch, group: Iterable[int]) -> Iterator[tuple[int, Partners]]:
    """Each position of the group with the other projects in it; nothing if it is all one."""
    keys = {position: project_key(batch.forms[position]) for position in group}
    firsts: dict[str, int] = {}
    for position, key in keys.items():
        firsts.setdefault(key, position)
    if len(firsts) < 2:
        return
    head = tuple(islice(firsts.values(), _NAMED + 1))
    for position, key in keys.items():
        shown = tuple(other for other in head if keys[other] != key)[:_NAMED]
        yield position, Partners(shown=shown, count=len(firsts) - 1)


def named(batch: Batch, partners: Partners) -> str:
    """The partners for a message: “甲”“乙”, and how many where they are more."""
    names = [batch.forms[position].project or "未写项目名称的表" for position in partners.shown]
    text = "".join(f"“{name}”" for name in names)
    return text if partners.count <= len(names) else f"{text}等 {partners.count} 个项目"

"""Forms to one document: draw each, put them together, write. Nothing is written in part.

A form that cannot be drawn, or a text longer than the official form allows, refuses the whole
document with every reason, so that nobody hands in an annex with a table missing.
"""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from msgspec import Struct

from jixiao.audit.finding import Finding
from jixiao.form.forms import Form
from jixiao.official.annex import annex, document
from jixiao.official.annotate import annotate
from jixiao.official.carry import Refusal
from jixiao.official.draw import Drawn, draw
from jixiao.official.sheet import Annex, Sheet
from jixiao.official.writer import WRITERS


class Converted(Struct, frozen=True, kw_only=True):
    """A written document, or why there is none.

    `content` is None where `refusals` say why. `remarks` are told to whoever asked: amounts in
    another unit, values the layout has no place for. `drawn` are the tables as written.
    """

    content: bytes | None
    remarks: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    drawn: tuple[Drawn, ...] = ()


def convert(
    forms: Sequence[Form],
    to: str,
    *,
    layout: str | None = None,
    as_annex: bool = False,
    title: str | None = None,
    findings: Mapping[int, Sequence[Finding]] | None = None,
) -> Converted:
    """Write forms as official tables into one document of the format `to`.

    `findings`, by the number of the form (from 0), are drawn beside the cells they concern.
    Raises UnknownCode for an unknown format or layout, MissingExtra for a missing part.
    """
    writer = WRITERS[to]
    drawn: list[Drawn] = []
    refusals: list[str] = []
    for form in forms:
        one = draw(form, layout)
        name = _name(form)
        if isinstance(one, Refusal):
            refusals.append(f"{name}：{one.message}")
            continue
        refusals += [f"{name}：{long.message}" for long in one.composition.refusals]
        drawn.append(one)
    if refusals or not drawn:
        return Converted(content=None, refusals=tuple(refusals))
    whole = annex(drawn, title=title) if as_annex else document(drawn, title=title)
    if findings is not None:
        whole = _with_findings(whole, findings)
    stream = BytesIO()
    remarks = writer.write(whole, stream) or ()
    return Converted(
        content=stream.getvalue(), remarks=(*_said(drawn), *remarks), drawn=tuple(drawn)
    )


def _with_findings(whole: Annex, findings: Mapping[int, Sequence[Finding]]) -> Annex:
    sheets: list[Sheet] = [
        annotate(sheet, findings.get(number, ())) for number, sheet in enumerate(whole.sheets)
    ]
    return Annex(
        title=f"{whole.title}审核意见",
        sheets=tuple(sheets),
        cover=whole.cover,
        contents=whole.contents,
        totals=whole.totals,
    )


def _name(form: Form) -> str:
    name = form.header.project_name or form.header.supervising_department
    return f"第 {form.index + 1} 张表" if name is None else " ".join(name.raw.split())


def _said(drawn: Sequence[Drawn]) -> Iterator[str]:
    """Each remark once, with the form it is about, or with how many it concerns."""
    about: dict[str, list[str]] = {}
    for one in drawn:
        for remark in one.remarks:
            about.setdefault(remark, []).append(_name(one.form))
    for remark, names in about.items():
        yield f"{names[0]}：{remark}" if len(names) == 1 else f"{len(names)} 张表：{remark}"

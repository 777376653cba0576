"""One form on the page: its table as officially printed, and the notes beside it."""

from collections.abc import Sequence
from itertools import pairwise

from jixiao.audit.finding import Certainty, Finding
from jixiao.report.bundle import AuditedForm
from jixiao.report.findings import (
    CERTAINTIES,
    SEVERITIES,
    citations,
    counts_in_words,
    untold_arithmetic,
)
from jixiao.report.form_table import form_table
from jixiao.report.html.marks import TITLE, YEAR, Mark, Marks, gravest
from jixiao.report.html.markup import Child, Html, anchor, element, joined
from jixiao.report.places import field_words, file_name, form_name, is_cell, place_words
from jixiao.report.table_view import CellRole, TableCell, TableView
from jixiao.standards.source import Citation

_BROADEST_BESIDE = 8
_OURSELVES = "jixiao"
_HEADS = frozenset({CellRole.LABEL, CellRole.HEADING})


def form_section(audited: AuditedForm) -> Html:
    """The section of one form."""
    form = audited.form
    table = form_table(form)
    marks = Marks(audited, table)
    clean = "没有发现问题" if audited.checked else "未作校核"
    count = counts_in_words(audited.findings) or clean
    place = f"{file_name(form.file)} · 第 {form.index + 1} 张表"
    head = element(
        "h3",
        element("span", f"{audited.number}", class_="ordinal"),
        form_name(form),
        id=anchor("form", str(audited.number)),
    )
    return element(
        "section",
        head,
        element("p", f"{place} · {count}", class_="about"),
        element(
            "div",
            _table(table, marks),
            _notes(marks.all, audited.checked),
            class_=_spread(table, marks),
        ),
        class_="form",
        aria_labelledby=anchor("form", str(audited.number)),
    )


def _spread(table: TableView, marks: Marks) -> str:
    """Notes stand beside a table, and below one that needs the whole width."""
    broadest = max((len(row) for row in table.rows), default=0)
    return "spread wide" if broadest > _BROADEST_BESIDE or not marks.all else "spread"


def _table(table: TableView, marks: Marks) -> Html:
    edges = table.edges
    spans = {edge: number for number, edge in enumerate(edges)}
    columns = [element("col", class_=f"w{right - left}") for left, right in pairwise(edges)]
    caption = element(
        "caption",
        element("span", table.title, _signs(marks.take([TITLE, ""])), class_="title"),
        element("span", table.year, _signs(marks.take([YEAR])), class_="year")
        if table.year
        else None,
    )
    rows = [
        element("tr", *(_cell(cell, marks, spans) for cell in row)) for row in table.rows if row
    ]
    drawn = element(
        "table", caption, element("colgroup", *columns), element("tbody", *rows), class_="official"
    )
    return element("div", drawn, class_="sheet", tabindex=0, role="region", aria_label="绩效目标表")


def _cell(cell: TableCell, marks: Marks, spans: dict[int, int]) -> Html:
    here = marks.take(cell.paths)
    severity = gravest(here)
    colspan = spans[cell.right] - spans[cell.left]
    classes = [cell.role.value]
    # A heading stands for a whole block: tinting it would shout louder than the faults in cells.
    if severity is not None and cell.role not in _HEADS:
        classes += ["hit", severity.value]
    scope = None
    if cell.role is CellRole.LABEL:
        scope = "rowgroup" if cell.rowspan > 1 else "row"
    elif cell.role is CellRole.HEADING:
        scope = "col"
    return element(
        "th" if cell.role in _HEADS else "td",
        cell.text,
        _signs(here),
        class_=" ".join(classes),
        scope=scope,
        colspan=colspan if colspan > 1 else None,
        rowspan=cell.rowspan if cell.rowspan > 1 else None,
    )


def _signs(marks: Sequence[Mark]) -> Html:
    return joined(
        element(
            "a",
            mark.number,
            id=f"c{mark.key}",
            href=f"#n{mark.key}",
            class_=f"mark {mark.finding.severity.value}",
            aria_label=f"问题 {mark.number}（{SEVERITIES[mark.finding.severity]}）",
            title=mark.finding.message,
        )
        for mark in marks
    )


def _notes(marks: Sequence[Mark], checked: int) -> Html:
    if not marks and not checked:
        return element("p", "没有能用于本表的规则，本表未作校核。", class_="about")
    if not marks:
        return element("p", f"按 {checked} 条规则核对，没有发现问题。", class_="clean")
    return element("ol", *map(_note, marks), class_="notes", aria_label="本表的问题")


def _note(mark: Mark) -> Html:
    finding = mark.finding
    severity = finding.severity.value
    number = element("a", mark.number, href=f"#c{mark.key}", class_=f"mark {severity}")
    return element(
        "li", note_head(finding, number), *note_body(finding), id=f"n{mark.key}", class_=severity
    )


def note_head(finding: Finding, number: Child = None) -> Html:
    """Number, severity, field, code."""
    sure = finding.certainty
    return element(
        "p",
        number,
        element("b", SEVERITIES[finding.severity]),
        " ",
        element("span", field_words(finding.path), class_="field"),
        element("span", f"（{CERTAINTIES[sure]}）", class_="sure")
        if sure is not Certainty.SURE
        else None,
        element("a", finding.code, href=f"#{anchor('rule', finding.code)}", class_="code"),
        class_="head",
    )


def note_body(finding: Finding) -> list[Html]:
    """What is wrong, the numbers, the next step, and what it rests on."""
    lines = [element("p", finding.message, class_="message")]
    numbers = untold_arithmetic(finding)
    if numbers:
        words = "；".join(f"{name} {value}" for name, value in numbers)
        lines.append(element("p", element("i", "数据"), words, class_="data"))
    if finding.suggestion:
        lines.append(element("p", element("i", "改法"), finding.suggestion, class_="advice"))
    if finding.fix is not None:
        how = "可以自动改正" if finding.fix.safe else "确认后可以自动改正"
        lines.append(element("p", element("i", "改正"), f"{finding.fix.title}（{how}）"))
    if finding.basis:
        cited = [_basis(citation) for citation in citations(finding.basis)]
        place = place_words(finding.source) if is_cell(finding.path) else ""
        where = element("span", f"原文位置：{place}", class_="place") if place else None
        lines.append(element("p", element("i", "依据"), *cited, where, class_="basis"))
    return lines


def _basis(citation: Citation) -> Html:
    article = f" 第{citation.article}条" if citation.article else ""
    return element(
        "span",
        element(
            "a",
            f"{citation.number or citation.title}{article}",
            href=f"#{anchor('source', citation.id)}",
            title=citation.title,
        ),
        verified(citation),
        class_="cite",
    )


def verified(citation: Citation) -> Html | None:
    """What we may claim of a basis, never more. Our own judgement claims nothing."""
    if citation.id == _OURSELVES:
        return None
    if citation.verified:
        return element("span", "已核实", class_="claim yes")
    return element("span", "未核实", class_="claim no")

"""What a draft's page and the answers to its edits are made of: table, findings, categories."""

from datetime import date

from django.utils.safestring import SafeString
from msgspec import Struct
from msgspec.structs import replace

from jixiao.audit.finding import Finding, Severity
from jixiao.form.forms import Form
from jixiao.official.blank import categories
from jixiao.official.compose import Composition, compose
from jixiao.official.draw import Drawn, draw
from jixiao.standards.inheritance import load_profile
from jixiao.standards.layout import Layout, layout_of
from jixiao.standards.profile import Profile
from jixiao.web.desk.examples import examples
from jixiao.web.desk.found import Accepted, answered_for, listed
from jixiao.web.desk.paper import paper
from jixiao.web.filings.acceptance import suppressions_of
from jixiao.web.filings.content import audited, stored
from jixiao.web.filings.models import Filing, Suppression
from jixiao.web.filings.similar import form_in, hints, last_year
from jixiao.web.kept import Kept
from jixiao.web.shelf import texts

#: Who hands a form in is shown it as it will be read: reviewers then find it drawn. Some ten
#: thousand characters each.
_TABLES: Kept[SafeString | None] = Kept(512)
_SHELF = texts("tables", SafeString)


class Findings(Struct, frozen=True):
    """What the engine says: how much is open, in lines for a writer, and what is answered for."""

    lines: SafeString
    count: int
    errors: int
    warnings: int
    accepted: tuple[Accepted, ...]


def findings_of(form: Form, filing: Filing, today: date) -> Findings:
    """The findings of a draft as its writer has it now."""
    report = audited(form, profile=filing.profile, as_of=today)
    return said(form, report.findings, suppressions_of(filing, today), editable=True)


def said(
    form: Form,
    findings: tuple[Finding, ...],
    suppressions: tuple[Suppression, ...],
    *,
    editable: bool,
) -> Findings:
    """Findings as the page shows them."""
    open_, accepted = answered_for(findings, suppressions)
    return _counted(listed(form, open_, editable=editable), open_, accepted)


def _counted(lines: SafeString, open_: list[Finding], accepted: list[Accepted]) -> Findings:
    severities = [one.severity for one in open_]
    return Findings(
        lines,
        len(open_),
        severities.count(Severity.ERROR),
        severities.count(Severity.WARNING),
        tuple(accepted),
    )


def composition_of(form: Form, filing: Filing, *, editable: bool) -> Composition | None:
    """The drawn table. While it is filled in, amounts stay in the unit they are written in."""
    layout = _layout(form, filing)
    if layout is None:
        return None
    written = None if form.funding is None else form.funding.unit
    if editable and written is not None and written != layout.money_unit:
        layout = replace(layout, money_unit=written)
    return compose(form, layout)


def table(form: Form, filing: Filing, *, editable: bool, digest: str = "") -> SafeString | None:
    """The table as HTML, with last year's values in blank fields where it is filled in."""
    before = last_year(filing) if editable else None
    pale = dict(examples(form)) if editable else {}
    pale |= {} if before is None else dict(hints(form, form_in(before)))
    question = (digest or stored(form).digest, filing.layout, editable, tuple(pale.items()))
    return _TABLES.of(
        question,
        lambda: _SHELF.of(question, lambda: _drawn_table(form, filing, editable, pale)),
    )


def _drawn_table(
    form: Form, filing: Filing, editable: bool, pale: dict[str, str]
) -> SafeString | None:
    drawn = composition_of(form, filing, editable=editable)
    return None if drawn is None else paper(drawn.sheet, editable=editable, hints=pale)


def sums(form: Form, filing: Filing) -> list[str] | None:
    """The texts of the cells that are worked out, where the table has any."""
    layout = _layout(form, filing)
    if layout is None or layout.sheet is None:
        return None
    if not any(one.startswith("sum.") for _, cell in layout.sheet.cells() for one in cell.asks):
        return None
    drawn = composition_of(form, filing, editable=True)
    assert drawn is not None
    printed = ("label", "heading")
    return [cell.text for cell in drawn.sheet.cells if not cell.inputs and cell.role not in printed]


def shows_parts(form: Form, filing: Filing) -> bool:
    """Whether sign, number and unit of a value stand in columns of their own."""
    layout = _layout(form, filing)
    if layout is None or layout.sheet is None:
        return False
    return any("value" in cell.asks for _, cell in layout.sheet.cells())


def choices(form: Form, filing: Filing) -> list[tuple[str, str]]:
    """The categories a row may stand under: those of the tree, then others on the form."""
    layout = _layout(form, filing)
    found = [] if layout is None else list(categories(layout, profile_of(filing)))
    used = [
        (row.level1.raw, row.level2.raw)
        for row in (*form.indicators, *form.long_term_indicators)
        if row.level1 is not None and row.level2 is not None
    ]
    return list(dict.fromkeys((*used, *found)))


def profile_of(filing: Filing) -> Profile | None:
    """The profile of a filing, None where it is chosen by evidence."""
    return load_profile(filing.profile) if filing.profile else None


def _layout(form: Form, filing: Filing) -> Layout | None:
    """The filing's own layout; for a table nobody has described the one that fits it best."""
    known = filing.layout or form.layout
    if known:
        return layout_of(known)
    drawn = draw(form)
    return drawn.layout if isinstance(drawn, Drawn) else None

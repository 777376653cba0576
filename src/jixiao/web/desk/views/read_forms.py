"""What was read from a document: the forms found, each beside its source, confirmed into drafts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from msgspec import Struct
from msgspec.structs import replace

from jixiao.form.codec import decode
from jixiao.form.forms import Form
from jixiao.official.blocks import row_label
from jixiao.official.compose import Composition, compose
from jixiao.official.draw import Drawn, draw
from jixiao.official.editing import UnknownPlace
from jixiao.official.sheet import Sheet
from jixiao.web.agencies.models import Agency
from jixiao.web.desk.beside import Source, query_for, sources
from jixiao.web.desk.context import actor
from jixiao.web.desk.original import Excerpt, excerpt, whole
from jixiao.web.desk.read_table import shown_table
from jixiao.web.desk.views.documents import known_document
from jixiao.web.filings.entries import open_doubts, places_of
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Document, Filing, ReadForm
from jixiao.web.filings.selectors import visible_to
from jixiao.web.workflow.drafting import (
    Drafted,
    Lacking,
    Settled,
    draft,
    may_settle,
    settle,
    twins_of,
    unit_of,
    units_for,
)
from jixiao.web.workflow.filing import NotYours

#: So many characters stand on one line of the field for a text.
_LINE = 28


class Line(Struct, frozen=True):
    """One form in the list of a document."""

    read_form: ReadForm
    unit: Agency
    twin: Filing | None


@require_GET
@login_required
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The forms of a document, with what could not be read."""
    found = known_document(request, pk)
    units = units_for(actor(request))
    forms = list(found.read_forms.select_related("filing"))
    placed = [(one, unit_of(one, units, found.agency)) for one in forms]
    twins = twins_of([pair for pair in placed if pair[0].filing_id is None], county_journey())
    lines = [Line(one, unit, twins.get(one.pk)) for one, unit in placed]
    received = found.received.select_related("batch").order_by("pk").first()
    return render(
        request,
        "desk/document.html",
        {
            "document": found,
            "batch": None if received is None else received.batch,
            "lines": lines,
            "units": units,
            "may_settle": may_settle(actor(request), found.agency.path, county_journey()),
            "open_count": sum(one.filing is None for one in forms),
            "doubtful": sum(one.doubtful for one in forms if one.filing is None),
            "lacks_year": any(one.budget_year is None for one in forms),
            "this_year": timezone.localdate().year,
        },
    )


@require_POST
@login_required
def make_drafts(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the filings of the chosen forms; each has its own outcome."""
    found = known_document(request, pk)
    who = actor(request)
    units = {str(unit.pk): unit for unit in units_for(who)}
    chosen = {number for number in request.POST.getlist("form") if number.isdigit()}
    year = request.POST.get("year", "")
    made, linked = 0, 0
    for one in found.read_forms.filter(number__in=chosen):
        unit = units.get(request.POST.get(f"unit-{one.number}", ""))
        if unit is None:
            raise Http404
        outcome = _draft(request, one, unit, int(year) if year.isdigit() else None)
        if isinstance(outcome, Lacking):
            messages.warning(request, f"{one.number} {one.name}：{outcome.reason}")
        else:
            made, linked = made + outcome.is_new, linked + (not outcome.is_new)
    if made or linked:
        messages.success(request, _outcome_words(made, linked))
    elif not chosen:
        messages.warning(request, _("没有选表，请先勾选要建立草稿的表。"))
    return redirect("document", pk=pk)


def _outcome_words(made: int, linked: int) -> str:
    words = _("已建立 {made} 张草稿").format(made=made) if made else _("没有新建草稿")
    if linked:
        already = _("{linked} 张已有同名申报，已关联，没有重复建立").format(linked=linked)
        words = f"{words}；{already}"
    return f"{words}。"


def _draft(
    request: HttpRequest, read_form: ReadForm, unit: Agency, year: int | None
) -> Drafted | Lacking:
    try:
        return draft(
            actor=actor(request),
            read_form=read_form,
            agency=unit,
            budget_year=year,
            journey=county_journey(),
            now=timezone.now(),
        )
    except NotYours:
        raise Http404 from None


@require_GET
@login_required
def beside(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One form as the official table, and the place of the chosen cell in the document."""
    found = known_document(request, pk)
    return _beside(request, found, _form(found, number), request.GET.get("at", ""))


def _beside(
    request: HttpRequest, found: Document, read_form: ReadForm, at: str, refused: str = ""
) -> HttpResponse:
    form = decode(read_form.form)
    doubts = open_doubts(form, read_form.settled)
    drawn = _as_written(form)
    sheet = None if drawn is None else drawn.sheet
    chosen = at or (doubts[0].path if doubts else "")
    may = may_settle(actor(request), found.agency.path, county_journey())
    forms = list(found.read_forms.values_list("number", flat=True))
    place = forms.index(read_form.number)
    paths = {one.path for one in doubts}
    pages, rows = ([], None) if chosen else whole(found, decode(read_form.original))
    filing = read_form.filing
    unit = unit_of(read_form, units_for(actor(request)), found.agency)
    return render(
        request,
        "desk/document_form.html",
        {
            "document": found,
            "read_form": read_form,
            "count": len(forms),
            "before": forms[place - 1] if place else None,
            "after": forms[place + 1] if place + 1 < len(forms) else None,
            "table": None if sheet is None else shown_table(sheet, paths, chosen),
            "leftovers": [] if drawn is None else drawn.leftovers,
            "pages": pages,
            "rows": rows,
            "doubts": [(one, query_for(one.path)) for one in doubts],
            "chosen": _chosen(found, read_form, chosen, sheet),
            "may_settle": may and filing is None,
            "filing": visible_to(actor(request)).filter(read_forms=read_form).first(),
            "unit": unit,
            "twin": twins_of([(read_form, unit)], county_journey()).get(read_form.pk),
            "refused": refused,
        },
        status=409 if refused else 200,
    )


def _as_written(form: Form) -> Composition | None:
    """The official table with amounts in the unit the document gives them in."""
    drawn = draw(form)
    if not isinstance(drawn, Drawn):
        return None
    written = None if form.funding is None else form.funding.unit
    if written is None or written == drawn.layout.money_unit:
        return drawn.composition
    return compose(form, replace(drawn.layout, money_unit=written))


class Chosen(Struct, frozen=True, kw_only=True):
    """The cell looked at: what stands in the record now, and what the document said."""

    path: str
    label: str
    text: str
    sources: tuple[Source, ...] = ()
    rows: Excerpt | None = None
    is_changed: bool = False
    is_settled: bool = False

    @property
    def lines(self) -> int:
        """How high the field for the text is."""
        wrapped = sum(1 + len(line) // _LINE for line in self.text.split("\n"))
        return min(max(wrapped, 2), 10)


def _chosen(
    document: Document, read_form: ReadForm, path: str, sheet: Sheet | None
) -> Chosen | None:
    original = places_of(decode(read_form.original)).get(path)
    now = places_of(decode(read_form.form)).get(path)
    if now is None:  # a cell nobody has filled in yet
        label = None if sheet is None else _label(path, sheet)
        return None if label is None else Chosen(path=path, label=label, text="")
    return Chosen(
        path=path,
        label=now.label,
        text=now.text,
        sources=() if original is None else tuple(sources(document, original.at)),
        rows=None if original is None else excerpt(document, original.at),
        is_changed=original is None or original.text != now.text,
        is_settled=path in read_form.settled,
    )


def _label(path: str, sheet: Sheet) -> str | None:
    for cell in sheet.cells:
        for one in cell.inputs:
            if one.path == path:
                return one.label
        if path and cell.path == path:
            place, _, field = path.rpartition(".")
            return row_label(place, field)
    return None


@require_POST
@login_required
def settle_cell(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A cell is confirmed or corrected; the next doubtful one comes up."""
    found = known_document(request, pk)
    read_form = _form(found, number)
    path, text = request.POST.get("path", ""), request.POST.get("text", "")
    try:
        outcome = settle(
            actor=actor(request),
            read_form=read_form,
            path=path,
            text=text.replace("\r\n", "\n"),
            now=timezone.now(),
        )
    except (NotYours, UnknownPlace):
        raise Http404 from None
    if isinstance(outcome, Settled):
        refused = _("这张表已建立草稿，请到草稿里修改。")
        return _beside(request, found, _form(found, number), path, refused)
    left = open_doubts(decode(outcome.form), outcome.settled)
    target = reverse("read-form", args=(pk, number))
    return redirect(f"{target}?at={query_for(left[0].path if left else path)}#chosen-title")


def _form(document: Document, number: int) -> ReadForm:
    found = document.read_forms.select_related("filing").filter(number=number).first()
    if found is None:
        raise Http404
    return found

"""The system administrator's tree of agencies, and the sheet that brings many at once."""

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from jixiao.lifecycle.roles import KIND_LABELS, AgencyKind, RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency, Membership, in_subtree
from jixiao.web.agencies.people import agencies_kept_by, not_over
from jixiao.web.agencies.selectors import Actor
from jixiao.web.desk.context import actor, today
from jixiao.web.desk.permits import for_roles
from jixiao.web.workflow.administration import AdministrationFault, create_agency
from jixiao.web.workflow.moving import rearrange_agency
from jixiao.web.workflow.roster import SAMPLE, Roster, read_roster, take_in

_SYSTEM = RoleCode.SYSTEM_ADMIN
_LARGEST = 5 * 1024 * 1024


class NewAgency(forms.Form):
    """A node to add below another."""

    parent = forms.ModelChoiceField(Agency.objects.none(), label=gettext_lazy("上级机构"))
    code = forms.CharField(label=gettext_lazy("机构编码"), max_length=40)
    name = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("类别"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [
            (code.value, _(label)) for code, label in KIND_LABELS.items() if code != "county"
        ]


class ChangedAgency(forms.Form):
    """A new name, switched off, or below another agency."""

    parent = forms.ModelChoiceField(Agency.objects.none(), label=gettext_lazy("上级机构"))
    name = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    is_active = forms.BooleanField(label=gettext_lazy("启用"), required=False)


@for_roles(_SYSTEM)
@require_http_methods(["GET", "POST"])
def agencies(request: HttpRequest) -> HttpResponse:
    """The tree, and a form that adds to it."""
    who = actor(request)
    kept = agencies_kept_by(who, _SYSTEM)
    form = NewAgency(request.POST or None, initial={"parent": request.GET.get("below", "")})
    form.fields["parent"] = forms.ModelChoiceField(
        kept.filter(is_active=True), label=_("上级机构"), empty_label=None
    )
    if request.method == "POST" and form.is_valid():
        entry = form.cleaned_data
        try:
            made = create_agency(
                actor=who, parent=entry["parent"], code=entry["code"], name=entry["name"],
                kind=AgencyKind(entry["kind"]), now=timezone.now(),
            )  # fmt: skip
        except AdministrationFault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("已增加“%(name)s”。") % {"name": made.name})
            return redirect("agencies")
    context = {"form": form, "rows": _tree(request, kept), "asked": request.GET}
    return render(request, "desk/agencies.html", context, status=400 if form.errors else 200)


@for_roles(_SYSTEM)
@require_http_methods(["GET", "POST"])
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency: its name, whether it is in use, and who is there."""
    who = actor(request)
    found = agencies_kept_by(who, _SYSTEM).select_related("parent").filter(pk=pk).first()
    if found is None:
        raise Http404
    form = _changed(request, who, found)
    if request.method == "POST" and form.is_valid():
        try:
            entry = {"parent": None, **form.cleaned_data}
            rearrange_agency(actor=who, agency=found, now=timezone.now(), **entry)
        except AdministrationFault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("已保存。"))
            return redirect("agency", pk=pk)
    serving = Membership.objects.filter(not_over(today()), agency=found)
    context = {
        "form": form,
        "agency": found,
        "children": found.children.order_by("path"),
        "workers": User.objects.filter(workplace__agency=found).order_by("username"),
        "serving": serving.select_related("user").order_by("role", "user__username"),
    }
    return render(request, "desk/agency.html", context, status=400 if form.errors else 200)


def _changed(request: HttpRequest, who: Actor, found: Agency) -> ChangedAgency:
    """Where an agency hangs is offered where the actor keeps the agency above it too."""
    start = {"name": found.name, "is_active": found.is_active, "parent": found.parent_id}
    form = ChangedAgency(request.POST or None, initial=start)
    kept = agencies_kept_by(who, _SYSTEM)
    if found.parent_id is None or not kept.filter(pk=found.parent_id).exists():
        del form.fields["parent"]
        return form
    elsewhere = kept.exclude(in_subtree("path", found.path))
    form.fields["parent"] = forms.ModelChoiceField(
        elsewhere.filter(Q(is_active=True) | Q(pk=found.parent_id)), label=_("上级机构"),
        empty_label=None, required=False,
        help_text=_("调整后，本机构和下级的表都归新的上级审核，合计也随着过去。"),
    )  # fmt: skip
    return form


def _tree(request: HttpRequest, kept: "QuerySet[Agency]") -> list[dict[str, object]]:
    """The rows of the tree, indented; a search keeps the ancestors of what it finds."""
    words = request.GET.get("q", "").strip()
    nodes = list(kept)
    if words:
        hits = {node.path for node in nodes if words in node.name or words in node.code}
        nodes = [node for node in nodes if any(hit.startswith(node.path) for hit in hits)]
    return [{"agency": node, "indent": "　" * node.depth} for node in nodes]


@for_roles(_SYSTEM)
@require_http_methods(["GET", "POST"])
def roster(request: HttpRequest) -> HttpResponse:
    """Many agencies and accounts from one sheet, whole or not at all."""
    who, fault, read, done = actor(request), "", None, None
    if request.method == "POST":
        sent = request.FILES.get("sheet")
        if sent is None or sent.size is None or sent.size > _LARGEST:
            fault = _("请选择一个不超过 5 MB 的 xlsx 或 csv 文件。")
        else:
            read = read_roster(who, sent.name or "", sent.read())
            fault = read.fault
            if not fault and not read.refused:
                done = take_in(actor=who, roster=read, now=timezone.now())
    context = {"fault": fault, "read": read, "done": done, "columns": Roster.COLUMNS}
    return render(request, "desk/roster.html", context, status=400 if fault else 200)


@for_roles(_SYSTEM)
@require_GET
def roster_sample(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's
    """A sheet to begin from, with the mark by which Excel knows the encoding."""
    response = HttpResponse("\ufeff" + SAMPLE, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="roster.csv"'
    return response

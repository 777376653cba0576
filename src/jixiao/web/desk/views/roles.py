"""The security administrator's grants: roles at places, from a day to a day, by person or place."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from jixiao.lifecycle.roles import ROLES, RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency, Membership
from jixiao.web.agencies.people import agencies_kept_by, not_over, people_kept_by, within
from jixiao.web.agencies.selectors import Actor
from jixiao.web.agencies.services import RoleConflict
from jixiao.web.desk.context import actor, today
from jixiao.web.desk.permits import for_roles
from jixiao.web.workflow.administration import AdministrationFault, end_role, grant_role
from jixiao.web.workflow.filing import NotYours

_SECURITY = RoleCode.SECURITY_ADMIN
_PAGE = 100
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # only stubs know it
    """A person with the name they sign in by."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}（{obj.username}）"


class NewRole(forms.Form):
    """Who, what, where, from when until when."""

    user = PersonField(User.objects.none(), label=gettext_lazy("人员"))
    role = forms.ChoiceField(label=gettext_lazy("角色"))
    agency = forms.ModelChoiceField(Agency.objects.none(), label=gettext_lazy("机构（含下级）"))
    starts_on = forms.DateField(label=gettext_lazy("开始日期"), widget=_DAY)
    ends_on = forms.DateField(
        label=gettext_lazy("结束日期"),
        widget=_DAY,
        required=False,
        help_text=gettext_lazy("长期担任的留空。"),
    )


@for_roles(_SECURITY)
@require_http_methods(["GET", "POST"])
def roles(request: HttpRequest) -> HttpResponse:
    """Who holds what where; and a form to grant more."""
    who = actor(request)
    form = _form(who, request)
    if request.method == "POST" and form.is_valid():
        entry = {**form.cleaned_data, "role": RoleCode(form.cleaned_data["role"])}
        try:
            made = grant_role(actor=who, now=timezone.now(), **entry)
        except (AdministrationFault, RoleConflict) as fault:
            form.add_error(None, str(fault))
        except NotYours:
            form.add_error(None, _("不能给自己授予角色，也不能授予范围以外的人。"))
        else:
            words = {"name": made.user.full_name, "role": ROLES[entry["role"]].label}
            messages.success(request, _("已授予%(name)s“%(role)s”。") % words)
            return redirect("roles")
    by_place = request.GET.get("by") == "place"
    order = ("agency__path", "role", "user__username") if by_place else ("user__username", "pk")
    found = _held(who, request).order_by(*order)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "form": form,
        "page": Paginator(found, _PAGE).get_page(request.GET.get("page")),
        "query": kept.urlencode(),
        "by_place": by_place,
        "asked": request.GET,
        "roles": list(ROLES.values()),
        "today": today(),
    }
    return render(request, "desk/roles.html", context, status=400 if form.errors else 200)


@for_roles(_SECURITY)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role back at once."""
    who = actor(request)
    kept = Membership.objects.filter(within(who, _SECURITY, "agency__path"), not_over(who.today))
    found = kept.select_related("user", "agency").filter(pk=pk).first()
    if found is None:
        raise Http404
    try:
        end_role(actor=who, membership=found, on=None, now=timezone.now())
    except NotYours:
        messages.error(request, _("不能收回自己的角色，请由另一位安全管理员办理。"))
    else:
        messages.success(request, _("已收回%(name)s的角色。") % {"name": found.user.full_name})
    return redirect("roles")


def _held(who: Actor, request: HttpRequest) -> Any:
    found = Membership.objects.filter(within(who, _SECURITY, "agency__path"))
    if request.GET.get("past") != "1":
        found = found.filter(not_over(who.today))
    if role := request.GET.get("role", ""):
        found = found.filter(role=role)
    if words := request.GET.get("q", "").strip():
        found = found.filter(
            Q(user__full_name__icontains=words)
            | Q(user__username__icontains=words)
            | Q(agency__name__icontains=words)
        )
    return found.select_related("user", "agency", "delegated_by", "granted_by")


def _form(who: Actor, request: HttpRequest) -> NewRole:
    start = {"starts_on": who.today, "user": request.GET.get("user", "")}
    form = NewRole(request.POST or None, initial=start)
    people = people_kept_by(who, _SECURITY).filter(is_active=True).exclude(pk=who.user.pk)
    places = agencies_kept_by(who, _SECURITY).filter(is_active=True)
    form.fields["user"] = PersonField(people, label=_("人员"), empty_label=_("请选择"))
    form.fields["agency"] = forms.ModelChoiceField(
        places, label=_("机构（含下级）"), empty_label=_("请选择")
    )
    role = form.fields["role"]
    assert isinstance(role, forms.ChoiceField)
    role.choices = [(one.code.value, _(one.label)) for one in ROLES.values()]
    return form

"""The system administrator's accounts: made, given a new first password, switched off."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.accounts.second_factor import is_enrolled
from jixiao.web.agencies.models import Agency, Membership
from jixiao.web.agencies.people import agencies_kept_by, home_of, keeps, not_over, people_kept_by
from jixiao.web.desk.context import actor, today
from jixiao.web.desk.permits import for_roles
from jixiao.web.workflow import administration as administer

_SYSTEM = RoleCode.SYSTEM_ADMIN
_PAGE = 50


class NewAccount(forms.Form):
    """One person's account."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=gettext_lazy("所在单位"))
    username = forms.CharField(
        label=gettext_lazy("登录名"),
        max_length=60,
        help_text=gettext_lazy("小写字母、数字、点、横线，例如姓名拼音。"),
    )
    full_name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)


@for_roles(_SYSTEM)
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts within reach, searched by name."""
    who, words = actor(request), request.GET.get("q", "").strip()
    found = people_kept_by(who, _SYSTEM).select_related("workplace__agency", "second_factor")
    if words:
        found = found.filter(
            Q(username__icontains=words)
            | Q(full_name__icontains=words)
            | Q(workplace__agency__name__icontains=words)
        )
    if request.GET.get("state") == "off":
        found = found.filter(is_active=False)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    held = Membership.objects.filter(not_over(today()), user__in=page.object_list)
    posts: dict[int, list[Membership]] = {}
    for one in held.select_related("agency").order_by("agency__path"):
        posts.setdefault(one.user_id, []).append(one)
    rows = [{"user": user, "posts": posts.get(user.pk, [])} for user in page]
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {"rows": rows, "page": page, "asked": request.GET, "query": kept.urlencode()}
    return render(request, "desk/accounts.html", context)


@for_roles(_SYSTEM)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new account; its first password is on the answering page and nowhere else."""
    who = actor(request)
    form = NewAccount(request.POST or None, initial={"agency": request.GET.get("at", "")})
    kept = agencies_kept_by(who, _SYSTEM).filter(is_active=True)
    form.fields["agency"] = forms.ModelChoiceField(
        kept, label=_("所在单位"), empty_label=_("请选择")
    )
    if request.method == "POST" and form.is_valid():
        try:
            user, password = administer.create_account(
                actor=who, now=timezone.now(), **form.cleaned_data
            )
        except administer.AdministrationFault as fault:
            form.add_error(None, str(fault))
        else:
            context = {"person": user, "password": password, "is_new": True}
            return render(request, "desk/first_password.html", context)
    status = 400 if form.errors else 200
    return render(request, "desk/account_new.html", {"form": form}, status=status)


@for_roles(_SYSTEM)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One account, and what can be done about it."""
    who = actor(request)
    person = people_kept_by(who, _SYSTEM).filter(pk=pk).first()
    if person is None:
        raise Http404
    may = person.pk != who.user.pk and keeps(who, _SYSTEM, person)
    home = home_of(person, today())
    if request.method == "POST":
        if not may or home is None:
            raise Http404
        return _done(request, person, home)
    held = Membership.objects.filter(user=person).select_related("agency").order_by("-starts_on")
    context = {
        "person": person,
        "home": home,
        "may": may,
        "held": held,
        "enrolled": is_enrolled(person),
    }
    return render(request, "desk/account_of.html", context)


def _done(request: HttpRequest, person: User, home: Agency) -> HttpResponse:
    """The action the form asks for."""
    who, now = actor(request), timezone.now()
    action = request.POST.get("action", "")
    if action == "reset":
        password = administer.reset_password(actor=who, agency=home, user=person, now=now)
        context = {"person": person, "password": password, "is_new": False}
        return render(request, "desk/first_password.html", context)
    if action == "factor":
        administer.reset_factor(actor=who, agency=home, user=person, now=now)
        messages.success(request, _("已解除动态口令，本人下次登录时重新启用。"))
    elif action in ("on", "off"):
        administer.switch_account(
            actor=who, agency=home, user=person, is_active=action == "on", now=now
        )
        messages.success(request, _("账号已启用。") if action == "on" else _("账号已停用。"))
    return redirect("account-of", pk=person.pk)

"""One's own account: roles held, password, second factor, and roles lent to colleagues."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import PasswordChangeView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao.lifecycle.roles import ADMINISTRATORS, SECOND_FACTOR, RoleCode
from jixiao.web.accounts import second_factor as factor
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency, Membership
from jixiao.web.agencies.people import colleagues, current, not_over
from jixiao.web.agencies.selectors import Actor
from jixiao.web.agencies.services import RoleConflict
from jixiao.web.desk.context import actor, today
from jixiao.web.workflow import signing
from jixiao.web.workflow.administration import (
    AdministrationFault,
    delegate,
    end_role,
    label_of,
)
from jixiao.web.workflow.filing import NotYours

_PROVED = "second_factor"


class ChangePassword(LoginRequiredMixin, PasswordChangeView):
    """A new password; the old ones are remembered as hashes."""

    template_name = "desk/password.html"
    form_class = PasswordChangeForm
    success_url = reverse_lazy("inbox")

    def get_form(self, form_class: Any = None) -> PasswordChangeForm:
        form: PasswordChangeForm = super().get_form(form_class)
        form.fields["old_password"].label = gettext_lazy("现在的口令")
        form.fields["new_password1"].label = gettext_lazy("新口令")
        form.fields["new_password2"].label = gettext_lazy("再输一遍新口令")
        form.error_messages["password_incorrect"] = gettext_lazy("现在的口令不正确。")
        form.error_messages["password_mismatch"] = gettext_lazy("两次输入的新口令不一样。")
        return form

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        user = form.user
        assert isinstance(user, User)
        password = form.cleaned_data["new_password1"]
        signing.change_password(user=user, password=password, now=timezone.now())
        update_session_auth_hash(self.request, user)
        user.session_key = self.request.session.session_key or ""
        user.save(update_fields=["session_key"])
        messages.success(self.request, _("口令已修改。"))
        return redirect(str(self.success_url))


@login_required
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here."""
    who = actor(request)
    held = Membership.objects.filter(not_over(today()), user=who.user)
    return render(
        request,
        "desk/account.html",
        {
            "held": held.select_related("agency", "delegated_by").order_by("agency__path", "pk"),
            "lent": _lent(who),
            "enrolled": factor.is_enrolled(who.user),
            "wants_factor": bool(who.roles & SECOND_FACTOR),
            "codes_left": who.user.recovery_codes.filter(used_at=None).count(),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set up the code generator, or get new codes for paper."""
    user, now = actor(request).user, timezone.now()
    given = request.POST.get("one_time_code", "")
    if factor.is_enrolled(user):
        return _renew(request, user, given)
    if request.method == "POST":
        codes = signing.enrol_factor(user=user, code=given, now=now)
        if codes is not None:
            request.session[_PROVED] = True
            return render(request, "desk/recovery_codes.html", {"codes": codes})
    secret = factor.begin(user)
    wrong = request.method == "POST"
    context = {
        "picture": factor.picture(user, secret),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "error": _("动态口令不正确，请核对手机时间后再输一次。") if wrong else "",
    }
    return render(request, "desk/second_factor.html", context, status=400 if wrong else 200)


def _renew(request: HttpRequest, user: User, given: str) -> HttpResponse:
    """New codes for paper want a code of the generator first."""
    error, now = "", timezone.now()
    if request.method == "POST":
        if factor.check(user=user, code=given, now=now) is factor.Checked.RIGHT:
            codes = signing.renew_codes(user=user, now=now)
            return render(request, "desk/recovery_codes.html", {"codes": codes})
        error = _("动态口令不正确。")
    context = {"error": error, "enrolled": True}
    return render(request, "desk/second_factor.html", context, status=400 if error else 200)


class OwnRole(forms.ModelChoiceField):  # type: ignore[type-arg]  # only stubs know it
    """A role said as people say it: what, and where."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{_(label_of(obj.role))} · {obj.agency.name}"


class LoanForm(forms.Form):
    """Which of my roles, to whom, until when."""

    membership = OwnRole(Membership.objects.none(), label=gettext_lazy("我的角色"))
    to = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("委托给"))
    until = forms.DateField(
        label=gettext_lazy("委托到"), widget=forms.DateInput(attrs={"type": "date"})
    )


@login_required
@require_http_methods(["GET", "POST"])
def loans(request: HttpRequest) -> HttpResponse:
    """Lend one's own role for a time, for a holiday or an errand."""
    who = actor(request)
    form = _loan_form(who, request)
    if request.method == "POST" and form.is_valid():
        membership, to = form.cleaned_data["membership"], form.cleaned_data["to"]
        try:
            delegate(
                actor=who, role=RoleCode(membership.role), agency=membership.agency, to=to,
                until=form.cleaned_data["until"], now=timezone.now(),
            )  # fmt: skip
        except (AdministrationFault, RoleConflict) as fault:
            form.add_error(None, str(fault))
        except NotYours:
            form.add_error(None, _("委托期限不能超过您自己任职的期限，受委托的角色不能再委托。"))
        else:
            messages.success(request, _("已委托给%(name)s。") % {"name": to.full_name})
            return redirect("loans")
    context = {"form": form, "lent": _lent(who), "received": _received(who)}
    return render(request, "desk/loans.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def end_loan(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a lent role back at once."""
    who = actor(request)
    loan = Membership.objects.filter(not_over(today()), pk=pk, delegated_by=who.user).first()
    if loan is None:
        raise Http404
    end_role(actor=who, membership=loan, on=None, now=timezone.now())
    messages.success(request, _("委托已收回。"))
    return redirect(reverse("loans"))


def _loan_form(who: Actor, request: HttpRequest) -> LoanForm:
    form = LoanForm(request.POST if request.method == "POST" else None)
    own = Membership.objects.filter(current(who.today), user=who.user, delegated_by=None)
    own = own.exclude(role__in=[role.value for role in ADMINISTRATORS]).select_related("agency")
    wanted = User.objects.none()
    for place in Agency.objects.filter(memberships__in=own):
        wanted = wanted | colleagues(who, place)
    form.fields["membership"] = OwnRole(own, label=_("我的角色"), empty_label=None)
    form.fields["to"] = forms.ModelChoiceField(
        wanted.distinct(), label=_("委托给"), empty_label=_("请选择")
    )
    return form


def _lent(who: Actor) -> Any:
    mine = Membership.objects.filter(not_over(who.today), delegated_by=who.user)
    return mine.select_related("agency", "user").order_by("ends_on")


def _received(who: Actor) -> Any:
    given = Membership.objects.filter(not_over(who.today), user=who.user)
    return given.exclude(delegated_by=None).select_related("agency", "delegated_by")

"""Signing in: by password, by the county's single sign-on, and with a second factor."""

from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao.web.accounts.address import client_address
from jixiao.web.accounts.models import User
from jixiao.web.accounts.second_factor import Checked, check, is_enrolled
from jixiao.web.accounts.single_sign_on import NotSignedOn, come_back, leave_for
from jixiao.web.desk.demo import PASSWORD, sample_accounts
from jixiao.web.desk.views.trouble import ended_because
from jixiao.web.workflow import signing

_HALF, _PROVED = "half_in", "second_factor"
_PATIENCE = 300
_BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignIn(LoginView):
    """The first page. In demo mode it shows the sample accounts of every role."""

    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True

    def get_initial(self) -> dict[str, Any]:
        found = super().get_initial()
        if settings.DEMO and (wanted := self.request.GET.get("as", "")):
            found |= {"username": wanted, "password": PASSWORD}
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        reason = self.request.GET.get("ended", "")
        found["ended"] = ended_because(reason) if reason else ""
        found["oidc"] = settings.OIDC
        if settings.DEMO:
            found["accounts"] = sample_accounts()
            found["filled"] = "as" in self.request.GET
        return found

    def get_form(self, form_class: Any = None) -> AuthenticationForm:
        form: AuthenticationForm = super().get_form(form_class)
        form.error_messages["invalid_login"] = gettext_lazy("登录名或口令不正确，请重新输入。")
        return form

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        assert isinstance(user, User)
        return _first_step(self.request, user, str(self.get_success_url()), "password")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The end of a session."""
    if request.user.is_authenticated:
        signing.signed_out(user=request.user, now=timezone.now())
    logout(request)
    return redirect("sign-in")


@sensitive_post_parameters("one_time_code")
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the generator, or one from paper."""
    half = request.session.get(_HALF)
    if half is None or time() - half["at"] > _PATIENCE:
        return redirect("sign-in")
    user = User.objects.filter(pk=half["user"], is_active=True).first()
    if user is None:
        return redirect("sign-in")
    error = ""
    if request.method == "POST":
        now = timezone.now()
        outcome = check(user=user, code=request.POST.get("one_time_code", ""), now=now)
        if outcome is Checked.RIGHT:
            request.session.pop(_HALF)
            return _admitted(request, user, half["next"], f"{half['how']}+code")
        error = _("动态口令不正确，请输入当前显示的 6 位数字。")
        if outcome is Checked.RESTING:
            error = _("动态口令连续输错，请 15 分钟后再试。")
            signing.locked_out(username=user.username, address=client_address(request), now=now)
    return render(request, "desk/code.html", {"error": error}, status=400 if error else 200)


@require_GET
def single_sign_on(request: HttpRequest) -> HttpResponse:
    """To the county's identity platform."""
    if settings.OIDC is None:
        raise Http404
    request.session["sign_on_next"] = request.GET.get("next", "")
    back = request.build_absolute_uri(reverse("sign-on-back"))
    try:
        return leave_for(request, back)
    except NotSignedOn as fault:
        return _refused(request, str(fault))


@require_GET
def sign_on_back(request: HttpRequest) -> HttpResponse:
    """From the platform, with word of who somebody is."""
    if settings.OIDC is None:
        raise Http404
    try:
        user = come_back(request)
    except NotSignedOn as fault:
        return _refused(request, str(fault))
    wanted = request.session.pop("sign_on_next", "")
    return _first_step(request, user, _safe(request, wanted), "oidc")


def _first_step(request: HttpRequest, user: User, target: str, how: str) -> HttpResponse:
    """Known by password or platform; whoever has a second factor is asked for it now."""
    if not is_enrolled(user):
        return _admitted(request, user, target, how)
    request.session.cycle_key()
    request.session[_HALF] = {"user": user.pk, "next": target, "how": how, "at": int(time())}
    return redirect("sign-in-code")


def _admitted(request: HttpRequest, user: User, target: str, how: str) -> HttpResponse:
    login(request, user, backend=_BACKEND)
    request.session[_PROVED] = how.endswith("+code")
    signing.signed_in(
        user=user,
        session_key=request.session.session_key or "",
        address=client_address(request),
        how=how,
        now=timezone.now(),
    )
    return redirect(target)


def _safe(request: HttpRequest, target: str) -> str:
    known = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if known else reverse("inbox")


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "desk/sign_in.html", {"refused": why, "oidc": settings.OIDC}, status=403)

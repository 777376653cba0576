"""Signing in, and changing the password."""

from typing import Any

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jixiao.web.accounts.models import PastPassword
from jixiao.web.desk.demo import sample_accounts


class SignIn(LoginView):
    """The first page. In demo mode it shows the sample accounts of every role."""

    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        if settings.DEMO:
            found["accounts"] = sample_accounts()
        return found

    def get_form(self, form_class: Any = None) -> AuthenticationForm:
        form: AuthenticationForm = super().get_form(form_class)
        form.error_messages["invalid_login"] = _("登录名或口令不正确，请重新输入。")
        return form

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        user = form.get_user()
        # Signing in here ends the session elsewhere: one account, one session.
        user.session_key = self.request.session.session_key or ""
        user.save(update_fields=["session_key"])
        return response


class ChangePassword(LoginRequiredMixin, PasswordChangeView):
    """A new password; the old ones are remembered as hashes."""

    template_name = "desk/password.html"
    form_class = PasswordChangeForm
    success_url = reverse_lazy("inbox")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        user = form.user
        PastPassword.objects.create(user=user, encoded=user.password)
        form.save()
        user.must_change_password = False
        user.password_changed_at = timezone.now()
        user.save(update_fields=["must_change_password", "password_changed_at"])
        update_session_auth_hash(self.request, user)
        user.session_key = self.request.session.session_key or ""
        user.save(update_fields=["session_key"])
        return HttpResponse(status=302, headers={"Location": str(self.success_url)})

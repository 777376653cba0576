"""Addresses of signing in and of one's own account."""

from django.urls import path
from django.views.i18n import set_language

from jixiao.web.desk.views import account, signing

urlpatterns = [
    path("sign-in", signing.SignIn.as_view(), name="sign-in"),
    path("sign-in/code", signing.code, name="sign-in-code"),
    path("sign-in/platform", signing.single_sign_on, name="sign-on"),
    path("sign-in/platform/back", signing.sign_on_back, name="sign-on-back"),
    path("sign-out", signing.sign_out, name="sign-out"),
    path("language", set_language, name="set-language"),
    path("password", account.ChangePassword.as_view(), name="password"),
    path("account", account.account, name="account"),
    path("account/second-factor", account.second_factor, name="second-factor"),
    path("account/loans", account.loans, name="loans"),
    path("account/loans/<int:pk>/end", account.end_loan, name="loan-end"),
]

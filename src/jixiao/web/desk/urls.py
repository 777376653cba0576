"""Addresses of the pages."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from jixiao.web.desk.views import filing, inbox, listing, signing

urlpatterns = [
    path("sign-in", signing.SignIn.as_view(), name="sign-in"),
    path("sign-out", LogoutView.as_view(), name="sign-out"),
    path("password", signing.ChangePassword.as_view(), name="password"),
    path("", inbox.inbox, name="inbox"),
    path("filings", listing.filings, name="filings"),
    path("filings/<int:pk>", filing.show, name="filing"),
    path("filings/<int:pk>/act", filing.do, name="filing-act"),
]

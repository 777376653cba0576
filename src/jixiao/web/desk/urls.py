"""Addresses of the pages."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from jixiao.web.desk.views import (
    accepting,
    drafts,
    editing,
    filing,
    inbox,
    listing,
    rules,
    signing,
)

urlpatterns = [
    path("sign-in", signing.SignIn.as_view(), name="sign-in"),
    path("sign-out", LogoutView.as_view(), name="sign-out"),
    path("password", signing.ChangePassword.as_view(), name="password"),
    path("", inbox.inbox, name="inbox"),
    path("filings", listing.filings, name="filings"),
    path("filings/new", drafts.new, name="filing-new"),
    path("filings/<int:pk>", filing.show, name="filing"),
    path("filings/<int:pk>/print", filing.printed, name="filing-print"),
    path("filings/<int:pk>/edit", editing.edit, name="filing-edit"),
    path("filings/<int:pk>/form", editing.post, name="filing-form"),
    path("filings/<int:pk>/suggestions", editing.suggest, name="filing-suggest"),
    path("filings/<int:pk>/answer", accepting.answer, name="filing-answer"),
    path("rules/<slug:code>", rules.rule, name="rule"),
    path("filings/<int:pk>/act", filing.do, name="filing-act"),
    path("", include("jixiao.web.desk.urls_intake")),
]

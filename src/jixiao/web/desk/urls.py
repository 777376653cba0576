"""Addresses of the pages."""

from django.urls import include, path

from jixiao.web.desk.views import (
    accepting,
    drafts,
    editing,
    filing,
    inbox,
    listing,
    rules,
)

urlpatterns = [
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
    path("", include("jixiao.web.desk.urls_accounts")),
    path("", include("jixiao.web.desk.urls_administration")),
    path("", include("jixiao.web.desk.urls_intake")),
    path("", include("jixiao.web.desk.urls_workflow")),
]

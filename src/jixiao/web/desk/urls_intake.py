"""Addresses of handing in, exports and background work."""

from django.urls import path

from jixiao.web.desk.views import documents, exports, imports, jobs, read_forms

urlpatterns = [
    path("documents", documents.documents, name="documents"),
    path("documents/upload", documents.upload, name="document-upload"),
    path("documents/<int:pk>", read_forms.document, name="document"),
    path("documents/<int:pk>/file", documents.fetch, name="document-file"),
    path("documents/<int:pk>/pages/<int:number>.png", documents.page, name="document-page"),
    path("documents/<int:pk>/drafts", read_forms.make_drafts, name="document-drafts"),
    path("documents/<int:pk>/forms/<int:number>", read_forms.beside, name="read-form"),
    path(
        "documents/<int:pk>/forms/<int:number>/settle",
        read_forms.settle_cell,
        name="read-form-settle",
    ),
    path("imports/<int:pk>", imports.progress, name="import"),
    path("imports/<int:pk>/drafts", imports.make_drafts, name="import-drafts"),
    path("imports/<int:pk>/report.xlsx", imports.report, name="import-report"),
    path("exports", exports.choose, name="exports"),
    path("exports/official", exports.official, name="export-official"),
    path("exports/list.<slug:to>", exports.list_file, name="export-list"),
    path("filings/<int:pk>/official.<slug:to>", exports.one, name="filing-official"),
    path("jobs", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/retry", jobs.again, name="job-retry"),
    path("jobs/<int:pk>/result", jobs.result, name="job-result"),
]

"""Addresses of reviews, versions, lists, windows and the board."""

from django.urls import path

from jixiao.web.desk.views import (
    comments,
    compare,
    control,
    control_progress,
    dashboard,
    inbox,
    listing,
    notices,
    review,
    windows,
)

urlpatterns = [
    path("inbox/look", inbox.look_over, name="inbox-look"),
    path("inbox/pass", inbox.pass_many, name="inbox-pass"),
    path("notices/<int:pk>", notices.opened, name="notice"),
    path("inbox/read", inbox.read_notices, name="notices-read"),
    path("filings/totals", listing.totals, name="totals"),
    path("filings/views", listing.keep_view, name="view-keep"),
    path("filings/<int:pk>/comments", comments.say, name="filing-comment"),
    path("filings/<int:pk>/review", review.review, name="filing-review"),
    path("filings/<int:pk>/review/suggest", review.suggest, name="filing-review-suggest"),
    path(
        "filings/<int:pk>/review/<int:sheet>.<slug:to>",
        review.sheet_file,
        name="filing-review-file",
    ),
    path("filings/<int:pk>/compare", compare.versions, name="filing-compare"),
    path("windows", windows.windows, name="windows"),
    path("windows/<int:pk>", windows.window, name="window"),
    path("holidays", windows.holidays, name="holidays"),
    path("control", control.control, name="control"),
    path("control/issue", control.give_out, name="control-issue"),
    path("control/sheet", control.sheet, name="control-sheet"),
    path("control/template.xlsx", control.template, name="control-template"),
    path("control/progress", control_progress.progress, name="control-progress"),
    path("control/progress.<slug:to>", control_progress.export, name="control-export"),
    path("control/standing", control_progress.standing, name="control-standing"),
    path("board", dashboard.board, name="board"),
]

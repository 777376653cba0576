"""Every address of the system."""

from django.urls import include, path

from jixiao.web.config import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("api/", include("jixiao.web.api.urls")),
    path("", include("jixiao.web.desk.urls")),
]

_TROUBLE = "jixiao.web.desk.views.trouble"
handler400 = f"{_TROUBLE}.bad_request"
handler403 = f"{_TROUBLE}.forbidden"
handler404 = f"{_TROUBLE}.not_found"
handler500 = f"{_TROUBLE}.server_error"

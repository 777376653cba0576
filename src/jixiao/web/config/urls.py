"""Every address of the system."""

from django.urls import include, path

from jixiao.web.config import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("api/", include("jixiao.web.api.urls")),
    path("", include("jixiao.web.desk.urls")),
]

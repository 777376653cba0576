"""Addresses for programs."""

from django.urls import path
from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
_ = path

"""What a person sees after too many wrong passwords."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Say how long it lasts and whom to ask; the same whether or not the account exists."""
    return render(request, "ui/locked_out.html", status=429)

"""Two versions of a form cell by cell: of this filing, or against an earlier year's."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from msgspec import Struct

from jixiao.form.codec import decode
from jixiao.official.comparing import CellChange, ChangeKind, compare
from jixiao.web.agencies.selectors import Actor
from jixiao.web.desk.context import actor
from jixiao.web.desk.views.filing import found
from jixiao.web.filings.models import CLOSED_STATES, Filing, Revision
from jixiao.web.filings.selectors import visible_to

_MOST_EARLIER = 10
_STATUS = {"draft": "草稿", "submitted": "已提交", "approved": "已批复"}


class Version(Struct, frozen=True, kw_only=True):
    """One version to choose: its key, and how people know it."""

    pk: int
    words: str
    author: str
    at: Any
    is_other_year: bool


@login_required
@require_GET
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Both versions with date and author, and every difference."""
    filing = found(request, pk)
    known = _versions(actor(request), filing)
    left, right = _chosen(request, known)
    changes: tuple[CellChange, ...] = ()
    if left.pk != right.pk:
        texts = dict(Revision.objects.filter(pk__in=(left.pk, right.pk)).values_list("pk", "form"))
        changes = compare(decode(texts[left.pk]), decode(texts[right.pk]))
    shown = {
        "filing": filing,
        "versions": known,
        "left": left,
        "right": right,
        "changes": changes,
        "counts": _counts(changes),
    }
    return render(request, "desk/compare.html", shown)


def _versions(who: Actor, filing: Filing) -> list[Version]:
    """This filing's, the newest first, then the approved ones of earlier years."""
    own = list(filing.revisions.select_related("author").order_by("-number"))
    earlier = (
        visible_to(who)
        .filter(project_key=filing.project_key, stage=filing.stage)
        .filter(approved_number__isnull=False)
        .exclude(pk=filing.pk)
        .exclude(state__in=CLOSED_STATES)
        .order_by("-budget_year")[:_MOST_EARLIER]
    )
    numbers = {one.pk: one.approved_number for one in earlier}
    others = [
        one
        for one in Revision.objects.filter(filing__in=list(numbers)).select_related(
            "author", "filing"
        )
        if numbers[one.filing_id] == one.number
    ]
    return [
        *(_version(one, filing, is_other_year=False) for one in own),
        *(
            _version(one, one.filing, is_other_year=True)
            for one in sorted(others, key=lambda one: -one.filing.budget_year)
        ),
    ]


def _version(one: Revision, filing: Filing, *, is_other_year: bool) -> Version:
    status = _STATUS.get(one.status, one.status)
    year = f"{filing.budget_year} 年度" if is_other_year else ""
    return Version(
        pk=one.pk,
        words=f"{year}第 {one.number} 版（{status}）",
        author=one.author.full_name,
        at=one.saved_at,
        is_other_year=is_other_year,
    )


def _chosen(request: HttpRequest, known: list[Version]) -> tuple[Version, Version]:
    """The two asked for; the newest and the one before it where nothing is asked."""
    by_key = {str(one.pk): one for one in known}
    right = by_key.get(request.GET.get("right", str(known[0].pk)))
    if right is None:
        raise Http404
    usual = next((one for one in known if one.pk != right.pk), right)
    left = by_key.get(request.GET.get("left", str(usual.pk)))
    if left is None:
        raise Http404
    return left, right


def _counts(changes: tuple[CellChange, ...]) -> dict[str, int]:
    kinds = [one.kind for one in changes]
    return {kind.value: kinds.count(kind) for kind in ChangeKind}

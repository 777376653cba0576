"""The review of a step: the official sheet beside the table, findings beside the items.

What the items come to is worked out while they are filled in; the grade is a person's. Passing,
returning and refusing happen here too, with reasons at the cells.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST
from msgspec import Struct

from jixiao.audit.finding import Finding
from jixiao.form.codec import decode
from jixiao.form.forms import Form
from jixiao.lifecycle.grading import CONSEQUENCES, GRADES
from jixiao.lifecycle.journey import Level
from jixiao.lifecycle.machine import Refused, open_actions
from jixiao.lifecycle.stage import Action
from jixiao.official.writer import WRITERS
from jixiao.pipeline import convert
from jixiao.web.desk.context import actor, today
from jixiao.web.desk.drafting import table
from jixiao.web.desk.found import answered_for
from jixiao.web.desk.head import review_head_of
from jixiao.web.desk.mark_words import phrases_for
from jixiao.web.desk.marked import Marked, anchors, answered_lines, marked
from jixiao.web.desk.onward import after_step, just_done, remember_wish, wishes
from jixiao.web.desk.reading import said_at_cells
from jixiao.web.desk.views.filing import found
from jixiao.web.filings.acceptance import suppressions_of
from jixiao.web.filings.content import on_show
from jixiao.web.filings.entries import labels_at, places_of
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing
from jixiao.web.filings.selectors import form_of
from jixiao.web.kept import Kept
from jixiao.web.shelf import texts, values
from jixiao.web.ui.downloads import download
from jixiao.web.ui.sentences import said
from jixiao.web.workflow.acting import Stale, act
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.models import ReviewSheet
from jixiao.web.workflow.reviewing import (
    KEY,
    Sheet,
    filled,
    found_by_aspect,
    proposed_grades,
    proposed_opinion,
    save_review,
    sheet_of,
    sheets_of,
    suggestion,
)
from jixiao.web.workflow.thread import thread

_LONGEST, _MOST_REASONS = 4000, 200


#: Review sheets as they are shown, and what the cells of a table are called.
_SHEETS: Kept[dict[str, Any]] = Kept(64)
_PLACES: Kept[SafeString] = Kept(256)
_SHELF_OF_PLACES = texts("places", SafeString)


class Line(Struct, frozen=True, kw_only=True):
    """One item of the sheet as the page shows it."""

    path: str
    item: str
    question: str
    grade: str
    points: str
    score: str
    is_proposed: bool


class Aspect(Struct, frozen=True, kw_only=True):
    """A block of the sheet with what the audit found to it."""

    name: str
    lines: tuple[Line, ...]
    found: Marked


_SHELF_OF_ASPECTS = values("aspects", tuple[Aspect, ...])


@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; posted, the sheet is kept and, where a step was chosen, taken."""
    filing = found(request, pk)
    if request.method != "POST":
        return _page(request, filing)
    level = _level(request, filing)
    if level is None:
        raise Http404
    asked = request.POST
    version = asked.get("lock_version", "")
    if version != str(filing.lock_version):
        reason = "这张表在您打开页面之后有了变化，没有办理；请看过最新内容再审核"
        return _page(request, filing, refused=(reason,), status=409)
    now, who = timezone.now(), actor(request)
    remember_wish(request)
    action = asked.get("action", "save")
    if level.graded or action == "save" or _is_filled(asked):
        save_review(
            actor=who,
            filing=filing,
            answers=_answers(asked),
            grade=asked.get("grade", ""),
            journey=county_journey(),
            now=now,
        )
    if action == "save":
        return redirect("filing-review", pk=pk)
    opinion = asked.get("opinion", "")
    reasons = _reasons(asked, filing) if action == "return" else None
    if reasons and not opinion.strip():
        opinion = f"请按所列理由修改（{len(reasons)} 处）。"
    outcome = act(
        actor=who,
        filing_id=filing.pk,
        action=action,
        journey=county_journey(),
        now=now,
        lock_version=filing.lock_version,
        opinion=opinion if action != "pass" or asked.get("say") == "1" else "",
        reasons=reasons,
    )
    if isinstance(outcome, Refused):
        return _page(request, filing, refused=outcome.reasons, status=409)
    if isinstance(outcome, Stale):
        return _page(
            request,
            found(request, pk),
            refused=("这张表刚才有了变化，请看过最新内容再办理",),
            status=409,
        )
    return after_step(request, pk)


@login_required
@require_POST
def suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """What the items as filled in come to; nothing is written."""
    filing = found(request, pk)
    if _level(request, filing) is None:
        raise Http404
    found_ = suggestion(filled(sheet_of(filing), _answers(request.POST)))
    words = (found_.grade, found_.why, CONSEQUENCES.get(found_.grade, ""))
    return JsonResponse(dict(zip(("grade", "why", "consequence"), map(said, words), strict=True)))


@login_required
@require_GET
def sheet_file(request: HttpRequest, pk: int, sheet: int, to: str) -> HttpResponseBase:
    """A saved review sheet as the official document."""
    filing = found(request, pk)
    kept = ReviewSheet.objects.filter(filing=filing, pk=sheet).first()
    if kept is None or to not in {one.code for one in WRITERS}:
        raise Http404
    made = convert([decode(kept.form)], to, as_annex=False, title=None)
    if made.content is None:
        return _page(request, filing, refused=made.refusals, status=409)
    with transaction.atomic():
        write_event(
            actor=actor(request),
            agency=filing.agency,
            code="review.exported",
            at=timezone.now(),
            filing=filing,
            payload={"sheet": kept.pk, "to": to},
        )
    name = f"{filing.project_name[:60] or '绩效目标'}审核表{WRITERS[to].suffix}"
    return download(name, BytesIO(made.content))


def _page(
    request: HttpRequest, filing: Filing, *, refused: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    form, revision = form_of(filing)
    journey = county_journey()
    level = _level(request, filing)
    digest = revision.content_hash
    report = on_show(form, profile=filing.profile, as_of=today(), digest=digest)
    open_, justified = answered_for(report.findings, suppressions_of(filing, today()))
    findings = tuple(open_)
    drawn = table(form, filing, editable=False, digest=digest)
    sheets = sheets_of(filing)
    shown: dict[str, Any] = {
        "filing": filing,
        "head": review_head_of(
            filing, journey.stage.state(filing.state), decides=level is not None
        ),
        "table": drawn,
        "is_drawn": drawn is not None,
        "thread": thread(filing),
        "sheets": sheets,
        "labels": {state.code: state.label for state in journey.stage.states},
        "refused": refused,
        "level": level,
        "answered": answered_lines(justified, form, anchors(drawn)),
        **said_at_cells(filing, form, drawn, findings, digest=digest),
    }
    if level is not None:
        sheet = sheet_of(filing, sheets)
        posted = request.POST if refused else QueryDict()
        if refused and posted:
            sheet = filled(sheet, _answers(posted))
        cells = anchors(drawn)
        found_ = (
            (one.code, one.path, one.severity, one.message, one.suggestion) for one in findings
        )
        question = (digest, filing.layout, sheet.layout.id, sheet.text, level.graded, *found_)

        def aspects(sheet: Sheet, proposed: Mapping[str, str]) -> tuple[Aspect, ...]:
            return _SHELF_OF_ASPECTS.of(
                (get_language(), tuple(proposed.items()), *question),
                lambda: tuple(_aspects(sheet, findings, form, cells, proposed)),
            )

        filled_in: dict[str, Any] = _SHEETS.of(
            (get_language(), sheet.grade, posted.urlencode(), *question),
            lambda: _sheet_context(sheet, findings, posted, aspects, is_graded=level.graded),
        )
        shown |= filled_in
        shown["actions"] = _decisions(request, filing)
        asked = (digest, filing.layout)
        shown["places"] = _PLACES.of(
            asked, lambda: _SHELF_OF_PLACES.of(asked, lambda: _places(form, cells))
        )
        shown["phrases"] = phrases_for(actor(request))
        shown["wishes"] = wishes(request)
        shown |= just_done(request)
    return render(request, "desk/review.html", shown, status=status)


def _decisions(request: HttpRequest, filing: Filing) -> tuple[Action, ...]:
    """What the person can decide here."""
    roles = actor(request).roles_over(filing.agency_path)
    possible = open_actions(county_journey().stage, state=filing.state, roles=roles)
    return tuple(one for one in possible if one.code in ("pass", "return", "refuse"))


def _places(form: Form, cells: frozenset[str]) -> SafeString:
    """What the cells are called, for the page's script."""
    return json_script(labels_at(form, sorted(cells)), "places")


def _sheet_context(
    sheet: Sheet,
    findings: tuple[Finding, ...],
    posted: QueryDict,
    aspects: Callable[[Sheet, Mapping[str, str]], tuple[Aspect, ...]],
    *,
    is_graded: bool,
) -> dict[str, Any]:
    is_blank = is_graded and not sheet.is_saved and not posted
    proposed = proposed_grades(sheet, findings) if is_blank else {}
    proposal = proposed_opinion(findings) if is_graded else ""
    sheet = filled(sheet, proposed)
    said = suggestion(sheet)
    review_ = sheet.form.review
    written = "" if review_ is None or review_.opinion is None else review_.opinion.raw
    return {
        "sheet": sheet,
        "is_key": sheet.layout.id == KEY,
        "aspects": aspects(sheet, proposed),
        "suggestion": said,
        "grade": posted.get("grade") or sheet.grade,
        "opinion": posted.get("opinion") or written or proposal,
        "is_proposed": bool(proposal) and not (posted.get("opinion") or written),
        "grades": tuple(CONSEQUENCES.items()),
        "consequence": CONSEQUENCES.get(said.grade, ""),
        "reasons": _said(posted),
    }


def _aspects(
    sheet: Sheet,
    findings: tuple[Finding, ...],
    form: Form,
    cells: frozenset[str],
    proposed: Mapping[str, str],
) -> Iterator[Aspect]:
    items = () if sheet.form.review is None else sheet.form.review.items
    lines: dict[str, list[Line]] = {}
    name = ""
    for number, item in enumerate(items):
        name = name if item.aspect is None else item.aspect.raw or name
        lines.setdefault(name, []).append(
            Line(
                path=f"review.items[{number}]",
                item=item.item.raw,
                question="" if item.question is None else item.question.raw,
                grade="" if item.grade is None else item.grade.raw.strip(),
                points="" if item.points is None else item.points.raw,
                score="" if item.score is None else item.score.raw,
                is_proposed=f"review.items[{number}].grade" in proposed,
            )
        )
    by_aspect, first = found_by_aspect(findings), 1
    for aspect in dict.fromkeys((*lines, *by_aspect)):
        said = by_aspect.get(aspect, [])
        if aspect in lines or said:
            yield Aspect(
                name=aspect or "其他",
                lines=tuple(lines.get(aspect, ())),
                found=marked(form, said, cells, first=first),
            )
            first += len(said)


def _level(request: HttpRequest, filing: Filing) -> Level | None:
    """The level that is reviewing now, where it is this person's."""
    level = county_journey().level(filing.state)
    if level is None or level.role not in actor(request).roles_over(filing.agency_path):
        return None
    return level


def _answers(asked: QueryDict) -> dict[str, str]:
    answers = {
        name: text[:_LONGEST]
        for name, text in asked.items()
        if isinstance(text, str)
        and name.startswith("review.items[")
        and name.endswith((".grade", ".score"))
        and (not name.endswith(".grade") or text in ("", *GRADES))
    }
    if "opinion" in asked:
        answers["review.opinion"] = asked.get("opinion", "").replace("\r\n", "\n")[:_LONGEST]
    return answers


def _is_filled(asked: QueryDict) -> bool:
    """Whether anything of the sheet was filled in where it need not be."""
    answers = _answers(asked)
    answers.pop("review.opinion", None)
    return bool(asked.get("grade")) or any(text.strip() for text in answers.values())


def _reasons(asked: QueryDict, filing: Filing) -> dict[str, str] | None:
    """Reasons by field, blank ones too; a field the table has not is left out."""
    form, _ = form_of(filing)
    known = anchors(table(form, filing, editable=False)) | places_of(form).keys()
    return {path: text for path, text in _said(asked).items() if path in known} or None


def _said(asked: QueryDict) -> dict[str, str]:
    """The reasons as the page sends them; anything else says nothing."""
    try:
        said = json.loads(asked.get("reasons") or "{}")
    except ValueError:
        return {}
    if not isinstance(said, dict):
        return {}
    return {
        path: " ".join(text.split())[:500]
        for path, text in list(said.items())[:_MOST_REASONS]
        if isinstance(text, str) and text.strip()
    }

"""Typing into a draft: what is sent after a pause, what comes back, and a plain form besides.

The page's script sends operations as JSON, to be looked at (`keep` false) or kept. Without
scripts the whole table is posted as an ordinary form; only what differs is written.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST
from msgspec import Struct

from jixiao.form.forms import Form
from jixiao.official.editing import (
    Insert,
    Move,
    Operation,
    Remove,
    UnknownPlace,
    Write,
    apply,
    inverse,
    row_counts,
)
from jixiao.web.desk.context import actor, today
from jixiao.web.desk.drafting import (
    Findings,
    composition_of,
    findings_of,
    said,
    shows_parts,
    sums,
    table,
)
from jixiao.web.desk.views.filing import found, is_editable, page
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing
from jixiao.web.filings.selectors import form_of
from jixiao.web.filings.similar import suggestions
from jixiao.web.ui import sentences
from jixiao.web.workflow.filing import (
    Conflict,
    Saved,
    batch_of_last_save,
    has_arrived,
    save_draft,
)

_MOST_OPERATIONS, _LONGEST_TEXT = 3000, 20_000
View = Callable[..., HttpResponse]


class Edit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the script sends: operations made on this version; kept, or only looked at."""

    lock_version: int
    operations: list[Operation] = []
    keep: bool = True
    batch: str = ""


def for_script(view: View) -> View:
    """An answer a script understands where a page would be sent to the sign-in page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return _trouble("signed_out", "登录已过期，请重新登录", 401)
        return view(request, *args, **kwargs)

    return guarded


@for_script
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch of operations."""
    filing = found(request, pk)
    try:
        asked = msgspec.json.decode(request.body, type=Edit)
    except msgspec.DecodeError:
        return _trouble("malformed", "提交的修改不完整，请刷新页面后重试", 400)
    if not is_editable(request, filing):
        state = county_journey().stage.state(filing.state).label
        return _trouble("closed", f"这张表现在是“{state}”，不能再修改", 409)
    form, _ = form_of(filing)
    if filing.lock_version != asked.lock_version:
        # A table that was saved since may have other rows: nothing is applied to it unmerged.
        return _stale(request, filing, asked)
    try:
        changed = _applied(form, asked.operations)
    except UnknownPlace:
        return _trouble("unknown_place", "有的修改找不到对应的栏目，请刷新页面", 400)
    if not asked.keep:
        return _looked_at(filing, changed)
    saved = save_draft(
        actor=actor(request),
        filing=filing,
        form=changed,
        lock_version=asked.lock_version,
        journey=county_journey(),
        now=timezone.now(),
        batch=asked.batch[:64],
        before=form,
    )
    if isinstance(saved, Conflict):
        fresh = Filing.objects.select_related("agency").get(pk=filing.pk)
        return _stale(request, fresh, asked)
    if saved.again:
        return _arrived_before(saved.filing)
    return _kept(saved, form, changed, asked.operations)


def _stale(request: HttpRequest, filing: Filing, asked: Edit) -> HttpResponse:
    """Made on an older version: a batch that came before, or something to be merged."""
    if not asked.keep or not asked.batch:
        return _conflict(request, filing)
    if batch_of_last_save(filing) == asked.batch[:64]:
        return _arrived_before(filing)
    return _conflict(request, filing, already=has_arrived(filing, asked.batch[:64]))


def _arrived_before(filing: Filing) -> HttpResponse:
    """The answer that got lost: the draft as it stands, with its table."""
    form, _ = form_of(filing)
    findings = findings_of(form, filing, today())
    shape = {"table": table(form, filing, editable=True), "rows": row_counts(form)}
    return _answer(_as_kept(findings, form, filing) | shape)


def _applied(form: Form, operations: list[Operation]) -> Form:
    if len(operations) > _MOST_OPERATIONS:
        raise UnknownPlace
    for one in operations:
        texts = [one.text] if isinstance(one, Write) else []
        texts += one.texts.values() if isinstance(one, Insert) else ()
        if any(len(text) > _LONGEST_TEXT for text in texts):
            raise UnknownPlace
    return apply(form, operations)


def _looked_at(filing: Filing, form: Form) -> HttpResponse:
    findings = findings_of(form, filing, today())
    return _answer(_as_found(findings, form, filing))


def _as_found(findings: Findings, form: Form, filing: Filing) -> dict[str, Any]:
    """What the page shows of findings and sums."""
    return {
        "list": findings.lines,
        "count": findings.count,
        "errors": findings.errors,
        "warnings": findings.warnings,
        "sums": sums(form, filing),
    }


def _as_kept(findings: Findings, form: Form, filing: Filing) -> dict[str, Any]:
    """The same of a draft that is kept, with its version and time."""
    return _as_found(findings, form, filing) | {
        "lock_version": filing.lock_version,
        "saved_at": timezone.localtime(filing.updated_at).strftime("%H:%M:%S"),
        "project": filing.project_name,
    }


def _kept(saved: Saved, before: Form, form: Form, operations: list[Operation]) -> HttpResponse:
    filing = saved.filing
    findings = said(form, saved.report.findings, saved.suppressions, editable=True)
    answer = _as_kept(findings, form, filing)
    if _is_reshaped(before, form, operations) or _meets_parts(form, filing, operations):
        answer["table"] = table(form, filing, editable=True)
        answer["rows"] = row_counts(form)
        answer["undo"] = _undo(before, operations)
    return _answer(answer)


def _is_reshaped(before: Form, form: Form, operations: list[Operation]) -> bool:
    """Whether the table has other rows now, or level names that may merge anew."""
    if row_counts(before) != row_counts(form):
        return True
    return any(
        not isinstance(one, Write) or one.path.endswith((".level1", ".level2"))
        for one in operations
    )


def _meets_parts(form: Form, filing: Filing, operations: list[Operation]) -> bool:
    """Whether a value was written whole that the table shows in columns of its parts."""
    whole = any(isinstance(one, Write) and one.path.endswith("].target") for one in operations)
    return whole and shows_parts(form, filing)


def _undo(form: Form, operations: list[Operation]) -> list[Operation]:
    """The inverses of the operations on rows, the last first; writes the page undoes itself."""
    undone: list[Operation] = []
    for one in operations:
        if isinstance(one, Insert | Remove | Move):
            undone.insert(0, inverse(form, one))
        form = apply(form, [one])
    return undone


def _conflict(request: HttpRequest, filing: Filing, *, already: bool = False) -> HttpResponse:
    """Who saved what and when, with the table as it is now; `already`: with this batch in it."""
    if not is_editable(request, filing):
        state = county_journey().stage.state(filing.state).label
        return _trouble("closed", f"这张表刚才已转为“{state}”，不能再修改", 409)
    form, revision = form_of(filing)
    findings = findings_of(form, filing, today())
    return _answer(
        {
            "code": "conflict",
            "already": already,
            "by": revision.author.full_name,
            "is_me": revision.author_id == actor(request).user.pk,
            "at": timezone.localtime(revision.saved_at).strftime("%H:%M:%S"),
            "lock_version": filing.lock_version,
            "rows": row_counts(form),
            "table": table(form, filing, editable=True),
            "list": findings.lines,
            "count": findings.count,
            "errors": findings.errors,
            "warnings": findings.warnings,
        },
        409,
    )


@for_script
@require_GET
def suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """Texts that stood in like places, for one field."""
    filing = found(request, pk)
    form, _ = form_of(filing)
    path = request.GET.get("path", "")
    return _answer({"suggestions": suggestions(actor(request), filing, form, path)})


@login_required
@require_POST
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole table as a plain form, for browsers without scripts."""
    filing = found(request, pk)
    if not is_editable(request, filing):
        return page(
            request, filing, refused=("这张表现在不能修改，请刷新页面看当前状态",), status=409
        )
    form, _ = form_of(filing)
    writes = list(_differing(form, filing, request.POST))
    version = request.POST.get("lock_version", "")
    outcome = save_draft(
        actor=actor(request),
        filing=filing,
        form=apply(form, writes),
        lock_version=int(version) if version.isdigit() else -1,
        journey=county_journey(),
        now=timezone.now(),
    )
    if isinstance(outcome, Conflict):
        reason = f"{outcome.theirs.author.full_name}刚才保存过这张表，您的修改没有保存，列在下面"
        fresh = found(request, pk)
        return page(request, fresh, refused=(reason,), status=409, unsaved=writes)
    return redirect(f"{reverse('filing', args=[pk])}?saved=1")


def _differing(form: Form, filing: Filing, posted: QueryDict) -> list[Write]:
    drawn = composition_of(form, filing, editable=True)
    fields = [] if drawn is None else [one for cell in drawn.sheet.cells for one in cell.inputs]
    writes: dict[str, Write] = {}
    for one in fields:
        text = posted.get(one.path)
        if text is None or len(text) > _LONGEST_TEXT:
            continue
        text = text.replace("\r\n", "\n")
        if text != one.text:
            writes[one.path] = Write(path=one.path, text=text)
    return list(writes.values())


def _answer(content: object, status: int = 200) -> HttpResponse:
    body = msgspec.json.encode(content, enc_hook=_plain)
    return HttpResponse(body, content_type="application/json", status=status)


def _plain(value: object) -> str:
    """HTML that was made here is a kind of text of Django's own."""
    if not isinstance(value, SafeString):
        raise NotImplementedError
    return value[:]


def _trouble(code: str, message: str, status: int) -> HttpResponse:
    return JsonResponse({"code": code, "message": sentences.said(message)}, status=status)

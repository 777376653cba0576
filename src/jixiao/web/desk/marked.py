"""Lists beside a table that is read: findings, reasons of a return, changes since.

Every line names the cell it is about as the table draws it: its link leads there without scripts,
and the page's script (`ui/marks.js`) puts a sign at the cell and leads both ways.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape, unescape
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from msgspec import Struct

from jixiao.audit.finding import Finding, Severity
from jixiao.form.forms import Form
from jixiao.foundation.pattern import pattern
from jixiao.official.comparing import ChangeKind
from jixiao.official.finding_cells import cells_for
from jixiao.report.catalogue import SEVERITIES
from jixiao.web.desk.found import Accepted
from jixiao.web.ui.sentences import is_english, said, said_in_html
from jixiao.web.workflow.returned import Returned

_ANCHOR = pattern(r'data-path="[^"]*" id="([^"]+)"')
_FIELD = pattern(r'(?:name|data-path)="([^"]+)"')
_GRAVE = frozenset({Severity.ERROR, Severity.WARNING})
_LONGEST = 60


class Marked(Struct, frozen=True, kw_only=True):
    """Findings as two lists: what a person has to look at, and what is only a hint."""

    grave: SafeString
    light: SafeString
    count: int
    first: int
    grave_count: int

    @property
    def light_first(self) -> int:
        """The number of the first hint."""
        return self.first + self.grave_count

    @property
    def light_count(self) -> int:
        """How many hints there are."""
        return self.count - self.grave_count


class AskedLine(Struct, frozen=True, kw_only=True):
    """A reason of the last return beside the table."""

    cell: str
    label: str
    text: str
    was: str
    before: str
    after: str
    is_changed: bool
    is_gone: bool


class AnsweredLine(Struct, frozen=True, kw_only=True):
    """A finding the unit answers for, with its words, for the reviewer to judge."""

    cell: str
    severity: str
    message: str
    reason: str
    by: str
    until: str


class ChangeLine(Struct, frozen=True, kw_only=True):
    """A change since the last return beside the table."""

    cell: str
    kind: str
    label: str
    before: str
    after: str


def anchors(table: str | None) -> frozenset[str]:
    """The paths of the cells a drawn table has."""
    return frozenset(unescape(one) for one in _ANCHOR.findall(table or ""))


def fields(table: str | None) -> frozenset[str]:
    """The paths of the fields of a table that is filled in."""
    return frozenset(unescape(one) for one in _FIELD.findall(table or ""))


def drawn_at(path: str, form: Form, cells: frozenset[str]) -> str:
    """The cell a path is shown in, "" where the table shows it nowhere."""
    return next((one for one in cells_for(path, form) if one in cells), "")


def marked(
    form: Form, findings: Sequence[Finding], cells: frozenset[str], *, first: int = 1
) -> Marked:
    """The findings as lines, the grave ones before the hints, numbered from `first` on."""
    grave = [one for one in findings if one.severity in _GRAVE]
    light = [one for one in findings if one.severity not in _GRAVE]
    lines = [
        _line(finding, drawn_at(finding.path, form, cells), number)
        for number, finding in enumerate((*grave, *light), start=first)
    ]
    return Marked(
        grave=mark_safe("".join(lines[: len(grave)])),  # noqa: S308  escaped below
        light=mark_safe("".join(lines[len(grave) :])),  # noqa: S308  escaped below
        count=len(lines),
        first=first,
        grave_count=len(grave),
    )


def _line(finding: Finding, cell: str, number: int) -> str:
    severity = finding.severity.value
    message: str = said_in_html(finding.message)
    advice = said_in_html(finding.suggestion or "")
    where = ""
    if cell:
        message = f'<a class="goto" href="#{quote(cell)}">{message}</a>'
        where = f' data-cell="{escape(cell)}"'
    if is_english():  # a reason goes out in Chinese, whoever reads the page
        where += f' data-said="{escape(finding.message)}{escape(finding.suggestion or "")}"'
    rule = _address_of_rule(finding.code)
    return (
        f'<li id="found-{number}" class="found {severity}" data-kind="{severity}" '
        f'data-number="{number}"{where}>'
        f'<p><b class="tag {severity}">{said(SEVERITIES[severity])}</b> '
        f'<span class="wording">{message}</span></p>'
        + (f'<p class="advice">{advice}</p>' if advice else "")
        + f'<p class="does"><a class="rule" href="{rule}" target="_blank" rel="noopener">'
        f"{finding.code} {_('依据')}</a> "
        f'<button type="button" class="link as-reason" aria-pressed="false" hidden>'
        f"{_('作为退回理由')}</button></p></li>"
    )


@cache
def _address_of_rule(code: str) -> str:
    return reverse("rule", args=[code])


def asked_lines(last: Returned, form: Form, cells: frozenset[str]) -> list[AskedLine]:
    """What was asked for, what is still as it was first."""
    lines = [
        AskedLine(
            cell=drawn_at(one.path, form, cells),
            label=one.label,
            text=one.text,
            was=one.before,
            before=_short(one.before),
            after=_short(one.after),
            is_changed=one.is_changed,
            is_gone=not one.path,
        )
        for one in last.asked
    ]
    return sorted(lines, key=lambda one: one.is_changed)


def answered_lines(
    accepted: Sequence[Accepted], form: Form, cells: frozenset[str]
) -> list[AnsweredLine]:
    """What somebody answers for: errors first, as the engine has them."""
    return [
        AnsweredLine(
            cell=drawn_at(one.finding.path, form, cells),
            severity=SEVERITIES[one.finding.severity.value],
            message=one.finding.message,
            reason=one.reason,
            by=one.by,
            until=one.until,
        )
        for one in accepted
    ]


def change_lines(last: Returned, form: Form, cells: frozenset[str]) -> list[ChangeLine]:
    """What is different since the version that was sent back."""
    return list(_changes(last, form, cells))


def _changes(last: Returned, form: Form, cells: frozenset[str]) -> Iterator[ChangeLine]:
    for one in last.changes:
        gone = one.kind is ChangeKind.REMOVED
        row = _short(one.row)
        yield ChangeLine(
            cell="" if gone else drawn_at(one.path, form, cells),
            kind=one.kind.value,
            label=f"{row} {one.label}" if row and one.label != row else one.label,
            before=one.before,
            after=one.after,
        )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

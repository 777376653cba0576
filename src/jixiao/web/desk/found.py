"""Findings as a list of HTML, each with its cell, its fix and its rule.

The list is drawn here for the page and for every answer to an edit; the page's script only puts
marks at the cells the lines name.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from html import escape
from urllib.parse import quote

import msgspec
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from msgspec import Struct

from jixiao.audit.finding import Finding
from jixiao.form.forms import Form
from jixiao.official.finding_cells import cells_for
from jixiao.official.fixing import Fixing
from jixiao.report.catalogue import SEVERITIES
from jixiao.web.filings.models import Suppression
from jixiao.web.ui.sentences import said, said_in_html

#: A new text that is no longer than this stands on the button itself.
_SHORT = 16


class Accepted(Struct, frozen=True):
    """A finding somebody answers for, with the words that go with it."""

    finding: Finding
    reason: str
    by: str
    until: str


def answered_for(
    findings: Sequence[Finding], suppressions: Sequence[Suppression]
) -> tuple[list[Finding], list[Accepted]]:
    """Findings that are open, and those that are accepted."""
    known: Mapping[tuple[str, str], Suppression] = {
        (one.code, one.path): one for one in suppressions
    }
    open_, accepted = [], []
    for finding in findings:
        met = known.get((finding.code, finding.path)) or known.get((finding.code, ""))
        if met is None:
            open_.append(finding)
        else:
            until = met.until.isoformat()
            accepted.append(Accepted(finding, met.reason, met.by.full_name, until))
    return open_, accepted


@cache
def _address_of_rule(code: str) -> str:
    return reverse("rule", args=[code])


def listed(form: Form, findings: Sequence[Finding], *, editable: bool) -> SafeString:
    """Lines of an ordered list."""
    fixing = Fixing(form) if editable else None
    lines = (_line(form, one, number, fixing) for number, one in enumerate(findings))
    return mark_safe("".join(lines))  # noqa: S308  every text is escaped below


def _line(form: Form, finding: Finding, number: int, fixing: Fixing | None) -> str:
    about = (finding.code, finding.path, finding.severity.value)
    words = _said(
        get_language() or "",
        about,
        finding.message,
        finding.suggestion or "",
        cells_for(finding.path, form),
    )
    return f'<li id="found-{number}"{words}<p class="does">{_does(finding, fixing)}</p></li>'


@lru_cache(maxsize=4096)
def _said(
    language: str, about: tuple[str, str, str], message: str, advice: str, cells: tuple[str, ...]
) -> str:
    """What a line says, behind its number: most findings stay as they are from save to save."""
    del language  # what is remembered depends on it
    code, path, severity = about
    where = f' data-cells="{escape(" ".join(cells))}"' if cells else ""
    message = said_in_html(message)
    if cells:
        message = f'<a class="goto" href="#{quote(cells[0])}">{message}</a>'
    return (
        f' class="found {severity}" data-code="{escape(code)}" data-field="{escape(path)}"{where}>'
        f'<p><b class="tag {severity}">{said(SEVERITIES[severity])}</b> {message}</p>'
        + (f'<p class="advice">{said_in_html(advice)}</p>' if advice else "")
    )


def _does(finding: Finding, fixing: Fixing | None) -> str:
    rule = _address_of_rule(finding.code)
    words = f"{finding.code} {_('依据')}"
    link = f'<a class="rule" href="{rule}" target="_blank" rel="noopener">{words}</a>'
    if fixing is None:
        return link
    accept = f'<button type="button" class="link accept">{_("说明理由后保留")}</button>'
    return f"{_fix(finding, fixing)}{link} {accept}"


def _fix(finding: Finding, fixing: Fixing) -> str:
    """The button that corrects it, where there is a field to write to."""
    writes = fixing.corrections_of(finding)
    if finding.fix is None or not writes:
        return ""
    sent = escape(msgspec.json.encode(writes).decode())
    kind = "safe" if finding.fix.safe else "unsafe"
    title = finding.fix.title
    if len(writes) == 1 and len(writes[0].text) <= _SHORT:
        title = f"改为“{writes[0].text}”"
    return (
        f'<button type="button" class="fix {kind}" data-writes="{sent}">'
        f"{said_in_html(title)}</button> "
    )

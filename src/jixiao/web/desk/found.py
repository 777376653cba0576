"""Findings as a list of HTML, each with its cell, its fix and its rule.

The list is drawn here for the page and for every answer to an edit; the page's script only puts
marks at the cells the lines name.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from urllib.parse import quote

import msgspec
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from msgspec import Struct

from jixiao.audit.finding import Finding
from jixiao.form.forms import Form
from jixiao.official.finding_cells import cells_for
from jixiao.official.fixing import Fixing
from jixiao.report.catalogue import SEVERITIES
from jixiao.web.filings.models import Suppression

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
            said = Accepted(finding, met.reason, met.by.full_name, met.until.isoformat())
            accepted.append(said)
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
    cells = cells_for(finding.path, form)
    where = f' data-cells="{escape(" ".join(cells))}"' if cells else ""
    severity = finding.severity.value
    message = escape(finding.message)
    if cells:
        message = f'<a class="goto" href="#{quote(cells[0])}">{message}</a>'
    advice = escape(finding.suggestion or "")
    return (
        f'<li id="found-{number}" class="found {severity}" data-code="{escape(finding.code)}" '
        f'data-field="{escape(finding.path)}"{where}>'
        f'<p><b class="tag {severity}">{SEVERITIES[severity]}</b> {message}</p>'
        + (f'<p class="advice">{advice}</p>' if advice else "")
        + f'<p class="does">{"".join(_does(finding, fixing))}</p></li>'
    )


def _does(finding: Finding, fixing: Fixing | None) -> Iterator[str]:
    if fixing is not None and finding.fix is not None:
        writes = fixing.writes_of(finding)
        if writes:
            sent = escape(msgspec.json.encode(writes).decode())
            kind = "safe" if finding.fix.safe else "unsafe"
            title = finding.fix.title
            if len(writes) == 1 and len(writes[0].text) <= _SHORT:
                title = f"改为“{writes[0].text}”"
            yield (
                f'<button type="button" class="fix {kind}" data-writes="{sent}">'
                f"{escape(title)}</button> "
            )
    rule = _address_of_rule(finding.code)
    yield f'<a class="rule" href="{rule}" target="_blank" rel="noopener">{finding.code} 依据</a>'
    if fixing is not None:
        yield ' <button type="button" class="link accept">说明理由后保留</button>'

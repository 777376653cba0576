"""The page of a rule: what it looks at, why, how to mend it, and what it rests on."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from jixiao.audit.rule import RULES
from jixiao.foundation.errors import UnknownCode
from jixiao.report.catalogue import SEVERITIES, basis_line, rule_entry


@login_required
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule by its code."""
    try:
        entry = rule_entry(RULES[code])
    except UnknownCode:
        raise Http404 from None
    shown = {
        "entry": entry,
        "title": entry.title.removesuffix("。"),
        "level": SEVERITIES[entry.severity],
        "parts": list(_parts(entry.page)),
        "basis": [basis_line(one) for one in entry.basis],
    }
    return render(request, "desk/rule.html", shown)


def _parts(page: str) -> Iterator[tuple[str, str]]:
    """Headings with what stands indented below them; the title lines before are left out."""
    heading, words = "", []
    for line in page.splitlines():
        if line.startswith(" "):
            words.append(line.strip())
        elif line.strip():
            if words:
                yield heading, "".join(words)
            heading, words = line.strip(), []
    if words:
        yield heading, "".join(words)

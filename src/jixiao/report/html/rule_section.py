"""Explanations of the rules that found something, from their published pages, and the sources."""

import re
from collections.abc import Iterable, Iterator

from jixiao.audit.finding import Finding
from jixiao.report.bundle import ReportBundle
from jixiao.report.findings import (
    SEVERITIES,
    Fault,
    citations,
    faults_by_rule,
    in_ranges,
    rule_page,
)
from jixiao.report.html.form_section import verified
from jixiao.report.html.markup import Html, anchor, element, joined
from jixiao.standards.source import Citation, SourceKind

_NARROW = re.compile(r"[!-~]")


def rule_sections(bundle: ReportBundle) -> Html:
    """One explanation for each rule that found something, by code, with where it did."""
    faults = {fault.code: fault for fault in faults_by_rule(bundle)}
    codes = sorted({finding.code for finding in bundle.report.findings})
    return element("div", *(_rule(code, faults.get(code)) for code in codes), class_="rules")


def _rule(code: str, fault: Fault | None) -> Html:
    title, parts = _parts(rule_page(code))
    words = None
    if fault is not None:
        level, where = SEVERITIES[fault.severity], in_ranges(fault.forms)
        words = element(
            "p",
            f"{level} {fault.count} 处，第 {where} 张表",
            class_=f"tally {fault.severity.value}",
        )
    return element(
        "section",
        element("h3", element("span", code, class_="code"), title, id=anchor("rule", code)),
        words,
        element(
            "dl",
            *(
                joined((element("dt", heading), element("dd", text)))
                for heading, text in parts
                if text
            ),
        ),
        class_="rule",
    )


def _parts(page: str) -> tuple[str, list[tuple[str, str]]]:
    """The title of a page, and its headings with their text.

    The second line repeats the title in English for developers and is left out.
    """
    lines = page.splitlines()
    title = lines[0].strip() if lines else ""
    parts: list[tuple[str, str]] = []
    for line in lines[1:]:
        text = line.strip()
        if not text:
            continue
        if line[:1].isspace() and parts:
            heading, before = parts[-1]
            parts[-1] = (heading, _continued(before, text))
        elif not _NARROW.match(text):
            parts.append((text, ""))
    return title, parts


def _continued(before: str, text: str) -> str:
    """Source lines end where the editor's width ends; Chinese goes on without a blank."""
    narrow = bool(before) and _NARROW.match(before[-1]) and _NARROW.match(text)
    return f"{before} {text}" if narrow else f"{before}{text}"


def source_list(findings: Iterable[Finding]) -> Html:
    """Everything the findings rest on, once each, with what was verified."""
    found: dict[tuple[str, str], Citation] = {}
    for finding in findings:
        for citation in citations(finding.basis):
            found.setdefault((citation.id, citation.article or ""), citation)
    return element("ul", *_items(found), class_="sources")


def _titled(citation: Citation) -> str:
    """Title marks are for documents; what is merely done somewhere has none."""
    practice = citation.kind is SourceKind.PRACTICE
    return citation.title if practice else f"《{citation.title}》"


def _items(found: dict[tuple[str, str], Citation]) -> Iterator[Html]:
    seen: set[str] = set()
    for _, citation in sorted(found.items()):
        number = f"（{citation.number}）" if citation.number else ""
        article = f"第{citation.article}条" if citation.article else ""
        first = citation.id not in seen
        seen.add(citation.id)
        yield element(
            "li",
            f"{_titled(citation)}{number}{article}",
            verified(citation),
            element("span", citation.note, class_="remark") if citation.note else None,
            id=anchor("source", citation.id) if first else None,
        )

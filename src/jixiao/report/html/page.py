"""The whole page: one file, no script, nothing from outside, fit for a strict content policy."""

import base64
import hashlib
import re
from functools import lru_cache
from importlib.resources import files

from jixiao.report.bundle import ReportBundle
from jixiao.report.findings import SEVERITIES
from jixiao.report.html.form_section import form_section
from jixiao.report.html.ledger_section import comparisons, how, ledger, other_findings, reading
from jixiao.report.html.listing import section
from jixiao.report.html.markup import Html, element, joined
from jixiao.report.html.overview import frequent_faults, overview, table_of_forms
from jixiao.report.html.rule_section import rule_sections, source_list

_WIDTH = re.compile(r'class="w([0-9]+)"')


def page(bundle: ReportBundle) -> str:
    """The report as a page."""
    body = _body(bundle)
    style = _style(body)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="robots", content="noindex"),
        element("title", bundle.title),
        element("style", Html(style)),
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='zh-CN')}\n"


def _body(bundle: ReportBundle) -> Html:
    findings = bundle.report.findings
    forms = [form_section(audited) for audited in bundle.forms]
    parts = [
        element("a", "跳到表格", href="#sheets", class_="skip"),
        overview(bundle),
        table_of_forms(bundle),
        frequent_faults(bundle),
        _filter() if findings else Html(""),
        section("逐表校核", "sheets", *forms) if forms else Html(""),
        comparisons(bundle),
        other_findings(bundle),
        ledger(bundle),
        reading(bundle),
        section("规则说明", "rules", rule_sections(bundle)) if findings else Html(""),
        section("依据", "sources", source_list(findings)) if findings else Html(""),
        how(bundle),
    ]
    return element("body", element("main", joined(parts)))


def _filter() -> Html:
    """Boxes that hide the notes of a severity; the style sheet does the work."""
    boxes = [
        element(
            "label",
            element("input", type="checkbox", checked=True, id=f"show-{severity.value}"),
            label,
            class_=severity.value,
        )
        for severity, label in SEVERITIES.items()
    ]
    return element("div", element("span", "显示："), *boxes, class_="filter", role="group")


@lru_cache(maxsize=1)
def _sheet() -> str:
    return files("jixiao.report.html").joinpath("style.css").read_text(encoding="utf-8")


def _style(body: str) -> str:
    """The style sheet with the column widths that occur: a strict policy allows no others."""
    widths = sorted(set(map(int, _WIDTH.findall(body))))
    columns = "".join(f".w{width}{{width:{width / 10:g}%}}" for width in widths)
    return f"\n{_sheet()}{columns}\n"

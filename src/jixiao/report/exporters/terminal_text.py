"""The findings for a terminal: by form, the gravest first, readable without colour in a pager."""

from collections.abc import Iterator
from typing import BinaryIO

from jixiao.audit.finding import Certainty, Finding, Severity
from jixiao.form.forms import Form
from jixiao.report.bundle import AuditedForm, Exporter, ReportBundle
from jixiao.report.findings import (
    CERTAINTIES,
    SEVERITIES,
    counts_in_words,
    in_ranges,
    untold_arithmetic,
    verdict,
)
from jixiao.report.places import (
    column_words,
    field_words,
    form_name,
    is_cell,
    money_words,
    place_words,
)
from jixiao.report.wrapping import width, wrap

_INDENT = " " * 6
_COLORS = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[33m",
    Severity.ADVICE: "\x1b[36m",
    Severity.INFO: "\x1b[90m",
}
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_LONGEST_QUOTE = 60
_MANY = 3


def write(bundle: ReportBundle, stream: BinaryIO) -> None:
    page = _Page(bundle)
    text = "\n".join([*page.lines(), ""])
    stream.write(text.encode("utf-8", errors="replace"))


class _Page:
    """The lines of one report; colours only where they were asked for."""

    def __init__(self, bundle: ReportBundle) -> None:
        self._bundle = bundle
        self._common = _said_of_many(bundle)

    def lines(self) -> Iterator[str]:
        bundle = self._bundle
        file = None
        for audited in bundle.forms:
            if all(_key(finding) in self._common for finding in audited.findings):
                continue
            if audited.form.file != file:
                file = audited.form.file
                yield self._ink(_clean(file), _BOLD)
                yield ""
            yield from self._form(audited)
        yield from self._remarks_on_many()
        if bundle.loose_findings:
            yield self._ink("其他", _BOLD)
            yield ""
            for finding in bundle.loose_findings:
                yield from self._finding(finding)
        yield self._ink(verdict(bundle), _BOLD)
        yield from self._how()

    def _form(self, audited: AuditedForm) -> Iterator[str]:
        form = audited.form
        head = f"{audited.number}. {_clean(form_name(form))}"
        for line in wrap(head, self._bundle.width):
            yield self._ink(line, _BOLD)
        about, counts = _about(form), counts_in_words(audited.findings)
        fits = width(f"   {about} · {counts}") <= self._bundle.width
        for line in (f"{about} · {counts}",) if fits else (about, counts):
            yield self._ink(f"   {line}", _DIM)
        yield ""
        for finding in audited.findings:
            if _key(finding) not in self._common:
                yield from self._finding(finding)

    def _remarks_on_many(self) -> Iterator[str]:
        """Remarks that say the same of many forms, once instead of once a form."""
        if not self._common:
            return
        yield self._ink("多张表共有的提示", _BOLD)
        yield ""
        for numbers, finding in self._common.values():
            head = f"{SEVERITIES[finding.severity]} {finding.code}"
            forms = in_ranges(numbers)
            yield f"  {head}  {column_words(finding.path)}"
            yield from self._block(f"第 {forms} 张表：", finding.message)
            if finding.suggestion:
                yield from self._block("→ ", finding.suggestion)
            yield ""

    def _finding(self, finding: Finding) -> Iterator[str]:
        yield from self._head(finding)
        quote = " ".join(finding.quote.split())
        if quote and is_cell(finding.path) and quote not in finding.message:
            yield from self._block("原文：", _shortened(quote))
        yield from self._block("", finding.message)
        sums = "；".join(f"{name} {value}" for name, value in untold_arithmetic(finding))
        if sums:
            yield from self._block("数据：", sums)
        if finding.suggestion:
            yield from self._block("→ ", finding.suggestion)
        if finding.fix is not None:
            how = "jixiao fix" if finding.fix.safe else "jixiao fix --unsafe（请先确认）"
            yield from self._block("可自动改正：", f"{finding.fix.title}。命令：{how}")
        yield ""

    def _head(self, finding: Finding) -> Iterator[str]:
        """Severity, code, field; the place beside them where it fits, else below."""
        severity = SEVERITIES[finding.severity]
        sure = CERTAINTIES[finding.certainty]
        code = finding.code if finding.certainty is Certainty.SURE else f"{finding.code}（{sure}）"
        words = f"{code}  {_clean(field_words(finding.path))}"
        place = _clean(place_words(finding.source)) if is_cell(finding.path) else ""
        head = f"  {self._ink(severity, _COLORS[finding.severity])} {words}"
        beside = f"  〔{place}〕"
        if not place or width(f"  {severity} {words}{beside}") > self._bundle.width:
            yield head
            yield from (self._ink(line, _DIM) for line in self._block("位置：", place) if place)
        else:
            yield f"{head}{self._ink(beside, _DIM)}"

    def _block(self, head: str, text: str) -> Iterator[str]:
        for line in wrap(f"{head}{_clean(text)}", self._bundle.width - len(_INDENT)):
            yield f"{_INDENT}{line}"

    def _how(self) -> Iterator[str]:
        shown = self._bundle.report.findings
        if shown:
            yield self._ink(f"规则说明：jixiao explain {shown[0].code}", _DIM)

    def _ink(self, text: str, color: str) -> str:
        return f"{color}{text}{_PLAIN}" if self._bundle.color else text


def _key(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.message


def _said_of_many(bundle: ReportBundle) -> dict[tuple[str, str], tuple[list[int], Finding]]:
    """Mere remarks that at least three forms share word for word, with the forms' numbers."""
    found: dict[tuple[str, str], tuple[list[int], Finding]] = {}
    for audited in bundle.forms:
        for finding in audited.findings:
            if finding.severity is Severity.INFO:
                numbers, _ = found.setdefault(_key(finding), ([], finding))
                numbers.append(audited.number)
    return {key: item for key, item in found.items() if len(set(item[0])) >= _MANY}


def _about(form: Form) -> str:
    """Year, money and size of a form, as far as it states them."""
    parts = [] if form.budget_year is None else [f"{form.budget_year} 年度"]
    parts += [money for money in (money_words(form),) if money]
    parts.append(f"{len(form.indicators)} 条指标")
    return " · ".join(parts)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def _clean(text: str) -> str:
    """Without control characters: a document must not steer the reader's terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == " " else " " for c in text)


EXPORTER = Exporter(
    code="text",
    label="文本（终端）",
    media_type="text/plain; charset=utf-8",
    suffix=".txt",
    write=write,
)

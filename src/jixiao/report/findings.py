"""Findings in words: what officials call severities, certainty, outcomes, basis and verdict.

Every exporter takes its words from here, so that a screen, a workbook and a printed page say
the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from jixiao.audit.finding import Certainty, Finding, Outcome, Severity
from jixiao.audit.rule import RULES, Rule
from jixiao.audit.system import NOTICES, Notice
from jixiao.foundation.pattern import pattern
from jixiao.report.bundle import ReportBundle
from jixiao.report.catalogue import basis_line
from jixiao.standards.source import Citation, cite

SEVERITIES = {
    Severity.ERROR: "错误",
    Severity.WARNING: "警告",
    Severity.ADVICE: "建议",
    Severity.INFO: "提示",
}
CERTAINTIES = {
    Certainty.SURE: "确定",
    Certainty.LIKELY: "很可能",
    Certainty.POSSIBLE: "可能",
}
OUTCOMES = {
    Outcome.PASS: "通过",
    Outcome.FINDING: "有问题",
    Outcome.NOT_APPLICABLE: "不适用",
    Outcome.NOT_ENOUGH_DATA: "资料不足，未检查",
    Outcome.UNREADABLE: "内容无法识别，未检查",
    Outcome.CRASHED: "程序出错，未检查",
    Outcome.SUPPRESSED: "已豁免",
}
_PLAIN_NUMBER = pattern(r"-?[0-9]+(\.[0-9]+)?")
#: Outcomes that leave a duty undone although it concerned the form.
UNDONE = (Outcome.CRASHED, Outcome.UNREADABLE, Outcome.NOT_ENOUGH_DATA)


@lru_cache(maxsize=512)
def citations(basis: tuple[str, ...]) -> tuple[Citation, ...]:
    """What a finding rests on, each with what we may claim of it."""
    return tuple(map(cite, basis))


@lru_cache(maxsize=512)
def basis_words(basis: tuple[str, ...]) -> tuple[str, ...]:
    """The same in words, one line each."""
    return tuple(map(basis_line, citations(basis)))


def known_rule(code: str) -> Rule[Struct] | Notice | None:
    """The rule or notice of the engine with this code; None where the code is no longer known."""
    if code in RULES:
        return RULES[code]
    return NOTICES.get(code)


def rule_page(code: str) -> str:
    """The published explanation of a code; "" where the code is no longer known."""
    rule = known_rule(code)
    return "" if rule is None else rule.page


@lru_cache(maxsize=256)
def rule_title(code: str) -> str:
    """The first line of the explanation."""
    return rule_page(code).partition("\n")[0].strip()


def compares_forms(code: str) -> bool:
    """Whether the rule sets forms beside one another."""
    return code in RULES and RULES[code].on_batch is not None


def arithmetic(finding: Finding) -> tuple[tuple[str, str], ...]:
    """The numbers behind a finding that have a Chinese name; the others are for programs."""
    return tuple(
        (name, _grouped(value) if "元" in name else value)
        for name, value in finding.evidence.items()
        if value and not name.isascii()
    )


def untold_arithmetic(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Those of the numbers that the message does not state itself."""
    return tuple(item for item in arithmetic(finding) if item[1] not in finding.message)


def _grouped(value: str) -> str:
    """An amount with separators, as the messages print it; anything else as it is."""
    return f"{Decimal(value):,f}" if _PLAIN_NUMBER.fullmatch(value) else value


def severity_counts(findings: Iterable[Finding]) -> tuple[tuple[Severity, int], ...]:
    """How many of each severity, the gravest first, none left out."""
    counted = Counter(finding.severity for finding in findings)
    return tuple((severity, counted[severity]) for severity in Severity)


class Fault(Struct, frozen=True, kw_only=True):
    """How often one rule found something, and in which forms."""

    code: str
    severity: Severity
    count: int
    forms: frozenset[int]


def faults_by_rule(bundle: ReportBundle) -> tuple[Fault, ...]:
    """Where instruction would help most: the gravest first, then the most frequent."""
    found: dict[str, list[tuple[int, Severity]]] = {}
    for audited in bundle.forms:
        for finding in audited.findings:
            found.setdefault(finding.code, []).append((audited.number, finding.severity))
    order = list(Severity)
    faults = [
        Fault(
            code=code,
            severity=min((severity for _, severity in hits), key=order.index),
            count=len(hits),
            forms=frozenset(number for number, _ in hits),
        )
        for code, hits in found.items()
    ]
    return tuple(
        sorted(faults, key=lambda fault: (order.index(fault.severity), -fault.count, fault.code))
    )


def counts_in_words(findings: Iterable[Finding]) -> str:
    """`错误 2 · 警告 5`; severities without a finding are left out."""
    parts = [f"{SEVERITIES[one]} {count}" for one, count in severity_counts(findings) if count]
    return " · ".join(parts)


def _what_was_checked(bundle: ReportBundle) -> Iterator[str]:
    """Nothing found and nothing looked at are two things."""
    if not bundle.forms:
        yield "没有读到绩效目标表，未作校核"
        return
    yield f"{len(bundle.forms)} 张表"
    yield f"{bundle.indicators} 条指标"
    yield counts_in_words(bundle.report.findings) or "没有发现问题"


def verdict(bundle: ReportBundle) -> str:
    """The whole audit in one line."""
    parts = [*_what_was_checked(bundle)]
    if bundle.report.suppressed:
        parts.append(f"已豁免 {len(bundle.report.suppressed)}")
    undone = sum(duty.outcome in UNDONE for duty in bundle.report.duties)
    if undone:
        parts.append(f"未能检查 {undone} 项")
    if bundle.problems:
        parts.append(f"读取问题 {len(bundle.problems)}")
    return " · ".join(parts)


def day_words(day: date) -> str:
    """The day whose rules applied; the last day there is stands for no day at all."""
    if day == date.max:
        return "未限定（表中没有年度）"
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def in_ranges(numbers: Iterable[int]) -> str:
    """`1–4、6`: numbers of forms, neighbours joined."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return "、".join("–".join(map(str, run)) for run in runs)

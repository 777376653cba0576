"""Case files of rules: what they may say, and how one case is judged.

A case file stands beside its rule, is printed on the rule's page and is run as its test. It is
judged exactly: every expected finding is there, and no other finding of the rule.
"""

import importlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from jixiao.audit import rules
from jixiao.audit.engine import audit
from jixiao.audit.finding import Finding, Fix
from jixiao.audit.report import AuditReport
from jixiao.audit.rule import Rule
from jixiao.form.forms import Form
from jixiao.foundation.quantity import Quantity
from jixiao.foundation.strict_yaml import load
from jixiao.foundation.text import fold
from jixiao.foundation.typed import build
from jixiao.standards.inheritance import load_profile
from jixiao.standards.profile import Profile, RuleSetting
from tests.support.edits import apply_fix, meaning
from tests.support.forms import form_from, read_target

RULES_FOLDER = Path(rules.__file__).parent
#: Every basis but the future ones is in force on this day; a case may name another one.
USUAL_DAY = date(2024, 6, 1)
EXPECTATION = re.compile(
    r"(?P<code>[A-Z]+\d{3})(?: (?![@#])(?P<piece>.*?))?(?: @(?P<path>\S+))?(?: #(?P<form>\d+))?"
)


class Case(Struct, frozen=True, kw_only=True):
    """One case as written. Of `form`, `indicator`, `indicators` and `forms` exactly one stands.

    `outcome` demands how the duty ended where nothing is found, with a piece of the reason:
    `not_enough_data 没有上年数据`.
    """

    name: str
    expect: tuple[str, ...]
    show: str | None = None
    why: str = ""
    profile: str = "cn_mof_2015"
    params: Mapping[str, Any] = {}
    as_of: date = USUAL_DAY
    form: Any = None
    indicator: Any = None
    indicators: Any = None
    forms: Any = None
    outcome: str | None = None

    def records(self) -> tuple[Form, ...]:
        if self.forms is not None:
            return tuple(form_from(form, index=i) for i, form in enumerate(self.forms))
        if self.form is not None:
            return (form_from(self.form),)
        rows = [self.indicator] if self.indicators is None else self.indicators
        return (form_from({"indicators": rows}),)


def case_files() -> list[Path]:
    return sorted(RULES_FOLDER.rglob("*.cases.yml"))


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of one file; whatever is wrong with it is said at once."""
    tree = load(path.read_text(encoding="utf-8"), path.name)
    cases = build(tuple[Case, ...], tree, path.name)  # type: ignore[type-abstract]
    for case in cases:
        given = [case.form, case.indicator, case.indicators, case.forms]
        assert sum(one is not None for one in given) == 1, (
            f"{path.name}: {case.name} needs exactly one of form, indicator, indicators, forms"
        )
        assert case.show in (None, "bad", "good"), f"{path.name}: {case.name}: show: bad or good"
    names = [case.name for case in cases]
    assert len(names) == len(set(names)), f"{path.name}: a case name stands twice"
    return cases


def rule_beside(path: Path) -> Rule[Any]:
    """The rule of a case file, importing only its own module."""
    parts = path.relative_to(RULES_FOLDER).with_suffix("").with_suffix("").parts
    return importlib.import_module(".".join(("jixiao.audit.rules", *parts))).RULE


def run_case(rule: Rule[Any], case: Case) -> None:
    """Judge one case: findings exactly as expected, and every proposed correction sound."""
    forms = case.records()
    report = audited(rule, case, forms)
    compare(case, report)
    for finding in report.findings:
        if finding.fix is not None:
            check_fix(rule, case, forms, finding)


def audited(rule: Rule[Any], case: Case, forms: Sequence[Form]) -> AuditReport:
    profile = with_params(load_profile(case.profile), rule.code, case.params)
    return audit(
        forms,
        profile=profile,
        select=(rule.code,),
        as_of=case.as_of,
        strict=True,
        preview=True,
        rules=(rule,),
    )


def with_params(profile: Profile, code: str, params: Mapping[str, Any]) -> Profile:
    """The profile with a case's own parameters laid over it."""
    below = profile.rules.get(code, RuleSetting())
    setting = msgspec.structs.replace(below, params={**below.params, **params}, origin="case")
    return msgspec.structs.replace(profile, rules={**profile.rules, code: setting})


def compare(case: Case, report: AuditReport) -> None:
    """Pair expectations and findings one to one; both leftovers are shown."""
    left = list(report.findings)
    missing = []
    for expected in sorted(case.expect, key=len, reverse=True):
        found = next((one for one in left if matches(expected, one)), None)
        if found is None:
            missing.append(expected)
        else:
            left.remove(found)
    ledger = [f"{duty.outcome} {duty.reason}".strip() for duty in report.duties]
    leftovers = [f"expected, not found: {one}" for one in missing]
    leftovers += [f"found, not expected: {shown(one)}" for one in left]
    assert not leftovers, "\n  ".join([f"{case.name}:", *leftovers, f"duties: {'; '.join(ledger)}"])
    if case.outcome is not None:
        word, _, reason = case.outcome.partition(" ")
        ended = [(duty.outcome.value, duty.reason) for duty in report.duties]
        assert any(word == one and reason in why for one, why in ended), ledger


def matches(expected: str, finding: Finding) -> bool:
    """Code, a piece of the message, and where stated the path and the form."""
    read = EXPECTATION.fullmatch(expected)
    assert read is not None, f"an expectation is “CODE piece @path #form”, not {expected!r}"
    return (
        finding.code == read["code"]
        and (read["piece"] or "") in finding.message
        and read["path"] in (None, finding.path)
        and read["form"] in (None, str(finding.form))
    )


def shown(finding: Finding) -> str:
    return f"{finding.code} {finding.message} @{finding.path} #{finding.form}"


def check_fix(rule: Rule[Any], case: Case, forms: Sequence[Form], finding: Finding) -> None:
    """A correction can be made, needs making once only, and a safe one keeps the meaning."""
    fix = finding.fix
    assert fix is not None
    assert fix.edits, f"{case.name}: an empty correction"
    once = list(forms)
    once[finding.form] = apply_fix(forms[finding.form], fix)
    for again in audited(rule, case, once).findings:
        if again.form == finding.form and again.path == finding.path and again.fix is not None:
            twice = apply_fix(once[finding.form], again.fix)
            assert twice == once[finding.form], f"{case.name}: {fix.title} changes more each time"
    if fix.safe:
        check_safe(case, forms[finding.form], fix)


def check_safe(case: Case, form: Form, fix: Fix) -> None:
    """Pure notation: targets mean the same, other texts compare the same."""
    targets = {row.target.at: row.category for row in form.indicators}
    for edit in fix.edits:
        assert edit.old != edit.new, f"{case.name}: {fix.title} changes nothing"
        if edit.at in targets:
            category = targets[edit.at]
            before: Quantity = read_target(edit.old, category)
            after = read_target(edit.new, category)
            assert meaning(before) == meaning(after), f"{case.name}: {edit.old} → {edit.new}"
        else:
            assert fold(edit.old) == fold(edit.new), f"{case.name}: {edit.old} → {edit.new}"

"""Bundles for tests: what an exporter gets, made from forms without reading a file."""

from datetime import date
from io import BytesIO
from typing import Any

from jixiao.audit.engine import audit
from jixiao.audit.finding import Certainty, Duty, Finding, Outcome, Severity
from jixiao.audit.report import Applicable, AuditReport
from jixiao.form.forms import Form
from jixiao.foundation.location import SourceRef
from jixiao.intake.problem import Problem
from jixiao.intake.result import IntakeResult, Status
from jixiao.report.bundle import EXPORTERS, ReportBundle
from tests.support.forms import a_form

DAY = date(2022, 12, 31)
HOSTILE = "<script>alert('1')</script>&\"]]>"
FORMULAS = ("=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1+1", "＝1+1", "  =1+1")


def a_finding(**fields: Any) -> Finding:
    """A finding in which only what matters to the test is said."""
    given: dict[str, Any] = {
        "code": "VAL002",
        "name": "doubled-comparator",
        "severity": Severity.ERROR,
        "certainty": Certainty.SURE,
        "message": "指标值“≧ >90%”含有两个比较符号。",
        "path": "indicators[0].target",
        "quote": "≧ >90%",
        "source": SourceRef(quote="≧ >90%", line=12, column=5),
        "file": "case.xlsx",
        "form": 0,
        "project": "道路维修",
        "suggestion": "请只保留一个，如“≥90%”。",
        "basis": ("cn-mof-2015-88#13", "jixiao"),
    }
    return Finding(**{**given, **fields})


def a_duty(code: str = "VAL002", outcome: Outcome = Outcome.FINDING, reason: str = "") -> Duty:
    return Duty(code=code, file="case.xlsx", form=0, outcome=outcome, reason=reason)


def a_report(**fields: Any) -> AuditReport:
    """A report in which only what matters to the test is said."""
    given: dict[str, Any] = {
        "findings": (),
        "duties": (),
        "profile": "cn",
        "profiles": (Applicable(file="case.xlsx", form=0, profile="cn", reason="没有别的线索"),),
        "engine_version": "0.1.0",
        "as_of": DAY,
    }
    return AuditReport(**{**given, **fields})


def a_result(*forms: Form, file: str = "case.xlsx", problems: tuple[Problem, ...] = ()) -> Any:
    return IntakeResult(
        file=file,
        media_type="application/octet-stream",
        status=Status.PARTIAL if problems else Status.COMPLETE,
        forms=forms,
        problems=problems,
    )


def tiny_form(**fields: Any) -> Form:
    given: dict[str, Any] = {
        "title": "项目支出绩效目标表",
        "year": "2022",
        "project": "道路维修",
        "total": "100000",
        "goal": "维修道路 3 条。",
        "indicators": [{"category": "output.quantity", "name": "维修道路", "target": "≧ >90%"}],
    }
    return a_form(**{**given, **fields})


def bundle_of(findings: tuple[Finding, ...] = (), **fields: Any) -> ReportBundle:
    """One tiny form with these findings, without running any rule."""
    report = a_report(findings=findings, duties=fields.pop("duties", ()))
    form = fields.pop("form", None) or tiny_form()
    return ReportBundle(reading=(a_result(form),), report=report, **fields)


def audited(*forms: Form) -> ReportBundle:
    """These forms after a real audit."""
    return ReportBundle(reading=(a_result(*forms),), report=audit(forms, as_of=DAY))


def empty_bundle() -> ReportBundle:
    return ReportBundle(reading=(), report=a_report(profile="", profiles=()))


def only_problems() -> ReportBundle:
    """A file that could not be read, and nothing else."""
    problem = Problem(code="INT003", message="文件损坏，请重新保存。", file="坏,:.docx")
    failed = IntakeResult(
        file="坏,:.docx",
        media_type="application/octet-stream",
        status=Status.FAILED,
        problems=(problem,),
    )
    return ReportBundle(reading=(failed,), report=a_report(profile="", profiles=()))


def written(code: str, bundle: ReportBundle) -> bytes:
    """What one exporter makes of a bundle."""
    stream = BytesIO()
    EXPORTERS[code].write(bundle, stream)
    return stream.getvalue()


def text_of(code: str, bundle: ReportBundle) -> str:
    return written(code, bundle).decode("utf-8-sig")

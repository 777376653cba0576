"""Known findings: what a unit has seen already does not count again, only what is new.

A finding is recognised by what it says about which content, not by where it stands: rows that
moved, a renamed file or a changed page break do not make an old finding new.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from jixiao.audit.finding import Finding
from jixiao.audit.waiver import without_rows
from jixiao.foundation.errors import ConfigurationError
from jixiao.foundation.text import fold

SCHEMA = "jixiao.baseline/1"


class Baseline(Struct, frozen=True, kw_only=True):
    """How often each fingerprint was found; two equal rows with one fault each count twice."""

    schema: str = SCHEMA
    engine_version: str = ""
    findings: Mapping[str, int] = {}


def fingerprint(finding: Finding) -> str:
    """The content of a finding in 16 letters: rule, project, quoted text and field."""
    parts = (
        finding.code,
        fold(finding.project),
        fold(finding.quote),
        without_rows(finding.path),
    )
    from hashlib import sha256  # noqa: PLC0415  most runs neither take nor use a baseline

    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def take(findings: Iterable[Finding], engine_version: str) -> Baseline:
    """The baseline that accepts exactly these findings."""
    counted = Counter(map(fingerprint, findings))
    return Baseline(engine_version=engine_version, findings=dict(sorted(counted.items())))


def new_findings(findings: Sequence[Finding], baseline: Baseline) -> tuple[Finding, ...]:
    """The findings beyond what the baseline knows, in their order."""
    left = dict(baseline.findings)
    new = []
    for finding in findings:
        mark = fingerprint(finding)
        if left.get(mark, 0) > 0:
            left[mark] -= 1
        else:
            new.append(finding)
    return tuple(new)


def dump(baseline: Baseline) -> bytes:
    """As a JSON file that people can compare line by line."""
    return msgspec.json.format(msgspec.json.encode(baseline), indent=1) + b"\n"


def parse(content: bytes, name: str) -> Baseline:
    """A baseline file; one of another making is refused with the reason."""
    try:
        baseline = msgspec.json.decode(content, type=Baseline)
    except msgspec.DecodeError as fault:
        raise ConfigurationError((f"{name}：不是基线文件（{fault}）",)) from None
    if baseline.schema != SCHEMA:
        raise ConfigurationError((f"{name}：基线的格式“{baseline.schema}”不认识",))
    return baseline

"""How well the rules judge: findings held against labels written from the printed forms.

A label names a rule and a place: a form (`6`), or the row of a form (`6.4`), both counted from 1
as people count. Everything without a label is a place where the rule has to be silent. Where one
fault may rightly be called by several rules, the label names them together (`QUA001/QUA003`).
What careful experts would argue about is `arguable`: it counts neither for nor against a rule.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

import jixiao.sample
from jixiao.audit.engine import audit
from jixiao.audit.finding import Finding
from jixiao.form.forms import Form
from jixiao.foundation.strict_yaml import load
from jixiao.foundation.typed import build
from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from tests.support.forms import form_from

HERE = Path(__file__).parent
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
SAMPLE = Path(jixiao.sample.__path__[0])
ROW = re.compile(r"(?:long_term_)?indicators\[(\d+)\]")
#: What a form does not show is judged on documents only: a written form shows what it is about.
#: Where such a rule is labelled on a written form, the label counts.
SHAPE = ("STR001", "STR002", "STR007", "CAT008", "SAT003", "AMT005", "COS005", "BAS001")
#: Everything cited is in force on this day; no label depends on the clock.
DAY = date(2025, 12, 31)


class Labels(Struct, frozen=True, kw_only=True):
    """One file of labels. Of `document`, `form` and `forms` exactly one stands.

    `clean` means: a careful reviewer would let this pass, no error may be found. `about` says
    where the form comes from or what it imitates.
    """

    about: str
    document: str | None = None
    form: Any = None
    forms: Any = None
    clean: bool = False
    labels: Mapping[str, tuple[str, ...]] = {}
    arguable: Mapping[str, tuple[str, ...]] = {}


class Judged(Struct, frozen=True, kw_only=True):
    """What came of one file: places by rule, each written `file 6.4`."""

    found: dict[str, list[str]]
    false: dict[str, list[str]]
    missed: dict[str, list[str]]
    arguable: dict[str, list[str]]
    errors: list[str]
    forms: int


class Figures(Struct, frozen=True, kw_only=True):
    """One rule over all labelled forms."""

    code: str
    found: tuple[str, ...]
    false: tuple[str, ...]
    missed: tuple[str, ...]
    arguable: tuple[str, ...]

    @property
    def precision(self) -> float | None:
        given = len(self.found) + len(self.false)
        return len(self.found) / given if given else None

    @property
    def recall(self) -> float | None:
        labelled = len(self.found) + len(self.missed)
        return len(self.found) / labelled if labelled else None


@cache
def label_files() -> tuple[Path, ...]:
    return tuple(sorted([*HERE.glob("labels/*.yml"), *HERE.glob("forms/*.yml")]))


@cache
def read_labels(path: Path) -> Labels:
    """One file; whatever is wrong with it is said at once."""
    return build(Labels, load(path.read_text(encoding="utf-8"), path.name), path.name)


def forms_of(labels: Labels) -> tuple[Form, ...] | None:
    """The labelled forms; None where the document is not on this machine."""
    if labels.document is None:
        written = [labels.form] if labels.forms is None else labels.forms
        return tuple(form_from(one, index=i) for i, one in enumerate(written))
    path = find_document(labels.document)
    if path is None:
        return None
    return read_file(SourceFile(name=path.name, content=path.read_bytes())).forms


def find_document(name: str) -> Path | None:
    places = (SAMPLE / name, CORPUS / name)
    return next((path for path in places if path.is_file()), None)


@cache
def judge(path: Path) -> Judged | None:
    """Audit the forms of one file as one batch and compare; None where they are absent."""
    labels = read_labels(path)
    forms = forms_of(labels)
    if forms is None:
        return None
    report = audit(forms, as_of=DAY, preview=True, strict=True)
    return compare(path.stem, labels, report.findings, len(forms))


def compare(name: str, labels: Labels, findings: Sequence[Finding], forms: int) -> Judged:
    """Every finding is found, arguable or false; every label without a finding is missed."""
    judged = Judged(found={}, false={}, missed={}, arguable={}, errors=[], forms=forms)
    open_labels = _expanded(labels.labels)
    arguable = _expanded(labels.arguable)
    if labels.document is None:
        arguable += [(code, str(number + 1)) for code in SHAPE for number in range(forms)]
    met: set[tuple[str, str]] = set()
    for finding in findings:
        here = [one for one in open_labels if matches(one, finding)]
        shown = f"{name} {place_of(finding)}"
        if here:
            fresh = [one for one in here if one not in met]
            met.update(here)
            if fresh:
                _put(judged.found, finding.code, shown)
        elif any(matches(one, finding) for one in arguable):
            _put(judged.arguable, finding.code, shown)
        else:
            _put(judged.false, finding.code, shown)
        if finding.severity == "error" and not finding.preview:
            judged.errors.append(f"{finding.code} {place_of(finding)} {finding.message}")
    for codes, place in open_labels:
        if (codes, place) not in met:
            _put(judged.missed, codes.partition("/")[0], f"{name} {place}")
    return judged


def matches(label: tuple[str, str], finding: Finding) -> bool:
    """A label on a form is met anywhere in it, one on a row there or by a finding on the whole."""
    codes, place = label
    if finding.code not in codes.split("/"):
        return False
    form, _, row = place.partition(".")
    at = ROW.match(finding.path)
    if int(form) != finding.form + 1:
        return False
    return not row or at is None or int(row) == int(at[1]) + 1


def place_of(finding: Finding) -> str:
    """Where a finding stands, in the notation of the labels."""
    at = ROW.match(finding.path)
    return f"{finding.form + 1}.{int(at[1]) + 1}" if at else f"{finding.form + 1}"


def figures() -> tuple[Figures, ...]:
    """Every rule that was labelled or that found something, over all files at hand."""
    judged = [one for one in map(judge, label_files()) if one is not None]
    codes = {code for one in judged for part in (one.found, one.false, one.missed) for code in part}
    return tuple(_figures(code, judged) for code in sorted(codes))


def absent_documents() -> list[str]:
    """Labelled documents that are not on this machine."""
    named = [read_labels(path).document for path in label_files()]
    return [name for name in named if name is not None and find_document(name) is None]


def _figures(code: str, judged: Iterable[Judged]) -> Figures:
    given = list(judged)
    return Figures(
        code=code,
        found=tuple(p for one in given for p in one.found.get(code, ())),
        false=tuple(p for one in given for p in one.false.get(code, ())),
        missed=tuple(p for one in given for p in one.missed.get(code, ())),
        arguable=tuple(p for one in given for p in one.arguable.get(code, ())),
    )


def _expanded(labels: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    return [(codes, place) for codes, places in labels.items() for place in places]


def _put(places: dict[str, list[str]], code: str, place: str) -> None:
    places.setdefault(code, []).append(place)

"""The real published documents beside the project read as their truth files say."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.report.records import FormRecord, form_record

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
WORDED_BOUNDS = {"≧": "≥", "≦": "≤"}
KINDS = {"target": "project_target"}
# The hand-made truth keeps what the page shows; an HTML dump prints other numbers on purpose.
DOCUMENTS = [
    ("101-shanghai-wanli-2023-pdf", "source.pdf"),
    ("101-shanghai-wanli-2023-pdf", "derived.pdfplumber-tables.json"),
    ("102-guangdong-zhanjiang-2024-dept", "source.xlsx"),
    ("102-guangdong-zhanjiang-2024-dept", "derived.tsv"),
    ("102-guangdong-zhanjiang-2024-dept", "derived.lines.txt"),
    ("106-shanghai-sfj-2026-negative", "source.pdf"),
]

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here")


def bare(text):
    return None if text is None else re.sub(r"\s+", "", text)


def forms_of(folder, name):
    path = CORPUS / folder / name
    source = SourceFile(name=name, content=path.read_bytes())
    return [form_record(form) for form in read_file(source).forms]


def truth_of(folder):
    text = (CORPUS / folder / "expected.json").read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal)["forms"]


@pytest.mark.parametrize(("folder", "name"), DOCUMENTS)
def test_number_of_forms(folder, name):
    assert len(truth_of(folder)) == len(forms_of(folder, name))


@pytest.mark.parametrize(("folder", "name"), DOCUMENTS)
def test_indicators(folder, name):
    for truth, form in zip(truth_of(folder), forms_of(folder, name), strict=True):
        expected = [
            (bare(row["level1"]), bare(row["level2"]), bare(row["level3"]), bare(row["value"]))
            for row in truth["indicators"]
        ]
        found = [
            (bare(row.level1), bare(row.level2), bare(row.name), bare(row.target.raw))
            for row in form.indicators
        ]
        assert expected == found


@pytest.mark.parametrize(("folder", "name"), DOCUMENTS)
def test_values(folder, name):
    for truth, form in zip(truth_of(folder), forms_of(folder, name), strict=True):
        for row, read in zip(truth["indicators"], form.indicators, strict=True):
            where = (row["level3"], row["value"])
            if "number" in row:
                assert (*where, Decimal(row["number"])) == (*where, read.target.number)
            else:
                assert (*where, None) == (*where, read.target.number)
            if "operator" in row:
                operator = WORDED_BOUNDS.get(row["operator"], row["operator"])
                assert (*where, operator) == (*where, read.target.comparator)
            if "unit" in row:
                assert (*where, row["unit"]) == (*where, read.target.unit)


@pytest.mark.parametrize(("folder", "name"), DOCUMENTS)
def test_header(folder, name):
    for truth, form in zip(truth_of(folder), forms_of(folder, name), strict=True):
        assert KINDS.get(truth["kind"], truth["kind"]) == form.kind
        assert truth["year"] == form.budget_year
        assert bare(truth["department"]) == form.supervising_department.name
        assert bare(truth["title"]) == bare(form.title)
        assert bare(truth.get("unit")) == form.implementing_unit.name
        for key, truth_key in (
            ("name", "project_name"),
            ("attribute", "attribute"),
            ("category", "category"),
            ("period", "period"),
            ("start_date", "start_date"),
            ("end_date", "end_date"),
        ):
            assert truth.get(truth_key) == getattr(form.project, key)


@pytest.mark.parametrize(
    ("folder", "name"), [document for document in DOCUMENTS if "lines" not in document[1]]
)
def test_money_and_goal(folder, name):
    for truth, form in zip(truth_of(folder), forms_of(folder, name), strict=True):
        assert bare(truth["goal"]) == bare(form.goal)
        assert bare(truth.get("goal_project")) == bare(form.long_term_goal)
        funds = truth["funds"]
        assert funds["unit"] == form.funding.unit
        for key, amount in (
            ("total", form.funding.total),
            ("fiscal", form.funding.fiscal),
            ("carryover", form.funding.carry_over),
            ("other", form.funding.other),
            ("project_total", line(form, "whole.total")),
            ("basic", line(form, "basic")),
            ("project", line(form, "project")),
        ):
            expected = funds.get(key)
            shown = None if expected is None else Decimal(expected).quantize(Decimal("0.01"))
            assert (key, shown) == (key, amount)
        names = [bare(task["name"]) for task in truth.get("tasks", [])]
        assert names == [bare(task.name) for task in form.tasks]


def line(form: FormRecord, key: str):
    return next((line.amount for line in form.funding.lines if line.key == key), None)


def test_every_value_is_found_in_the_quote_of_its_place():
    for folder, name in DOCUMENTS:
        for form in forms_of(folder, name):
            for row in form.indicators:
                assert bare(row.target.raw) in bare(row.target.source.quote)
                assert bare(row.target.raw) in bare(row.source.quote)
                assert bare(row.name) in bare(row.source.quote)

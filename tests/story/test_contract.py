"""The JSON that outside programs rely on, checked key by key as the contract names them.

Written from the contract and not from the records, so that a key renamed in code fails here.
"""

import re
from pathlib import Path

import pytest

from tests.story.documents import FILES, docx, html, pdf, text, xlsx
from tests.story.running import DAY, jixiao

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "src" / "jixiao" / "sample" / "taole-2022.txt"
CORPUS = ROOT.parent / "shared" / "corpus"
DECIMAL = re.compile(r"-?\d+(\.\d+)?")
KINDS = (
    "project_target|department_target|regional_target|monitoring|self_evaluation|evaluation|review"
)
CATEGORIES = (
    "output.quantity|output.quality|output.timeliness|output.cost|cost.economic|cost.social|"
    "cost.ecological|benefit.economic|benefit.social|benefit.ecological|benefit.sustained_impact|"
    "satisfaction.recipient"
)
VALUES = (
    "quantity|money|percent|range|date|period|frequency|qualitative|blank|not_applicable|unreadable"
)
OUTCOMES = "pass|finding|not_applicable|not_enough_data|unreadable|crashed|suppressed"


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """One form in several formats, bad files, the sample, and the real documents where present."""
    place = tmp_path_factory.mktemp("合同")
    made = {"表.docx": docx(), "表.xlsx": xlsx(), "表.pdf": pdf(), "表.html": html()}
    made |= {"表.txt": text().encode()} | {
        name: FILES[name][0] for name in ("截断.pdf", "扫描.pdf")
    }
    for name, content in made.items():
        (place / name).write_bytes(content)
    return [place, SAMPLE, *sorted(CORPUS.glob("*/source.*"))]


@pytest.fixture(scope="module")
def reading(documents):
    return jixiao("read", *documents).record


@pytest.fixture(scope="module")
def report(documents):
    return jixiao("audit", *documents, "--format", "json", *DAY).record


def one_of(words):
    return lambda thing: thing in words.split("|")


def text_or_null(thing):
    return thing is None or (isinstance(thing, str) and thing != "")


def decimal_or_null(thing):
    return thing is None or (isinstance(thing, str) and DECIMAL.fullmatch(thing) is not None)


def is_text(thing):
    return isinstance(thing, str)


def is_flag(thing):
    return isinstance(thing, bool)


def source(thing):
    numbers = ("page", "table", "row", "column", "line")
    box = thing.get("box")
    return (
        isinstance(thing["quote"], str)
        and all(isinstance(thing[key], int) and thing[key] > 0 for key in numbers if key in thing)
        and all(isinstance(thing[key], str) for key in ("sheet", "cell") if key in thing)
        and (box is None or (len(box) == 4 and box[0] <= box[2] and box[1] <= box[3]))
    )


def source_or_null(thing):
    return thing is None or source(thing)


def keys(shape):
    """A check of every key of a shape; what fails is named."""

    def check(thing):
        wrong = [
            name for name, holds in shape.items() if name not in thing or not holds(thing[name])
        ]
        assert not wrong, (wrong, {name: thing.get(name) for name in wrong})
        return True

    return check


def each(check):
    return lambda things: isinstance(things, list) and all(map(check, things))


VALUE = keys(
    {
        "raw": is_text,
        "kind": one_of(VALUES),
        "comparator": lambda sign: sign is None or sign in "≥>=≤<≈",
        "number": decimal_or_null,
        "number_high": decimal_or_null,
        "unit": text_or_null,
        "per": text_or_null,
        "doubtful": is_flag,
    }
)
INDICATOR = keys(
    {
        "level1": text_or_null,
        "level2": text_or_null,
        "category": lambda word: word is None or word in CATEGORIES.split("|"),
        "name": is_text,
        "required": is_flag,
        "required_numeric": is_flag,
        "target": VALUE,
        "weight": decimal_or_null,
        "actual": lambda value: value is None or VALUE(value),
        "score": decimal_or_null,
        "source": source,
    }
)
PARTY = keys({"code": text_or_null, "name": text_or_null})
FUNDING = keys(
    {
        "unit": lambda word: word in (None, "元", "万元"),
        "total": decimal_or_null,
        "fiscal": decimal_or_null,
        "carry_over": decimal_or_null,
        "other": decimal_or_null,
    }
)
FORM = keys(
    {
        "kind": one_of(KINDS),
        "title": text_or_null,
        "budget_year": lambda year: year is None or (isinstance(year, int) and 1990 < year < 2100),
        "layout": text_or_null,
        "file": is_text,
        "project": keys(dict.fromkeys(("name", "code", "attribute", "period"), text_or_null)),
        "supervising_department": PARTY,
        "implementing_unit": PARTY,
        "funding": FUNDING,
        "goal": text_or_null,
        "indicators": each(INDICATOR),
    }
)
PROBLEM = keys(
    {
        "code": lambda code: re.fullmatch(r"INT\d{3}", code) is not None,
        "message": lambda words: re.search(r"[\u4e00-\u9fff].*[。？]$", words) is not None,
        "file": lambda name: isinstance(name, str) and name != "",
        "source": source_or_null,
    }
)
DOCUMENT = keys(
    {
        "file": is_text,
        "media_type": lambda name: re.fullmatch(r"[a-z]+/[\w.+-]+", name) is not None,
        "status": one_of("complete|partial|failed"),
    }
)
BASIS = keys({"id": is_text, "title": is_text, "article": text_or_null, "verified": is_flag})
FINDING = keys(
    {
        "code": lambda code: re.fullmatch(r"[A-Z]{2,3}\d{3}", code) is not None,
        "name": is_text,
        "severity": one_of("error|warning|advice|info"),
        "message": lambda words: re.search(r"[\u4e00-\u9fff]", words) is not None,
        "suggestion": text_or_null,
        "fix": lambda word: word in (None, "safe", "unsafe"),
        "file": is_text,
        "form": lambda number: isinstance(number, int) and number >= 0,
        "project": is_text,
        "path": is_text,
        "quote": is_text,
        "source": source,
        "evidence": lambda found: all(isinstance(value, str) for value in found.values()),
        "basis": each(BASIS),
    }
)
OUTCOME = keys(
    {
        "code": is_text,
        "form": lambda number: isinstance(number, int),
        "outcome": one_of(OUTCOMES),
        "reason": is_text,
    }
)
COUNTS = keys(
    {
        "forms": lambda number: isinstance(number, int),
        "by_severity": lambda counts: set(counts) == {"error", "warning", "advice", "info"},
        "by_code": lambda counts: all(isinstance(number, int) for number in counts.values()),
    }
)


def test_read(reading):
    assert "jixiao.read/1" == reading["schema"]
    assert each(DOCUMENT)(reading["documents"])
    assert each(FORM)(reading["forms"])
    assert each(PROBLEM)(reading["problems"])
    assert len(reading["forms"]) >= 21


def test_audit(report):
    assert ("jixiao.audit/1", DAY[1]) == (report["schema"], report["as_of"])
    assert keys({"profile": is_text, "engine_version": is_text})(report)
    assert each(FINDING)(report["findings"])
    assert each(OUTCOME)(report["outcomes"])
    assert COUNTS(report["summary"])
    assert each(PROBLEM)(report["problems"])
    assert not [one for one in report["outcomes"] if one["outcome"] == "crashed"]


def test_same_form_in_every_format(reading):
    """What a form says does not depend on the file it came in; places and layout may."""

    def said(form):
        rows = [
            (row["level1"], row["level2"], row["category"], row["name"])
            for row in form["indicators"]
        ]
        values = [
            {k: v for k, v in row["target"].items() if k != "source"} for row in form["indicators"]
        ]
        funding = {key: form["funding"][key] for key in ("unit", "total", "fiscal", "other")}
        return (
            form["kind"],
            form["project"]["name"],
            form["implementing_unit"],
            funding,
            rows,
            values,
        )

    forms = [said(form) for form in reading["forms"] if "/合同" in form["file"]]
    assert 5 == len(forms)
    assert all(form == forms[0] for form in forms)


def test_what_findings_quote_stands_in_the_document(reading, report):
    """Of a cell that a page break tore in two, each piece stands there."""

    def bare(words):
        return re.sub(r"\s", "", words)

    def pieces(words, place):
        return [also["quote"] for also in place["also"]] if "also" in place else [words]

    whole = bare(SAMPLE.read_text(encoding="utf-8"))
    quoted = [(f["quote"], f["source"]) for f in report["findings"] if f["file"] == str(SAMPLE)]
    for form in reading["forms"]:
        if form["file"] == str(SAMPLE):
            values = [row["target"] for row in form["indicators"]]
            quoted += [(value["raw"], value["source"]) for value in values]
    assert len(quoted) > 280
    missing = [
        one for words, place in quoted for one in pieces(words, place) if bare(one) not in whole
    ]
    assert [] == missing


def test_counts_agree_with_what_is_listed(report):
    findings, summary = report["findings"], report["summary"]
    assert sum(summary["by_severity"].values()) == sum(summary["by_code"].values()) == len(findings)
    for code, count in summary["by_code"].items():
        assert count == len([finding for finding in findings if finding["code"] == code])

"""What every exporter owes: it never breaks, never runs what it shows, and repeats itself."""

import pytest

from jixiao.cli.main import _FORMATS
from jixiao.foundation.errors import UnknownCode
from jixiao.report.bundle import EXPORTERS
from tests.report.bundles import (
    FORMULAS,
    HOSTILE,
    a_finding,
    audited,
    bundle_of,
    empty_bundle,
    only_problems,
    tiny_form,
    written,
)

CODES = [exporter.code for exporter in EXPORTERS]


def test_an_unknown_format_is_refused_with_the_near_one():
    with pytest.raises(UnknownCode, match="html"):
        EXPORTERS["htm"]


def test_every_format_of_the_command_line_exists():
    assert set(_FORMATS) == set(CODES)


def test_every_exporter_says_what_it_makes():
    for exporter in EXPORTERS:
        assert exporter.label
        assert "/" in exporter.media_type
        assert exporter.suffix.startswith(".")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("make", [empty_bundle, only_problems])
def test_nothing_read_is_no_trouble(code, make):
    assert isinstance(written(code, make()), bytes)


@pytest.mark.parametrize("code", CODES)
def test_the_same_audit_gives_the_same_bytes(code):
    assert written(code, audited(tiny_form())) == written(code, audited(tiny_form()))


@pytest.mark.parametrize("code", CODES)
def test_what_a_document_says_cannot_break_a_report(code):
    texts = [HOSTILE, "\x00\x1b[31m\ud800\ufffe\u2028", "", *FORMULAS]
    for text in texts:
        finding = a_finding(message=text, quote=text, project=text, suggestion=text)
        form = tiny_form(title=text, project=text, goal=text, others={text or "空": text})
        if code in {"json", "jsonl", "sarif"} and "\ud800" in text:
            continue  # intake never lets half a character through; JSON could not carry it
        assert written(code, bundle_of((finding,), form=form))


@pytest.mark.parametrize("code", CODES)
def test_two_hundred_forms(code):
    forms = [
        tiny_form(file=f"{number}.xlsx", project=f"项目{number}", total=str(1000 + number))
        for number in range(200)
    ]
    assert len(written(code, audited(*forms))) > 10_000

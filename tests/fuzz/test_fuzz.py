"""A short, repeatable run of the fuzzer, and proof that its seeds and checks are alive."""

import time

import pytest

from jixiao.intake.choose import open_document
from jixiao.intake.document import RowPlace, SourceDocument, SourceFile, Table
from jixiao.intake.problem import Problem
from tests.fuzz.check import complaint, failure_of
from tests.fuzz.seeds import SEEDS

SECONDS = 8.0
INPUTS = 1500


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_undamaged_seed_gives_a_table_and_no_problem(name):
    document = open_document(SourceFile(name=name, content=SEEDS[name]))
    assert not document.problems
    assert any(isinstance(block, Table) for block in document.blocks)


def test_damaged_documents_are_answered_with_values():
    deadline = time.monotonic() + SECONDS
    failures = []
    for seed in range(INPUTS):
        failure = failure_of(seed)
        if failure is not None:
            failures.append(f"seed {failure.seed} {failure.name}: {failure.reason}")
        if time.monotonic() > deadline:
            break
    assert not failures, "\n".join(failures)


def _document(**fields):
    return SourceDocument(file="x", media_type="text/plain", **fields)


BROKEN = {
    "unknown code": _document(problems=(Problem(code="INT999", message="坏", file="x"),)),
    "without a reason": _document(unreadable=True),
    "unequal width": _document(
        blocks=(Table(texts=[["a"], ["b", "c"]], places=[RowPlace(), RowPlace()]),)
    ),
    "span beyond": _document(
        blocks=(Table(texts=[["a", "b"]], places=[RowPlace()], spans={(0, 1): (1, 2)}),)
    ),
    "half a character": _document(blocks=(Table(texts=[["\ud800"]], places=[RowPlace()]),)),
}


@pytest.mark.parametrize("reason", sorted(BROKEN))
def test_checks_can_fail(reason):
    assert reason in (complaint(BROKEN[reason]) or "")

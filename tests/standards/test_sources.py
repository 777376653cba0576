"""Sources and how they are cited."""

from datetime import date

import pytest

from jixiao.foundation.errors import UnknownCode
from jixiao.standards import source
from jixiao.standards.source import Source, SourceKind


@pytest.mark.parametrize(
    ("reference", "article", "verified"),
    [
        ("cn-budget-law-2018", None, True),
        ("cn-budget-law-2018#32", "32", True),
        ("cn-budget-law-2018#999", "999", False),
        ("cn-mof-2015-88", None, False),
        ("cn-mof-2015-88#13", "13", False),
        ("nx-pingluo-form-2022", None, True),
        ("jixiao", None, False),
    ],
)
def test_a_basis_is_cited_with_its_verification(reference, article, verified) -> None:
    citation = source.cite(reference)
    assert (citation.id, citation.article) == (reference.partition("#")[0], article)
    assert citation.verified is verified
    assert citation.title


def test_an_unknown_basis_is_refused() -> None:
    with pytest.raises(UnknownCode, match="cn-mof-2015-88"):
        source.cite("cn-mof-2014-1")


@pytest.mark.parametrize(
    ("expected", "day"),
    [
        (False, date(2015, 5, 20)),
        (True, date(2015, 5, 21)),
        (True, date(2019, 12, 31)),
        (False, date(2020, 1, 1)),
    ],
)
def test_a_source_is_in_force_from_its_first_to_its_last_day(expected: bool, day: date) -> None:
    one = Source(
        id="x",
        title="x",
        kind=SourceKind.NOTICE,
        verified=False,
        note="x",
        in_force_from=date(2015, 5, 21),
        in_force_to=date(2019, 12, 31),
    )
    assert one.in_force(day) is expected


def test_practices_bind_to_no_year() -> None:
    assert all(
        one.in_force(date(1990, 1, 1))
        for one in source.load().values()
        if one.kind in (SourceKind.PRACTICE, SourceKind.FORM)
    )
